"""Steps and actions of a workflow told in Vietnamese sentences: who, how long, what may be done, what happens then.

`Words.of(definition)` knows the names of everything; a workflow alone is told by `Words(workflow)`. Pure.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final

from definitions.event_words import with_values
from definitions.explain import labels, said_yes_or_no, yes_no_labels
from definitions.functions import FUNCTIONS
from definitions.model import Definition
from rules.feel import Expression
from rules.i18n import gettext
from rules.workflow.model import (
    APPLICANT,
    END,
    EXTERNAL,
    Action,
    Child,
    Duration,
    Join,
    Need,
    Outcome,
    Phase,
    Step,
    Together,
    Workflow,
)
from rules.workflow.routing import CHOSEN, ITEM

NEEDS: Final[Mapping[Need, str]] = MappingProxyType(
    {
        Need.REASON: "ghi lý do hoặc ý kiến chỉ đạo",
        Need.ASSIGNEE: "chọn cán bộ làm bước tiếp theo",
        Need.DRAFT: "có dự thảo kết quả",
        Need.VERIFICATION: "ghi đủ việc xác minh thực tế: thời gian, địa điểm, thành phần, nội dung và kết quả",
        Need.RESULT: "có kết quả dạng .pdf, ghi số và ngày ban hành",
        Need.PAYMENT: "thu đủ phí và lệ phí",
        Need.ORIGINALS: "đối chiếu bản chính (hoặc ghi lý do không đối chiếu)",
        Need.RECIPIENT: "ghi người nhận kết quả",
        Need.SIGNATURE: "ký số",
    }
)
OUTCOMES: Final[Mapping[Outcome, str]] = MappingProxyType(
    {Outcome.RETURNED: "đã trả kết quả", Outcome.DECLINED: "không giải quyết"}
)
TOGETHER: Final[Mapping[Together, str]] = MappingProxyType(
    {
        Together.ALL: "các nhánh làm song song",
        Together.RACE: "nhánh nào làm trước thì chọn nhánh ấy, các nhánh khác thôi",
        Together.TURNS: "các nhánh làm lần lượt, thứ tự tùy ý",
    }
)
JOINS: Final[Mapping[Join, str]] = MappingProxyType(
    {
        Join.ALL: "chờ đủ mọi nhánh đang làm rồi mới bắt đầu",
        Join.FIRST: "bắt đầu ngay khi nhánh đầu tiên tới",
        Join.EACH: "làm riêng cho từng nhánh tới",
    }
)
PHASES: Final[Mapping[Phase, str]] = MappingProxyType(
    {
        Phase.SOLVING: "đang giải quyết",
        Phase.WAITING_APPLICANT: "chờ người nộp, không tính vào thời hạn giải quyết",
        Phase.RESULT_READY: "đã có kết quả, chờ trả",
    }
)
_CHANNELS: Final = {"online": "trực tuyến", "counter": "tại quầy", "post": "qua bưu chính"}
_OWN_NAMES: Final = {CHOSEN: "các cơ quan được chọn", ITEM: "phần tử đang làm"}


def capital(text: str) -> str:
    """With a capital first letter, the others as they are."""
    return text[:1].upper() + text[1:]


def duration_words(duration: Duration) -> str:
    """`0,5 ngày làm việc`."""
    return duration.unit.said(duration.amount)


def actor_words(step: Step) -> str:
    """`lãnh đạo phòng`, `chuyên viên thụ lý`; `hệ thống` where nobody acts."""
    if step.automatic:
        return gettext("hệ thống")
    if not step.actor:
        return gettext("chưa ghi ai làm")
    known = FUNCTIONS.get(step.actor)
    return gettext(known) if known else gettext("người “{actor}”").format(actor=step.actor)


@dataclass(frozen=True, slots=True)
class Words:
    """`names`: labels of what expressions read; `values`: what codes are called, by label; `asked`: labels of the
    questions answered with Có or Không.
    """

    workflow: Workflow
    names: Mapping[str, str] = field(default_factory=dict)
    values: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    asked: frozenset[str] = frozenset()

    @classmethod
    def of(cls, definition: Definition) -> "Words":
        names = {**labels(definition), **_OWN_NAMES}
        cases = {case.id: case.label for case in definition.cases}
        values: dict[str, Mapping[str, str]] = {
            each.label: {option.value: option.label for option in each.options} for each in definition.fields
        }
        values |= {names["case"]: cases, names["channel"]: _CHANNELS}
        return cls(definition.workflow, names, values, yes_no_labels(definition))

    def condition(self, expression: Expression) -> str:
        """A condition as people read it."""
        words = expression.explain({**_OWN_NAMES, **self.names})
        return with_values(said_yes_or_no(words, self.asked), self.values)

    def name(self, step_id: str) -> str:
        step = self.workflow.step(step_id)
        return step.name if step is not None else step_id

    # a step

    def step(self, step: Step) -> str:
        """All that its maker should know of a step, as a few sentences: who, how long, then what is unusual."""
        first = (
            f"Bước “{step.name}” do {actor_words(step)} làm"
            if step.actor or step.automatic
            else f"Bước “{step.name}” {actor_words(step)}"
        )
        long = self.how_long(step)
        return " ".join([f"{first}{f', {long}' if long else ''}.", *map(_sentence, self.unusual(step))])

    def how_long(self, step: Step) -> str:
        """`trong 2 ngày làm việc`, `chờ đến …`; empty where nothing is said."""
        if step.duration is not None:
            return f"trong {duration_words(step.duration)}"
        if step.until is not None:
            return f"chờ đến {_lowered(self.condition(step.until))}"
        return ""

    def unusual(self, step: Step) -> Iterator[str]:
        """Phrases for what not every step has: joins, lists, waiting, children, what the system does by itself."""
        if step.actor == APPLICANT and not step.automatic:
            yield "hồ sơ chờ người nộp"
        if step.actor == EXTERNAL:
            yield "hồ sơ chờ hệ thống khác trả lời"
        if step.phase is not Phase.SOLVING:
            yield f"hồ sơ ở giai đoạn {PHASES[step.phase]}"
        if step.automatic:
            yield "không ai phải làm: hệ thống đi ngay theo thao tác đầu tiên có điều kiện đúng"
        if step.join is not None:
            rest = "; các nhánh còn lại được thôi" if step.join is Join.FIRST and step.cancel_rest else ""
            yield f"{JOINS[step.join]}{rest}"
        if step.each is not None:
            whose = ", do chính cơ quan ấy làm" if step.at_item else ""
            yield f"làm song song cho từng mục của {_lowered(self.condition(step.each))}{whose}"
        if step.skip_when is not None:
            yield f"bỏ qua bước này khi {_lowered(self.condition(step.skip_when))}"
        if step.child is not None:
            yield from self._child(step, step.child)
        yield from self.by_itself(step)

    def by_itself(self, step: Step) -> Iterator[str]:
        """What the system does when the time is over, or when all is paid."""
        if step.on_timeout is not None:
            yield f"hết thời gian thì hệ thống tự chọn “{self._label(step, step.on_timeout)}”"
        elif step.duration is not None and not step.automatic:
            yield "hết thời gian mà chưa xong thì hệ thống nhắc việc"
        if step.on_payment is not None:
            yield f"nộp đủ tiền thì hệ thống tự chọn “{self._label(step, step.on_payment)}”"

    def _child(self, step: Step, child: Child) -> Iterator[str]:
        if child.agency is None:
            where = "tại cơ quan này"
        else:
            where = f"tại cơ quan {_lowered(self.condition(child.agency))}"
        yield f"hệ thống mở một hồ sơ của thủ tục {child.procedure} {where} và chờ hồ sơ ấy kết thúc"
        yield (
            f"hồ sơ ấy có kết quả thì chọn “{self._label(step, child.on_returned)}”, "
            f"không được giải quyết thì chọn “{self._label(step, child.on_declined)}”"
        )

    # an action

    def action(self, step: Step, action: Action) -> str:
        """One sentence: the button, when it may be pressed, what it needs and where it leads."""
        parts = [f"“{action.label}” {self.leads(action)}"]
        parts += [f"chỉ khi {_lowered(self.condition(action.when))}"] if action.when is not None else []
        if action.while_at is not None:
            parts.append(f"chỉ trong lúc có việc ở bước “{self.name(action.while_at)}”")
        needs = [NEEDS[need] for need in Need if need in action.needs]
        parts += [f"phải {_listed(needs)}"] if needs else []
        if action.cancels:
            parts.append(f"thôi việc ở {_listed([f'“{self.name(each)}”' for each in action.cancels])}")
        takes = self.taken_by_itself(step, action)
        parts += [takes] if takes else []
        return f"{'; '.join(parts)}."

    def leads(self, action: Action) -> str:
        """`chuyển sang “Ký”`, or several ways with what each asks."""
        if not action.split:
            return self._to(action.to, action)
        ways = [
            f"“{self.name(branch.to)}”"
            + (f" (khi {_lowered(self.condition(branch.when))})" if branch.when is not None else "")
            for branch in action.branches
        ]
        return f"chuyển sang {_listed(ways)}: {TOGETHER[action.together]}"

    def _to(self, target: str, action: Action) -> str:
        if target == END:
            outcome = f": {OUTCOMES[action.outcome]}" if action.outcome is not None else ""
            return f"kết thúc hồ sơ{outcome}"
        return f"chuyển sang “{self.name(target)}”"

    def taken_by_itself(self, step: Step, action: Action) -> str:
        """When the system takes this action without anybody; empty where it never does."""
        when = []
        if action.id == step.on_timeout:
            when.append("hết thời gian")
        if action.id == step.on_payment:
            when.append("đã nộp đủ tiền")
        if step.child is not None and action.id == step.child.on_returned:
            when.append("hồ sơ liên thông có kết quả")
        if step.child is not None and action.id == step.child.on_declined:
            when.append("hồ sơ liên thông không được giải quyết")
        return f"hệ thống tự chọn khi {_listed(when, 'hoặc')}" if when else ""

    def _label(self, step: Step, action_id: str) -> str:
        action = step.action(action_id)
        return action.label if action is not None else action_id

    # who is told

    def notices(self, step: Step) -> Iterator[str]:
        """Whom the system tells of this step by itself, as the dossiers' notices have it (Đ10.2b, c)."""
        if step.actor == APPLICANT and step.phase is Phase.WAITING_APPLICANT:
            yield "Người nộp được báo khi hồ sơ tới bước này, kèm việc phải làm và thời hạn."
            if step.on_timeout is None:
                yield "Người đang xử lý được báo khi người nộp đã trả lời."
        if step.on_timeout is not None:
            yield "Người nộp được báo khi hệ thống tự chuyển bước vì hết thời gian."
        elif step.duration is not None and step.actor not in {APPLICANT, EXTERNAL} and not step.automatic:
            yield "Người làm bước này được nhắc khi quá thời gian."
        if step.phase is Phase.RESULT_READY and not self.workflow.immediate:
            yield "Người nộp được báo đến nhận khi hồ sơ tới bước này."
        for outcome in {action.outcome: None for action in step.actions if action.outcome is not None}:
            yield f"Người nộp được báo khi hồ sơ kết thúc: {OUTCOMES[outcome]}."


def _listed(parts: list[str], last: str = "và") -> str:
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} {last} {parts[-1]}"


def _sentence(phrase: str) -> str:
    return f"{capital(phrase)}."


def _lowered(words: str) -> str:
    """Within a sentence: a first letter that is capital only because words began there."""
    return words[:1].lower() + words[1:]
