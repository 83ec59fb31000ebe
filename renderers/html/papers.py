"""What a paper's place for files takes, for people and for browsers."""

from definitions.model import PaperDue
from forms.file_kinds import FileKind, either
from rules.i18n import gettext, ngettext


def taken_words(paper: PaperDue) -> str:
    """`Chỉ nhận tệp PDF, nhiều nhất 1 tệp.`; empty where the page's usual rule stands."""
    kinds = either(kind for kind in FileKind if kind in paper.accept)
    most = paper.max_files or 0
    if kinds and most:
        told = ngettext(
            "Chỉ nhận {kinds}, nhiều nhất {n} tệp.", "Chỉ nhận {kinds}, nhiều nhất {n} tệp.", most
        )
    elif most:
        told = ngettext("Nhiều nhất {n} tệp.", "Nhiều nhất {n} tệp.", most)
    else:
        told = gettext("Chỉ nhận {kinds}.") if kinds else ""
    return told.format(kinds=kinds, n=most)


def taken_types(paper: PaperDue) -> str:
    """The `accept` of an input: `.pdf,.jpg,.jpeg,.png`."""
    suffixes = {"pdf": ".pdf", "jpeg": ".jpg,.jpeg", "png": ".png"}
    return ",".join(suffixes[kind] for kind in FileKind if not paper.accept or kind in paper.accept)
