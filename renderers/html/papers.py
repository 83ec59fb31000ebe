"""What a paper's place for files takes, for people and for browsers."""

from definitions.model import PaperDue
from forms.file_kinds import FileKind


def taken_words(paper: PaperDue) -> str:
    """`Chỉ nhận tệp PDF, nhiều nhất 1 tệp.`; empty where the page's usual rule stands."""
    kinds = " hoặc ".join(kind.label for kind in FileKind if kind in paper.accept)
    parts = [
        f"chỉ nhận {kinds}" if kinds else "",
        f"nhiều nhất {paper.max_files} tệp" if paper.max_files else "",
    ]
    words = ", ".join(filter(None, parts))
    return f"{words[0].upper()}{words[1:]}." if words else ""


def taken_types(paper: PaperDue) -> str:
    """The `accept` of an input: `.pdf,.jpg,.jpeg,.png`."""
    suffixes = {"pdf": ".pdf", "jpeg": ".jpg,.jpeg", "png": ".png"}
    return ",".join(suffixes[kind] for kind in FileKind if not paper.accept or kind in paper.accept)
