"""What must be true of the database after a month, whatever happened in it.

Each looks at the documents as they lie there. A dossier is named by its code, or its reference before it has one.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import groupby
from typing import Any, Final

from rules.calendar import TZ, Calendar
from rules.workflow.model import APPLICANT, EXTERNAL
from tthc.dossiers import chain
from tthc.dossiers.codec import dossier_from_bson
from tthc.dossiers.codes import read_code
from tthc.simulation.naive_due import recounted

Document = Mapping[str, Any]

_SYSTEM: Final = ("timer:", "rule:", "child:")
"""How the ids of the system's own commands begin."""

_CLOSED: Final = frozenset({"returned", "declined", "withdrawn", "refused"})
_INTAKE: Final = {"amount": "8", "unit": "working_hour"}
_BY_TYPE: Final[Mapping[str, str]] = {
    "supplement_requested": "supplement_requested",
    "intake_refused": "refused",
    "withdrawn": "withdrawn",
    "apologised": "apologised",
    "extended": "extended",
    "recounted": "recounted",
}
_PLANNED: Final = frozenset(
    {
        *_BY_TYPE.values(),
        "submitted",
        "accepted",
        "returned",
        "declined",
        "consent_assumed",
        "confirm_requested",
        "result_ready",
        "notice_ready",
    }
)
"""Notices to the applicant whose number this count foretells; others may come beside them."""


@dataclass(frozen=True, slots=True)
class Check:
    """`looked`: at how many things; `wrong`: a sentence for each that is not as it must be."""

    name: str
    looked: int
    wrong: tuple[str, ...]


def name_of(document: Document) -> str:
    return str(document.get("code") or document["reference"])


def chains(documents: Iterable[Document]) -> Check:
    """Each history hangs together, and each dossier is what its history says (Đ9.1e)."""
    found = [(name_of(d), chain.verify(dossier_from_bson(d))) for d in documents]
    wrong = tuple(f"{name}: {sentence}" for name, sentences in found for sentence in sentences)
    return Check("Chuỗi băm của lịch sử nguyên vẹn, hồ sơ đúng như lịch sử", len(found), wrong)


def commands(documents: Iterable[Document], acknowledged: Iterable[tuple[str, str]]) -> Check:
    """Whatever was answered for is there, and nothing is there twice or that nobody asked for."""
    told: dict[str, set[str]] = defaultdict(set)
    for dossier, command in acknowledged:
        told[dossier].add(command)
    looked, wrong = 0, []
    for document in documents:
        runs = Counter(key for key, _ in groupby(entry["command_id"] for entry in document["history"]))
        said = Counter((e["command_id"], e["type"], repr(e["data"])) for e in document["history"])
        asked = told.pop(str(document["_id"]), set())
        looked += len(runs)
        wrong += [f"{name_of(document)}: lệnh {c} được làm {n} lần." for c, n in runs.items() if n > 1]
        wrong += [
            f"{name_of(document)}: sự kiện {t} ghi {n} lần trong một lệnh."
            for (_, t, _), n in said.items()
            if n > 1
        ]
        wrong += [f"{name_of(document)}: mất lệnh {c}." for c in sorted(asked - set(runs))]
        strange = [c for c in runs if c not in asked and not c.startswith(_SYSTEM)]
        wrong += [f"{name_of(document)}: lệnh {c} không ai gửi." for c in strange]
    wrong += [f"Mất hồ sơ {dossier}." for dossier in told]
    return Check("Mỗi lệnh đã trả lời có mặt đúng một lần", looked, tuple(wrong))


def codes(documents: Iterable[Document], *, gaps: bool = False) -> Check:
    """Unique, of the day of acceptance, and without a gap within an agency and a day. `gaps`: a process was killed, whose
    numbers may be lost, which the law does not mind.
    """
    numbers: dict[tuple[str, str], list[int]] = defaultdict(list)
    looked, wrong = 0, []
    for document in documents:
        code = document.get("code")
        if code is None:
            continue
        looked += 1
        read = read_code(str(code))
        accepted = _aware(document["accepted_at"]).astimezone(TZ).date()
        if read is None or read.day != accepted:
            wrong.append(f"{code}: không đúng mẫu hoặc không đúng ngày tiếp nhận.")
            continue
        numbers[read.identifier, f"{read.day:%d/%m/%Y}"].append(read.number)
    for (agency, day), found in numbers.items():
        twice = [number for number, times in Counter(found).items() if times > 1]
        wrong += [f"{agency}, ngày {day}: số {number} cấp hai lần." for number in twice]
        lost = set(range(1, max(found) + 1)) - set(found)
        if lost and not gaps:
            wrong.append(f"{agency}, ngày {day}: thiếu số {sorted(lost)}.")
    return Check("Mã hồ sơ duy nhất, liên tục theo cơ quan và ngày", looked, tuple(wrong))


