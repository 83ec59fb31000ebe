"""What citizens read is plain (`ông/bà`, nothing shortened, no word of computers): every sentence of their templates."""

import re

import pytest
from jinja2 import Environment

from renderers.environment import TEMPLATES

# beside each, what is said instead
BANNED = {
    r"UBND|HĐND": "Ủy ban nhân dân, Hội đồng nhân dân",
    r"TTHC": "thủ tục hành chính, thủ tục",
    r"TN&TKQ|TNTKQ|BPMC": "Bộ phận Một cửa",
    r"CCCD|CMND|CMT": "thẻ căn cước",
    r"PAKN": "phản ánh, kiến nghị",
    r"DVC|DVCTT": "dịch vụ công",
    r"SĐT|ĐT": "số điện thoại",
    r"NĐ|QĐ|TT|CP|NQ": "nghị định, quyết định, thông tư",
    r"GCN|GPLX|HS|VB": "giấy chứng nhận, giấy phép lái xe, hồ sơ, văn bản",
    r"(?i:bạn|quý khách|quý vị|anh/chị|người dùng|user)": "ông/bà",
    r"(?i:không hợp lệ|có lỗi xảy ra|thao tác thất bại)": "chỗ nào sai và ông/bà làm gì",
    r"(?i:click|upload|download|file|login|password|email|e-mail|link|server|otp)": "bấm, tải lên, tệp, đăng nhập, …",
}
READ_OUT = re.compile(r'(?:placeholder|title|alt|aria-label)="([^"<{]+)"')
# a law is cited by its number; the shape of a number is shown; a reader is a “bạn đọc”; what is put in has a name
FINE = re.compile(r"%\(\w+\)s|\d+/\d{4}/[A-ZĐ]+(?:-[A-Z]+)?|HS-[X\d][\w-]*|bạn đọc|bạn bè")
FOLDERS = ("portal", "accounts", "errors")
TEMPLATE_FILES = [
    TEMPLATES / "base" / "portal.html",
    *sorted(path for folder in FOLDERS for path in (TEMPLATES / folder).glob("*.html")),
]


def sentences(source: str) -> list[str]:
    """Of a template: its text, what is read out of attributes, and the words given to macros."""
    given = [v[1:-1] for _, kind, v in Environment(autoescape=True).lex(source) if kind == "string"]
    html = re.sub(r"\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}", " ", source, flags=re.DOTALL)
    text = re.sub(r"<[^>]*>", "\n", html).split("\n")
    return [*text, *READ_OUT.findall(html), *(v for v in given if not v.isascii() or " " in v)]


def found(sentence: str) -> list[str]:
    plain = FINE.sub(" ", sentence)
    return [word for word in BANNED if re.search(rf"(?<![\w/@.]){'(?:' + word + ')'}(?![\w/.-])", plain)]


@pytest.mark.parametrize("path", TEMPLATE_FILES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_citizens_read_plain_words(path):
    wrong = [
        f"“{sentence.strip()}”: nói {BANNED[word]}"
        for sentence in sentences(path.read_text())
        for word in found(sentence)
    ]
    assert wrong == [], "\n".join(wrong)


def test_the_list_finds_what_it_bans():
    for said in ("Gửi UBND xã", "Số CCCD", "Bạn chưa nhập tên", "Dữ liệu không hợp lệ", "Upload giấy tờ"):
        assert found(said), said
    for said in ("Nghị định số 61/2018/NĐ-CP", "Ví dụ HS-7K3Q-9F2D", "Ông/bà nhập số định danh"):
        assert not found(said), said
    said = sentences('{{ button("Tải file lên") }}<input placeholder="Nhập email"><p>Xin {{ x }} chào</p>')
    assert [s for s in said if found(s)] == ["Nhập email", "Tải file lên"]
