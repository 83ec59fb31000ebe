"""A page of sixty fields drawn on the server with what was typed in it."""

import re
from datetime import date

from definitions.assess import assess
from renderers.html.form import render_page
from scripts.bench import sixty
from scripts.bench.duel import Peer, Ready, Work, loop, python_peer
from scripts.bench.node_side import node_peer
from scripts.bench.works.check import AGENCY, APPLICANT, NOW, NUMBERS

KINDS = ("ten", "so", "ngay", "loai", "tien")
TEMPLATE = """<form method="post">{% for field in form %}<div class="field" id="w-{{ field.id }}">
{{ field.label }}{% for error in field.errors %}<p class="error">{{ error }}</p>{% endfor %}
<p class="help">{{ field.description }}</p>{{ field(class="input") }}</div>{% endfor %}</form>"""


def told() -> dict[str, object]:
    """Every field answered and none hidden."""
    found: dict[str, object] = {}
    for n in NUMBERS:
        found |= {f"ten_{n}": f"Lò Thị Xuân {n}", f"so_{n}": 7, f"ngay_{n}": "2024-03-12"}
        found |= {f"loai_{n}": "cu", f"tien_{n}": 150_000}
    return found


def drawn(html: str) -> list[str]:
    """The fields that a page shows."""
    return sorted(set(re.findall(r' id="w-([a-z]+_\d+)"', html)))


def work() -> Work:
    made = sixty.definition()
    typed = {key: str(value) for key, value in told().items()}
    judged = assess(made, typed, now=NOW, channel="online", agency=AGENCY, applicant=APPLICANT)
    page = made.form.pages[0]

    def once() -> str:
        return str(render_page(page, judged.submission, typed, now=NOW))

    return Work(
        "vẽ trang 60 ô có sẵn câu trả lời",
        "WTForms: dựng form rồi vẽ bằng một mẫu Jinja đã dịch sẵn; rjsf: renderToStaticMarkup. Của chúng tôi vẽ từ kết quả "
        "kiểm tra đã có, ngày là ba ô, lựa chọn là nút tròn.",
        Ready(loop(once), drawn(once())),
        [
            Peer("WTForms + Jinja", _wtforms),
            Peer("rjsf", lambda: node_peer("rjsf", "@rjsf/core", {"schema": _schema(), "formData": told()})),
        ],
    )


def _wtforms() -> Ready:
    from jinja2 import Environment
    from wtforms import DateField, Form, IntegerField, SelectField, StringField
    from wtforms.validators import InputRequired, Length, NumberRange

    fields: dict[str, object] = {}
    for n in NUMBERS:
        fields |= {
            f"ten_{n}": StringField(f"Tên thứ {n}", [InputRequired(), Length(max=100)]),
            f"so_{n}": IntegerField(f"Số lượng thứ {n}", [InputRequired(), NumberRange(1, 50)]),
            f"ngay_{n}": DateField(f"Ngày thứ {n}", [InputRequired()]),
            f"loai_{n}": SelectField(f"Loại thứ {n}", choices=[("moi", "Mới"), ("cu", "Cũ")]),
            f"tien_{n}": IntegerField(f"Số tiền thứ {n}", [NumberRange(min=1000)]),
        }
    kind = type("Sixty", (Form,), fields)
    template = Environment(autoescape=True).from_string(TEMPLATE)
    given = {key: date.fromisoformat(str(v)) if "ngay" in key else v for key, v in told().items()}

    def once() -> str:
        return template.render(form=kind(data=given))

    return python_peer("WTForms", once, drawn(once()))


def _schema() -> dict[str, object]:
    properties: dict[str, object] = {}
    for n in NUMBERS:
        properties |= {
            f"ten_{n}": {"type": "string", "title": f"Tên thứ {n}", "maxLength": 100},
            f"so_{n}": {"type": "integer", "title": f"Số lượng thứ {n}", "minimum": 1, "maximum": 50},
            f"ngay_{n}": {"type": "string", "format": "date", "title": f"Ngày thứ {n}"},
            f"loai_{n}": {"type": "string", "title": f"Loại thứ {n}", "enum": ["moi", "cu"]},
            f"tien_{n}": {"type": "integer", "title": f"Số tiền thứ {n}", "minimum": 1000},
        }
    required = [f"{kind}_{n}" for n in NUMBERS for kind in KINDS[:3]]
    return {"type": "object", "properties": properties, "required": required}