def due_dates(documents: Iterable[Document], calendar_of: Callable[[str], Calendar]) -> Check:
    """Counted anew, minute by minute, from the acceptance, the waits and the extensions that the history tells."""
    looked, wrong = 0, []
    for document in documents:
        calendar = calendar_of(document["agency"])
        for what, stored, expected in _dues(document, calendar):
            looked += 1
            if stored != expected:
                wrong.append(
                    f"{name_of(document)}: {what} là {_text(stored)}, đếm lại được {_text(expected)}."
                )
    return Check("Hạn tiếp nhận, hạn trả đúng như đếm từng phút theo lịch", looked, tuple(wrong))


def _dues(document: Document, calendar: Calendar) -> Iterator[tuple[str, datetime | None, datetime | None]]:
    history = document["history"]
    accepted = next((e for e in history if e["type"] == "accepted"), None)
    for entry in history:
        if entry["type"] in {"submitted", "supplied"} and entry["data"].get("intake_due"):
            stored = datetime.fromisoformat(entry["data"]["intake_due"])
            yield "hạn tiếp nhận", stored, recounted(calendar, _INTAKE, _aware(entry["at"]), ())
    deadline = document.get("deadline")
    if accepted is None or not deadline or accepted["data"]["deadline"] is None:
        return
    start = _aware(accepted["at"])
    rule = accepted["data"]["deadline"]
    yield "hạn trả ban đầu", _optional(deadline["original_due"]), recounted(calendar, rule, start, ())
    pauses = list(_pauses(history))
    extensions = [e["data"]["extension"] for e in history if e["type"] == "extended"]
    if pauses and pauses[-1][1] is None:  # the date of before stays until the clock runs on
        since = pauses.pop()[0]
        extensions = [e for e in extensions if datetime.fromisoformat(e["granted_at"]) < since]
    yield "hạn trả", _optional(deadline["due"]), recounted(calendar, rule, start, pauses, extensions)
    granted = [each for each in extensions if each.get("basis") != ""]
    if len(granted) < len(extensions):
        expected = recounted(calendar, rule, start, pauses, granted)
        yield "hạn theo pháp luật", _optional(deadline.get("legal_due")), expected


def _pauses(history: Sequence[Document]) -> Iterator[tuple[datetime, datetime | None]]:
    """The times in which everybody waited for the applicant."""
    tasks: dict[str, str] = {}
    since: datetime | None = None
    for entry in history:
        if entry["type"] != "moved":
            continue
        tasks = _after(tasks, entry["data"])
        phases, at = set(tasks.values()), _aware(entry["at"])
        waits = "waiting_applicant" in phases and "solving" not in phases
        if waits and since is None:
            since = at
        elif since is not None and not waits:
            yield since, at
            since = None
    if since is not None:
        yield since, None


def _after(tasks: Mapping[str, str], move: Document) -> dict[str, str]:
    gone = {*move.get("dropped", ()), *([move["left"]["id"]] if move["left"] else [])}
    stay = {name: phase for name, phase in tasks.items() if name not in gone}
    return stay | {task["id"]: task["phase"] for task in move["entered"]}


def notices(documents: Iterable[Document], delivered: Iterable[str]) -> Check:
    """As many as each event gives rise to on the applicant's channels, and each handed over exactly once.

    `delivered`: ids of what lies in the portal's inbox and in the mailbox.
    """
    rows = Counter(delivered)
    looked, wrong = 0, []
    for document in documents:
        outbox = document["outbox"]
        ids = Counter(entry["id"] for entry in outbox)
        looked += len(outbox)
        name = name_of(document)
        wrong += [f"{name}: thông báo {i} lập {n} lần." for i, n in ids.items() if n > 1]
        wrong += [f"{name}: {e['id']} còn {e['state']}." for e in outbox if e["state"] != "done"]
        sent = [e for e in outbox if e["channel"] != "system"]
        wrong += [f"{name}: {e['id']} giao {rows[e['id']]} lần." for e in sent if rows[e["id"]] != 1]
        made = Counter((_seq(e), e["template"]) for e in sent if e["template"] in _PLANNED)
        planned = Counter(dict(_planned(document["history"])))
        for seq, template in sorted(set(made) | set(planned)):
            if made[seq, template] != planned[seq, template]:
                told = f"{made[seq, template]} thông báo {template}, cần {planned[seq, template]}"
                wrong.append(f"{name}: sự kiện {seq} có {told}.")
    return Check("Thông báo đúng số lượng, mỗi thông báo giao một lần", looked, tuple(wrong))


def _seq(entry: Document) -> int:
    return int(str(entry["id"]).split(":")[1])


def _planned(history: Sequence[Document]) -> Iterator[tuple[tuple[int, str], int]]:
    """How many notices each event should have: one on each channel that the applicant has."""
    first = history[0]["data"]
    applicant = first["applicant"]
    each = sum(bool(way) for way in (first["owner"], applicant["email"], applicant["phone"]))
    tasks: dict[str, str] = {}
    for entry in history:
        if entry["type"] == "moved":
            tasks = _after(tasks, entry["data"])
        for template in _templates(entry, tasks, immediate=bool(first.get("immediate"))):
            yield (int(entry["seq"]), template), each


