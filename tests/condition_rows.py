"""Fields of every kind, and random conditions about them."""

from datetime import date
from decimal import Decimal

from hypothesis import strategies as st

from definitions.conditions import ALWAYS, NEVER, Group, Row, Subject, offered, rows

KNOWN = (
    Subject("kind", "Loại", "choice", (("moi", "Cấp mới"), ("lai", "Cấp lại"))),
    Subject("owner.name", "Chủ hộ › Họ tên", "text"),
    Subject("uses", "Mục đích", "several", (("o", "Để ở"), ("ban", "Để bán"))),
    Subject("copies", "Số bản", "number"),
    Subject("rows", "Số dòng của “Giấy tờ”", "count"),
    Subject("born", "Ngày sinh", "date"),
    Subject("submitted_at", "Ngày nộp hồ sơ", "moment", (), "Hồ sơ"),
    Subject("proxy", "Làm thay?", "yes_no"),
    Subject("photo", "Ảnh", "other"),
)
TEXTS = st.text('aăđỹ"\\\n\t 1“😀', max_size=8)
VALUES = {
    "choice": st.sampled_from(["moi", "lai", "la"]),
    "several": st.sampled_from(["o", "ban"]),
    "text": TEXTS,
    "number": st.decimals(-(10**9), 10**9, places=2),
    "count": st.integers(0, 99).map(Decimal),
    "date": st.dates(date(1900, 1, 1), date(2100, 1, 1)),
    "moment": st.dates(date(1900, 1, 1), date(2100, 1, 1)),
}


@st.composite
def one_row(draw):
    subject = draw(st.sampled_from(KNOWN))
    comparison, _ = draw(st.sampled_from(offered(subject.kind)))
    least, most = comparison.takes
    wanted = draw(st.integers(least, least + 2)) if most is None else most
    values = [draw(VALUES[subject.kind]) for _ in range(wanted)]
    return Row(subject.path, comparison, tuple(values))


GROUPS = st.lists(one_row(), min_size=2, max_size=3).map(lambda found: Group(tuple(found)))
CONDITIONS = st.one_of(
    st.sampled_from([ALWAYS, NEVER]),
    st.builds(rows, st.sampled_from(["all", "any"]), st.lists(one_row() | GROUPS, max_size=4)),
)
