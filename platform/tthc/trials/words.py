"""What an example may do to a dossier beside the actions of its steps: the words of `steps[].do` that are no actions.

An action of an open step that bears the same name is meant instead.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Final, Protocol, cast

from rules.calendar import TZ
from rules.deadlines import DeadlineRule, Unit
from tthc.dossiers import commands as cmd
from tthc.dossiers.context import RECEPTION, SYSTEM, Actor
from tthc.dossiers.family import ChildStanding
from tthc.dossiers.refusals import Refused
from tthc.dossiers.state import Dossier, PaperFiles, SupplementItem
from tthc.trials.world import CITIZEN, World, file

ACCEPT: Final = "accept"
REASON: Final = "Lý do thử"
"""Where an example gives no reason and one is needed."""

VERIFICATION: Final[Mapping[str, str]] = {
    "place": "Địa điểm thử",
    "participants": "Thành phần thử",
    "content": "Nội dung thử",
    "result": "Kết quả thử",
}
"""The same of a verification on site (Đ13.3b)."""

QUESTION: Final = "Nội dung hỏi thử"
"""The same of what agencies are asked about (Đ13.3c)."""


class Walking(Protocol):
    """The walk that a word is said in."""

    world: World
    dossier: Dossier | None

    def do(self, command: cmd.Command, actor: Actor, at: datetime, assignee: Actor | None = None) -> None: ...

    def pay(self, collect: str | None, at: datetime) -> None: ...


@dataclass(frozen=True, slots=True)
class Asked:
    """One step of an example as it is written, and its instant."""

    told: Mapping[str, object]
    at: datetime

    @property
    def reason(self) -> str:
        return str(self.told.get("reason", REASON))

    def names(self, key: str) -> tuple[str, ...]:
        given = self.told.get(key, ())
        return tuple(str(each) for each in given) if isinstance(given, (list, tuple)) else ()

    @property
    def items(self) -> tuple[SupplementItem, ...]:
        """What is to be completed, each for the step's reason."""
        return tuple(SupplementItem(name, self.reason) for name in self.names("items"))


def _wait(_walk: Walking, _asked: Asked) -> None:
    """Time passes; the walk fires what has come due."""


def _pay(walk: Walking, asked: Asked) -> None:
    walk.pay(None, asked.at)


def _request_supplement(walk: Walking, asked: Asked) -> None:
    walk.do(cmd.RequestSupplement(asked.items, asked.reason), walk.world.staff(RECEPTION), asked.at)


def _supply(walk: Walking, asked: Asked) -> None:
    """The answers named are given anew, the papers named handed in; what is not named stays."""
    dossier = walk.dossier
    assert dossier is not None
    changed = asked.told.get("answers")
    answers = {**(dossier.answers or {}), **changed} if isinstance(changed, Mapping) else None
    papers = tuple(PaperFiles(name, (file(name, asked.at),)) for name in asked.names("papers"))
    command = cmd.Supply(answers=answers, papers=papers, note=asked.reason)
    online = walk.world.channel == "online"
    walk.do(command, CITIZEN if online else walk.world.staff(RECEPTION), asked.at)


def _refuse(walk: Walking, asked: Asked) -> None:
    walk.do(cmd.Refuse(asked.reason), walk.world.staff(RECEPTION), asked.at)


def _withdraw(walk: Walking, asked: Asked) -> None:
    online = walk.world.channel == "online"
    walk.do(cmd.Withdraw(asked.reason), CITIZEN if online else walk.world.staff(RECEPTION), asked.at)


def _extend(walk: Walking, asked: Asked) -> None:
    rule = DeadlineRule(
        Decimal(str(asked.told.get("amount", 1))), Unit(str(asked.told.get("unit", "working_day")))
    )
    command = cmd.Extend(rule, asked.reason, "Phiếu đề nghị thử", (file("gia_han", asked.at),))
    walk.do(command, walk.world.staff(RECEPTION), asked.at)


def _apologise(walk: Walking, asked: Asked) -> None:
    promised = datetime.fromisoformat(str(asked.told["promised"])).replace(tzinfo=TZ)
    command = cmd.Apologise(asked.reason, promised, (file("xin_loi", asked.at),))
    walk.do(command, walk.world.staff(RECEPTION), asked.at)


def _verify(walk: Walking, asked: Asked) -> None:
    """`for`: the step, or one of its parts, for which it is verified on site; what is not told is made up."""
    dossier, wanted = walk.dossier, str(asked.told.get("for", ""))
    assert dossier is not None
    task = next((t for t in dossier.tasks if wanted in {t.step, t.item}), None)
    if task is None:
        raise Refused("no_task", f"Không có bước “{wanted}” đang mở để xác minh thực tế (khóa for).")
    name = str(asked.told.get("by", task.assignee_name))
    told = {key: str(asked.told.get(key, made)) for key, made in VERIFICATION.items()}
    actor = walk.world.staff(task.function, name, task.agency)
    walk.do(verification(task.id, asked.at, told), actor, asked.at)


def verification(token: str, at: datetime, told: Mapping[str, str] = VERIFICATION) -> cmd.RecordVerification:
    """A verification on site that took place at this instant, with its minutes."""
    place, participants, content, result = (told[key] for key in VERIFICATION)
    files = (file("bien_ban", at),)
    return cmd.RecordVerification(token, at, place, participants, content, result, files)


def _begin(walk: Walking, asked: Asked) -> None:
    """`for`: the step, or which of its parts, that is taken up."""
    dossier, wanted = walk.dossier, str(asked.told.get("for", ""))
    assert dossier is not None
    task = next((t for t in dossier.tasks if wanted in {t.step, t.item}), None)
    if task is None:
        raise Refused("no_task", f"Không có bước “{wanted}” đang mở để nhận làm (khóa for).")
    name = str(asked.told.get("by", task.assignee_name))
    walk.do(cmd.Begin(task.id), walk.world.staff(task.function, name, task.agency), asked.at)


def _child(walk: Walking, asked: Asked) -> None:
    """`for`: the step that waits for another dossier, or one of its parts; `outcome`: how that one ends."""
    dossier, wanted = walk.dossier, str(asked.told.get("for", ""))
    assert dossier is not None
    waiting = [t for t in dossier.tasks if dossier.child(t.id) is not None and wanted in {"", t.step, t.item}]
    if not waiting:
        raise Refused("no_child", f"Không có bước “{wanted}” nào đang chờ hồ sơ liên thông (khóa for).")
    task = waiting[0].id
    outcome = str(asked.told.get("outcome", "returned"))
    if outcome != "failed":
        walk.do(cmd.TellChild(task, "open", reference="HS-3333-3333"), SYSTEM, asked.at)
    standing: ChildStanding = cast("ChildStanding", outcome)  # the schema allows no other
    reason = asked.reason if "reason" in asked.told or outcome != "returned" else ""
    walk.do(cmd.TellChild(task, standing, reference="HS-3333-3333", reason=reason), SYSTEM, asked.at)


WORDS: Final[Mapping[str, Callable[[Walking, Asked], None]]] = {
    "wait": _wait,
    "pay": _pay,
    "request_supplement": _request_supplement,
    "supply": _supply,
    "refuse": _refuse,
    "withdraw": _withdraw,
    "begin": _begin,
    "verify": _verify,
    "child": _child,
    "extend": _extend,
    "apologise": _apologise,
}

EARLY: Final = frozenset({"wait", "pay", "request_supplement", "supply", "refuse", "withdraw"})
"""What can be done before a dossier is accepted: an example that begins with one of these accepts it when it says so."""
