"""On what an extension rests, as people read it (Đ13.3đ)."""

from rules.calendar import instant_text
from rules.i18n import gettext
from tthc.dossiers.events import Extended


def grounds_words(event: Extended) -> str:
    """A sentence with a space before it; nothing of an extension from before grounds were asked for."""
    basis, by_law = event.extension.basis, event.deadline.by_law
    if basis is None or by_law is None:
        return ""
    if basis:
        return " " + gettext("Căn cứ: {basis}.").format(basis=basis)
    told = gettext("Không có căn cứ gia hạn trong luật: đúng hạn, quá hạn vẫn tính theo {at}.")
    return " " + told.format(at=instant_text(by_law))
