"""How long an authority keeps what is handed in, in a sentence for whoever hands it in (law 33/2024 on archives)."""

from definitions.model import Definition
from rules.i18n import gettext, ngettext


def kept_words(definition: Definition) -> str:
    """Without a full stop: the law by which it is so may follow. Where the definition names none, it is the archive's to say."""
    retention = definition.retention
    if retention is None:
        return gettext("Cơ quan giữ hồ sơ đã nộp theo thời hạn của pháp luật về lưu trữ")
    if retention.years is None:
        return gettext("Cơ quan giữ hồ sơ đã nộp vĩnh viễn")
    return ngettext(
        "Cơ quan giữ hồ sơ đã nộp {n} năm, tính từ ngày 01/01 của năm sau năm giải quyết xong",
        "Cơ quan giữ hồ sơ đã nộp {n} năm, tính từ ngày 01/01 của năm sau năm giải quyết xong",
        retention.years,
    ).format(n=retention.years)
