"""What expressions read besides the fields, where it is one of a closed list: the values and what they mean."""

from collections.abc import Mapping, Sequence
from typing import Final

from definitions.model import Definition

LEVELS: Final[Mapping[str, str]] = {"tinh": "cấp tỉnh", "huyen": "cấp huyện", "xa": "cấp xã"}
AREAS: Final[Mapping[str, str]] = {
    "thanh_pho": "thành phố, thị xã, phường",
    "huyen": "huyện, xã",
    "tinh": "toàn tỉnh",
}
CHANNELS: Final[Mapping[str, str]] = {
    "online": "nộp trực tuyến",
    "counter": "nộp tại bộ phận một cửa",
    "post": "nộp qua bưu chính",
}
KINDS: Final[Mapping[str, str]] = {"person": "cá nhân", "organisation": "tổ chức"}


def closed(definition: Definition, name: str) -> Sequence[str] | None:
    """The values that a name of the scope can have in this procedure; None where there is no closed list."""
    level = definition.offered_by.level
    match name:
        case "channel":
            return definition.submit_by
        case "applicant.kind":
            return tuple(KINDS)
        case "agency.level":
            return (level,) if level else tuple(LEVELS)
        case "agency.area":
            return tuple(area for area in AREAS if level != "xa" or area != "tinh")
        case _:
            return None


def words(name: str) -> Mapping[str, str]:
    """What the values of that name mean; nothing for other names."""
    known = {"channel": CHANNELS, "applicant.kind": KINDS, "agency.level": LEVELS, "agency.area": AREAS}
    return known.get(name, {})
