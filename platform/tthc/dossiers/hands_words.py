"""A hand-over and a move of the paper original, as the dossier's story tells them to officials."""

from rules.calendar import instant_text
from tthc.dossiers import events as ev
from tthc.dossiers.custody import PLACES


def hands_words(event: ev.HandedOver | ev.TakenOver | ev.OriginalMoved) -> tuple[str, str, bool]:
    """Title, detail, and that the applicant does not read it: who carries paper is the office's own business."""
    match event:
        case ev.HandedOver(to=to):
            paper = "Kèm bản giấy." if event.with_original else "Không kèm bản giấy."
            return (
                f"Bàn giao hồ sơ cho {to.name[:1].lower()}{to.name[1:]}",
                " ".join(p for p in (paper, f"Hạn bàn giao: {instant_text(event.due)}.", event.note) if p),
                False,
            )
        case ev.TakenOver(name=name):
            return "Nhận bàn giao hồ sơ", f"Người nhận: {name}.", False
        case ev.OriginalMoved():
            who = f" ({event.holder_name})" if event.holder_name else ""
            return f"Bản giấy: {PLACES[event.place]}{who}", event.note, False