def _templates(entry: Document, tasks: Mapping[str, str], *, immediate: bool) -> Iterator[str]:
    kind, data = entry["type"], entry["data"]
    if kind in _BY_TYPE:
        yield _BY_TYPE[kind]
    if kind == "submitted" and data["intake_due"]:
        yield "submitted"
    if kind == "accepted" and not immediate:
        yield "accepted"
    if kind == "ended":
        yield "returned" if data["outcome"] == "returned" else "declined"
    if kind == "moved":
        if data.get("silent"):
            yield "consent_assumed"
        asked = data.get("request") and data["request"]["items"]
        waits = [
            t for t in data["entered"] if t["phase"] == "waiting_applicant" and t["function"] == APPLICANT
        ]
        if asked:
            yield "supplement_requested"
        elif waits:
            yield "confirm_requested"
        ready = [t for t in data["entered"] if t["phase"] == "result_ready"]
        if ready and set(tasks.values()) == {"result_ready"} and not immediate:
            yield "notice_ready" if all(t.get("declines") for t in ready) else "result_ready"


def payments(documents: Iterable[Document]) -> Check:
    """Each line is collected once, and what is handed over was paid."""
    looked, wrong = 0, []
    for document in documents:
        paid = [fee for e in document["history"] if e["type"] == "fees_paid" for fee in e["data"]["fee_ids"]]
        looked += len(paid)
        wrong += [f"{name_of(document)}: {fee} thu {n} lần." for fee, n in Counter(paid).items() if n > 1]
        owed = [f["id"] for f in document["fees"] if f["amount"] > 0 and f["paid_at"] is None]
        if document["status"] == "returned" and owed:
            wrong.append(f"{name_of(document)}: đã trả kết quả mà chưa thu {', '.join(owed)}.")
    return Check("Mỗi khoản thu một lần, trả kết quả khi đã thu", looked, tuple(wrong))


def timers(documents: Iterable[Document], now: datetime) -> Check:
    """Each fired once, never before its time, and none that is due has been forgotten."""
    looked, wrong = 0, []
    for document in documents:
        fired = [e for e in document["history"] if e["type"] == "reminded"]
        looked += len(fired) + len(document["timers"])
        twice = Counter(e["data"]["timer_id"] for e in fired)
        wrong += [f"{name_of(document)}: hẹn giờ {t} kêu {n} lần." for t, n in twice.items() if n > 1]
        early = [e for e in fired if _aware(e["at"]) < datetime.fromisoformat(e["data"]["due"])]
        wrong += [f"{name_of(document)}: {e['data']['timer_id']} kêu trước giờ." for e in early]
        late = [t for t in document["timers"] if _aware(t["due"]) <= now]
        wrong += [f"{name_of(document)}: {t['id']} đã đến giờ mà chưa kêu." for t in late]
    return Check("Mỗi hẹn giờ kêu một lần, không sót", looked, tuple(wrong))


def nobody_waits(documents: Iterable[Document], held: Callable[[str, str], bool]) -> Check:
    """No dossier sits where nobody can act. `held`: whether anybody holds a function in an agency."""
    looked, wrong = 0, []
    kept = {str(d["_id"]): d for d in documents}
    for document in kept.values():
        if document["status"] in _CLOSED:
            continue
        looked += 1
        if not document["tasks"]:
            wrong.append(f"{name_of(document)}: không còn việc nào mà chưa kết thúc.")
        for task in document["tasks"]:
            free = task["function"] in {APPLICANT, EXTERNAL} or held(task["agency"], task["function"])
            if not free:
                wrong.append(f"{name_of(document)}: bước “{task['name']}” không ai làm được.")
        wrong += [
            f"{name_of(document)}: chờ hồ sơ liên thông {c['reference']} đã kết thúc."
            for c in document["children"]
            if c["standing"] == "open" and kept.get(c["id"], {"status": "returned"})["status"] in _CLOSED
        ]
    return Check("Không hồ sơ nào nằm mà không ai làm được", looked, tuple(wrong))


def all_of(
    documents: Collection[Document],
    *,
    acknowledged: Iterable[tuple[str, str]],
    calendar_of: Callable[[str], Calendar],
    delivered: Iterable[str],
    held: Callable[[str, str], bool],
    now: datetime,
    gaps: bool = False,
) -> tuple[Check, ...]:
    return (
        chains(documents),
        commands(documents, acknowledged),
        codes(documents, gaps=gaps),
        due_dates(documents, calendar_of),
        notices(documents, delivered),
        payments(documents),
        timers(documents, now),
        nobody_waits(documents, held),
    )


def _optional(at: datetime | None) -> datetime | None:
    return None if at is None else _aware(at)


def _text(at: datetime | None) -> str:
    return "không có" if at is None else f"{at.astimezone(TZ):%H:%M %d/%m/%Y}"


def _aware(at: datetime) -> datetime:
    return at if at.tzinfo else at.replace(tzinfo=UTC)
