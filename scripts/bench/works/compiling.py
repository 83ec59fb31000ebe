"""Compiling a definition of sixty questions from its stored text, ready to answer.

The peers compile a part each: SpiffWorkflow the definition's workflow as BPMN, pyxform a form of sixty questions to XForms
XML. What is compared is only how long somebody waits.
"""

from io import BytesIO

from definitions.loader import load_canonical
from scripts.bench import sixty
from scripts.bench.duel import Peer, Ready, Work, loop, python_peer
from scripts.bench.works.route import bpmn


def work() -> Work:
    canonical = sixty.loaded().canonical

    def once() -> bool:
        return load_canonical(canonical, "sixty.yaml").definition is not None

    return Work(
        "biên dịch một bản cấu hình",
        "Của chúng tôi: 60 câu hỏi, từ chữ đã lưu tới bản dùng được: đọc, xét khuôn dạng, biểu thức, bảng, quy trình. "
        "SpiffWorkflow: quy trình của chính cấu hình ấy, dạng BPMN. pyxform: một biểu mẫu 60 câu thành XForms.",
        Ready(loop(once), once()),
        [Peer("SpiffWorkflow", _spiff), Peer("pyxform", _pyxform)],
    )


def _spiff() -> Ready:
    from SpiffWorkflow.bpmn.parser.BpmnParser import BpmnParser

    workflow = sixty.definition().workflow
    text = bpmn(workflow).encode()

    def once() -> bool:
        parser = BpmnParser()
        parser.add_bpmn_io(BytesIO(text))
        return len(parser.get_spec("p").task_specs) > len(workflow.steps)

    return python_peer("SpiffWorkflow", once, once())


def _pyxform() -> Ready:
    from pyxform.xls2xform import convert

    rows = "".join(
        f"|        | {kind} | {name}_{n} | Câu {name} {n} |\n"
        for n in range(1, sixty.BLOCKS + 1)
        for name, kind in (
            ("ten", "text"),
            ("so", "integer"),
            ("ngay", "date"),
            ("loai", "text"),
            ("tien", "integer"),
        )
    )
    form = f"| survey |\n|        | type | name | label |\n{rows}"

    def once() -> bool:
        return "<h:html" in convert(form, file_type=".md", validate=False).xform

    return python_peer("pyxform", once, once())
