"""The hand-over from reception, and where the paper original is (Đ12.3; NĐ 61/2018 Điều 18)."""

from typing import Final

from tthc.dossiers import events as ev
from tthc.dossiers.commands import HandOver, MoveOriginal, TakeOver
from tthc.dossiers.context import RECEPTION, Actor
from tthc.dossiers.custody import FUNCTION_OF, PLACES, Original, Place
from tthc.dossiers.deciding import Deciding
from tthc.dossiers.handing_over import destination, given_by, is_waiting, on_paper
from tthc.dossiers.permissions import function_name, holds, require_function, require_reception
from tthc.dossiers.refusals import Refused
from tthc.dossiers.state import Dossier, Status

RULE: Final = "Đ12.3"
HANDING_OVER: Final = "NĐ 61/2018 Đ18"


def hand_over(deciding: Deciding, command: HandOver) -> None:
    """«Đã bàn giao»: the dossier leaves reception now; nobody says that it left earlier."""
    dossier, context = deciding.dossier, deciding.context
    require_reception(context.actor, dossier.agency)
    accepted_at = dossier.accepted_at
    if accepted_at is None:
        raise Refused("not_accepted", "Hồ sơ chưa được tiếp nhận nên chưa bàn giao được.", HANDING_OVER)
    if dossier.handover is not None:
        raise Refused(
            "handed_over", f"Hồ sơ này đã bàn giao cho {_lower(dossier.handover.to.name)}.", HANDING_OVER
        )
    if not on_paper(dossier):
        raise Refused(
            "electronic",
            "Hồ sơ trực tuyến được chuyển ngay khi tiếp nhận, không phải bàn giao giấy.",
            HANDING_OVER,
        )
    to = destination(dossier)
    if to is None:
        raise Refused(
            "stays", "Quy trình của hồ sơ này do bộ phận một cửa giải quyết, không bàn giao.", HANDING_OVER
        )
    policy = context.policy
    due = given_by(accepted_at, context.calendar, policy.handover_cutoff, policy.handover_grace)
    at_hand = dossier.original is not None and dossier.original.place == "reception"
    deciding.happen(
        ev.HandedOver(to, due, context.actor.name, with_original=at_hand, note=command.note.strip())
    )


def take_over(deciding: Deciding, _command: TakeOver) -> None:
    """«Đã nhận»: by whoever it was handed to, or by the person whom that one has meanwhile given it to."""
    dossier, actor = deciding.dossier, deciding.context.actor
    handover = dossier.handover
    if handover is None:
        raise Refused("not_handed", "Bộ phận một cửa chưa bàn giao hồ sơ này.", HANDING_OVER)
    if not may_take(dossier, actor):
        require_function(actor, handover.to.function, handover.to.agency)
    if handover.taken_at is not None:
        raise Refused("taken", f"Hồ sơ này {handover.taken_by_name} đã nhận.", HANDING_OVER)
    deciding.happen(ev.TakenOver(actor.name))


def may_take(dossier: Dossier, actor: Actor) -> bool:
    to = dossier.handover.to if dossier.handover is not None else None
    if to is None:
        return False
    return holds(actor, to.function, to.agency) or any(
        t.assignee == actor.id and holds(actor, t.function, t.agency) for t in dossier.tasks
    )


def move_original(deciding: Deciding, command: MoveOriginal) -> None:
    """The original changes hands: its holder gives it, or the next one takes it; always now, always to somebody."""
    dossier, actor = deciding.dossier, deciding.context.actor
    if command.place not in PLACES:
        raise Refused("place", "Chọn nơi giữ bản giấy trong danh sách.", RULE)
    place: Place = command.place  # type: ignore[assignment]  # looked up just now
    _require_sense(dossier, place)
    _require_hands(dossier, place, actor, command)
    holder, name = _receiver(deciding, place, command)
    now = dossier.original
    if now is not None and now.place == place and now.holder == holder:
        raise Refused("there", f"Bản giấy đang ở đó rồi: {where(now)}.", RULE)
    deciding.happen(ev.OriginalMoved(place, holder, name, command.note.strip()))


def where(original: Original) -> str:
    """`Văn thư (Quàng Thị Pha)`."""
    return (
        f"{PLACES[original.place]} ({original.holder_name})"
        if original.holder_name
        else PLACES[original.place]
    )


def ways(dossier: Dossier, actor: Actor) -> tuple[Place, ...]:
    """Where this actor may move the original to; for pages, the last word is `move_original`'s."""
    found = []
    for place in PLACES:
        try:
            _require_sense(dossier, place)
            _require_hands(dossier, place, actor, MoveOriginal(place))
        except Refused:
            continue
        found.append(place)
    return tuple(found)


