"""What event rules may read of a dossier: a closed list of typed facts, and the definition's own plain answers.

The runtime projects them from a dossier (`tthc.dossiers.facts`); `docs/event-rules.md` tells officers what each means.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from definitions.model import Case
from forms.model import Field
from rules.events import Kind
from rules.feel import FeelType, T
from rules.workflow.model import Workflow

HAPPENINGS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "submitted": "nộp hồ sơ",
        "accepted": "tiếp nhận",
        "supplement_requested": "yêu cầu bổ sung khi tiếp nhận",
        "supplied": "người nộp bổ sung",
        "moved": "chuyển bước",
        "begun": "nhận làm một bước",
        "child_wanted": "cần hồ sơ liên thông",
        "child_told": "được báo về hồ sơ liên thông",
        "reassigned": "giao lại",
        "assigned": "lãnh đạo giao việc",
        "claimed": "nhận việc",
        "given_back": "trả lại việc",
        "document_added": "đính kèm văn bản",
        "fees_paid": "thu phí",
        "call_logged": "ghi cuộc gọi hướng dẫn",
        "apologised": "xin lỗi, hẹn lại",
        "extended": "gia hạn",
        "extension_asked": "đề nghị gia hạn",
        "extension_answered": "quyết định đề nghị gia hạn",
        "verification_arranged": "hẹn xác minh thực tế",
        "verification_recorded": "ghi kết quả xác minh thực tế",
        "recounted": "tính lại hạn theo lịch",
        "version_moved": "chuyển sang bản khác của thủ tục",
        "handed_over": "bộ phận một cửa bàn giao hồ sơ giấy",
        "taken_over": "nơi giải quyết nhận bàn giao",
        "original_moved": "bản giấy chuyển sang chỗ khác",
        "succeeded": "chuyển sang cơ quan kế thừa",
        "handed_to_post": "giao kết quả cho bưu điện",
        "refund_asked": "đề nghị hoàn phí, lệ phí",
        "refund_answered": "quyết định đề nghị hoàn",
        "refund_made": "đã hoàn phí, lệ phí",
        "reminded": "quá hạn một bước hoặc quá hạn trả",
        "warned": "được nhắc trước hạn, hoặc kết quả để lâu chưa ai nhận",
        "found_stuck": "hệ thống thấy không ai xử lý được",
        "malware_found": "phát hiện mã độc trong một tệp đã nhận",
    }
)
"""Events after which a dossier is still open: rules about a dossier that has ended would come too late."""

OPEN_STATUSES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "submitted": "chờ tiếp nhận",
        "supplement_at_intake": "chờ bổ sung để tiếp nhận",
        "solving": "đang giải quyết",
        "waiting_applicant": "chờ người nộp",
        "result_ready": "đã có kết quả",
    }
)


@dataclass(frozen=True, slots=True)
class Fact:
    """One name that a rule may read. `choices`: all it can be, where that is a closed list; `moving`: it changes as
    time passes, with nobody doing anything; `least`: it is never below this; `always`: it is never absent.
    """

    name: str
    kind: Kind
    label: str
    help: str = ""
    choices: tuple[str, ...] = ()
    moving: bool = False
    least: int | None = None
    always: bool = False
    sensitive: bool = False


def _facts(*facts: Fact) -> Mapping[str, Fact]:
    return MappingProxyType({fact.name: fact for fact in facts})


FACTS: Final[Mapping[str, Fact]] = _facts(
    Fact(
        "event",
        Kind.STRING,
        "việc vừa xảy ra",
        "Một thao tác có thể gồm nhiều việc (tiếp nhận rồi chuyển bước): quy tắc được hỏi cho từng việc, với hồ sơ như sau cả thao tác.",
        choices=tuple(HAPPENINGS),
        always=True,
    ),
    Fact("status", Kind.STRING, "trạng thái hồ sơ", choices=tuple(OPEN_STATUSES), always=True),
    Fact("channel", Kind.STRING, "kênh nộp", choices=("online", "counter", "post"), always=True),
    Fact("case", Kind.STRING, "trường hợp", "Vắng khi thủ tục không chia trường hợp."),
    Fact(
        "step",
        Kind.STRING,
        "bước đang mở",
        "Trong các bước đang mở: bước đến hạn trước. Vắng khi chưa tiếp nhận.",
    ),
    Fact(
        "agency_level",
        Kind.STRING,
        "cấp của cơ quan",
        choices=("tinh", "huyen", "xa", "center"),
        always=True,
    ),
    Fact("agency_area", Kind.STRING, "địa bàn của cơ quan", "Vắng khi cơ quan chưa ghi địa bàn."),
    Fact(
        "returned",
        Kind.NUMBER,
        "số lần trả lại bước trước",
        "Số lần hồ sơ bị chuyển lại một bước đứng trước mà nó đã qua; người nộp bổ sung xong không tính.",
        least=0,
        always=True,
    ),
    Fact(
        "supplements",
        Kind.NUMBER,
        "số lần yêu cầu bổ sung",
        "Cả khi tiếp nhận và khi giải quyết.",
        least=0,
        always=True,
    ),
    Fact("apologies", Kind.NUMBER, "số lần xin lỗi", least=0, always=True),
    Fact("extensions", Kind.NUMBER, "số lần gia hạn", least=0, always=True),
    Fact(
        "minutes_left",
        Kind.NUMBER,
        "số phút làm việc còn đến hạn trả",
        "Âm khi đã quá hạn; 480 phút là một ngày làm việc. Đứng yên khi chờ người nộp và khi đã có kết quả; vắng khi không có hạn trả.",
        moving=True,
    ),
    Fact(
        "overdue", Kind.BOOLEAN, "quá hạn trả", "Đã qua hạn trả mà chưa có kết quả.", moving=True, always=True
    ),
    Fact("step_overdue", Kind.BOOLEAN, "quá hạn bước đang mở", "Vắng khi bước không có hạn.", moving=True),
    Fact("owed", Kind.NUMBER, "số tiền chưa thu (đồng)", least=0, always=True),
)

_KINDS: Final[Mapping[str, Kind]] = MappingProxyType(
    {
        "text": Kind.STRING,
        "choice": Kind.STRING,
        "integer": Kind.NUMBER,
        "money": Kind.NUMBER,
        "yes_no": Kind.BOOLEAN,
        "date": Kind.DATE,
    }
)
"""Field types whose answers are facts. Computed fields are, unless they come to numbers, which may have decimals."""

_COMPUTED: Final = MappingProxyType({"string": Kind.STRING, "boolean": Kind.BOOLEAN, "date": Kind.DATE})

FEEL: Final[Mapping[Kind, FeelType]] = MappingProxyType(
    {Kind.NUMBER: T.NUMBER, Kind.STRING: T.STRING, Kind.BOOLEAN: T.BOOLEAN, Kind.DATE: T.DATE}
)


def readable(fields: Iterable[Field], cases: Sequence[Case], workflow: Workflow) -> Mapping[str, Fact]:
    """Every name that rules of this definition may read, answers of groups by path (`land.area`).

    Those that are sensitive are listed too, so that a rule that reads one is told why it may not.
    """
    found = {**FACTS, **dict(_answers(fields, "", sensitive=False))}
    found.update(FACTS)
    closed = {
        "case": tuple(case.id for case in cases if case.ends is None),
        "step": tuple(step.id for step in workflow.steps if not step.automatic),
    }
    for name, choices in closed.items():
        fact = FACTS[name]
        found[name] = Fact(name, fact.kind, fact.label, fact.help, choices)
    return found


def _answers(fields: Iterable[Field], around: str, *, sensitive: bool) -> Iterable[tuple[str, Fact]]:
    for field in fields:
        name, secret = f"{around}{field.id}", sensitive or field.sensitive
        if field.type == "group":
            yield from _answers(field.item, f"{name}.", sensitive=secret)
            continue
        kind = _KINDS.get(field.type)
        if field.type == "computed" and field.compute is not None:
            kind = _COMPUTED.get(field.compute.type.kind)
        if kind is not None:
            choices = tuple(option.value for option in field.options) if field.type == "choice" else ()
            yield name, Fact(name, kind, field.label, choices=choices, sensitive=secret)
