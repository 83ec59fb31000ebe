"""What two versions say otherwise of one dossier: typed, and told as a person reads it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

Kind = Literal["case", "answers", "paper", "fee", "due", "route"]

KINDS: Mapping[Kind, str] = {
    "case": "Trường hợp",
    "answers": "Câu trả lời",
    "paper": "Giấy tờ",
    "fee": "Phí, lệ phí",
    "due": "Hạn trả",
    "route": "Đường đi",
}


@dataclass(frozen=True, slots=True)
class Difference:
    """`what` names the thing (a paper, a fee, a field); `before`, `after` as people read them, empty for absent."""

    kind: Kind
    what: str
    before: str
    after: str

    @property
    def sentence(self) -> str:
        told = f"{KINDS[self.kind]}: {self.what}" if self.what else KINDS[self.kind]
        if not self.before:
            return f"{told}: thêm {self.after}."
        if not self.after:
            return f"{told}: bỏ {self.before}."
        return f"{told}: {self.before} → {self.after}."