def _require_sense(dossier: Dossier, place: Place) -> None:
    """No paper moves that is not there, has left the house, lies in the archive or is being handed over."""
    original, handover = dossier.original, dossier.handover
    if dossier.accepted_at is None:
        raise Refused("not_accepted", "Hồ sơ chưa được tiếp nhận nên chưa theo dõi bản giấy.", RULE)
    if original is None and place != "reception":
        raise Refused(
            "no_original",
            "Chưa ghi nhận bản giấy của hồ sơ này; ghi “đã nhận bản giấy tại một cửa” trước.",
            RULE,
        )
    if original is None:
        return
    if original.place == "archived":
        raise Refused("archived", "Bản giấy đã lưu trữ nên không chuyển được nữa.", RULE)
    if original.place == "returned" and (dossier.closed or place != "reception"):
        raise Refused("left", "Bản giấy đã trả người nộp; nhận lại ở bộ phận một cửa rồi mới chuyển.", RULE)
    if handover is not None and handover.with_original and handover.taken_at is None and not dossier.closed:
        raise Refused(
            "handing", f"Bản giấy đang bàn giao; {_lower(handover.to.name)} bấm “Đã nhận” trước.", RULE
        )
    if is_waiting(dossier) and place not in {"reception", "returned"}:
        raise Refused(
            "handover_first", "Bản giấy rời bộ phận một cửa bằng “Bàn giao”, theo danh sách của ngày.", RULE
        )
    if place == "archived" and dossier.solved_at is None and not dossier.closed:
        raise Refused("unsolved", "Hồ sơ chưa giải quyết xong nên chưa lưu trữ bản giấy.", RULE)
    if place == "returned":
        if original.place != "reception":
            raise Refused(
                "not_here",
                f"Bản giấy đang ở {_lower(PLACES[original.place])}; chỉ bộ phận một cửa trả người nộp.",
                RULE,
            )
        if not dossier.closed and dossier.status not in {Status.WAITING_APPLICANT, Status.RESULT_READY}:
            raise Refused("being_solved", "Hồ sơ đang giải quyết nên chưa trả bản giấy cho người nộp.", RULE)
    if dossier.closed and place not in {"archived", "returned", "reception"}:
        raise Refused("over", "Hồ sơ đã kết thúc; bản giấy chỉ về một cửa, lưu trữ hoặc trả người nộp.", RULE)


def _require_hands(dossier: Dossier, place: Place, actor: Actor, command: MoveOriginal) -> None:
    """The giver has it, or the taker takes it for their own place."""
    original = dossier.original
    if original is None or place == "returned":
        require_reception(actor, dossier.agency)
        return
    target = FUNCTION_OF.get(place)
    mine = original.holder == actor.id if original.holder else _works_at(original.place, dossier, actor)
    takes = (
        target is not None and holds(actor, target, dossier.agency) and command.assignee in {None, actor.id}
    )
    if not mine and not takes:
        held = FUNCTION_OF.get(original.place, RECEPTION)
        require_function(actor, held, dossier.agency)
        raise Refused(
            "not_holder",
            f"Bản giấy đang do {original.holder_name or function_name(held)} giữ; người giữ chuyển, hoặc người nhận tự ghi nhận.",
            RULE,
        )


def _works_at(place: Place, dossier: Dossier, actor: Actor) -> bool:
    function = FUNCTION_OF.get(place)
    return holds(actor, function if function is not None else RECEPTION, dossier.agency)


def _receiver(deciding: Deciding, place: Place, command: MoveOriginal) -> tuple[str, str]:
    """Account and name of whoever has it next."""
    actor, dossier = deciding.context.actor, deciding.dossier
    if place == "returned":
        if not command.receiver.strip():
            raise Refused("receiver", "Ghi họ tên người nhận lại bản giấy.", RULE)
        return "", command.receiver.strip()
    function = FUNCTION_OF.get(place)
    if function is None:
        return "", actor.name
    if command.assignee not in {None, actor.id}:
        chosen = deciding.context.assignee
        if chosen is None or not holds(chosen, function, dossier.agency):
            raise Refused("receiver", f"Chọn người nhận là {function_name(function)} của cơ quan này.", RULE)
        return chosen.id, chosen.name
    if holds(actor, function, dossier.agency):
        return actor.id, actor.name
    if place == "reception":
        return "", ""
    raise Refused("receiver", f"Chọn người nhận là {function_name(function)}.", RULE)


def _lower(name: str) -> str:
    return name[:1].lower() + name[1:]
