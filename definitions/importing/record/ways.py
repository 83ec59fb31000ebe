"""“Cách thức thực hiện”: channels, and the time and fee of each, which become rows only where they are one plain figure."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from definitions.importing.ledger import Ledger
from definitions.importing.naming import plain
from definitions.importing.record.amounts import channel, duration, fee
from definitions.importing.record.keys import NOTHING, WAY, named
from definitions.importing.texts import LINE, TEXT, without_markup
from definitions.reading.tree import Path

_ORDER: Final = ("online", "counter", "post")
_SOURCE: Final = "Cách thức thực hiện trong bản ghi của Cơ sở dữ liệu quốc gia"


@dataclass(frozen=True)
class _Way:
    channel: str | None
    said: Mapping[str, str]
    paths: Mapping[str, Path]


def read_ways(
    value: object, path: Path, draft: dict[str, Any], information: dict[str, Any], ledger: Ledger
) -> None:
    """Into the draft: `submit_by`, `deadline`, `fees`; into its information: `ways`, `time_note`, `fee_note`."""
    ways = [
        _way(raw, (*path, index), ledger)
        for index, raw in enumerate(value if isinstance(value, list) else [])
        if isinstance(raw, dict)
    ]
    if not ways:
        _as_text(value, path, information, ledger)
        return
    known = [name for name in _ORDER if any(way.channel == name for way in ways)]
    if known:
        draft["submit_by"] = known
    lines: list[str] = [*information.get("ways", [])]
    information["ways"] = lines
    for way in ways:
        shown = ": ".join(
            way.said[part].replace("\n", " ") for part in ("channel", "note") if way.said.get(part)
        )
        if not shown:
            continue
        lines.append(shown[:TEXT])
        for part in ("channel", "note"):
            if way.said.get(part):
                ledger.carried(way.paths[part], lines, len(lines) - 1)
        if way.channel is None and way.said.get("channel"):
            ledger.told(
                way.paths["channel"],
                "Hình thức nộp này không phải trực tiếp, trực tuyến hay bưu chính.",
                "Sửa submit_by nếu cần.",
                "changed",
            )
    if not lines:
        del information["ways"]
    _times(ways, draft, information, ledger)
    _fees(ways, draft, information, ledger)


def _way(raw: Mapping[str, Any], path: Path, ledger: Ledger) -> _Way:
    keys = named(raw, WAY)
    said = {}
    for part, key in keys.items():
        value = raw[key]
        text, lost = without_markup(value) if isinstance(value, str) else ("", ())
        if plain(text) == NOTHING:
            ledger.meaningless((*path, key), "Trang thủ tục ghi “Không có thông tin”.")
            continue
        said[part] = text[:TEXT]
        if lost:
            ledger.told(
                (*path, key), f"Chỉ mang sang phần chữ; mất {', '.join(lost)}.", "Đọc lại câu chữ.", "changed"
            )
    if said.get("channel"):
        ledger.label(path, said["channel"])
    return _Way(channel(said.get("channel", "")), said, {part: (*path, key) for part, key in keys.items()})


def _as_text(value: object, path: Path, information: dict[str, Any], ledger: Ledger) -> None:
    texts = value if isinstance(value, list) else [value]
    lines = [
        line
        for text in texts
        if isinstance(text, str)
        for line in without_markup(text)[0].split("\n")
        if line
    ]
    if lines and all(isinstance(text, str) for text in texts):
        information["ways"] = [*information.get("ways", []), *lines]
        ledger.carried(path, information, "ways", whole=True)


def _times(ways: list[_Way], draft: dict[str, Any], information: dict[str, Any], ledger: Ledger) -> None:
    timed = [way for way in ways if way.said.get("time")]
    read = [duration(way.said["time"]) for way in timed]
    alike = len(set(read)) == 1
    each = {(way.channel, time) for way, time in zip(timed, read, strict=True)}
    several = {name for name in _ORDER if sum(channel == name for channel, _ in each) > 1}
    rows: list[dict[str, Any]] = []
    notes: list[str] = []
    for way, found in zip(timed, read, strict=True):
        if found is None or (way.channel is None and not alike) or way.channel in several:
            notes.append(f"{way.said.get('channel', '')}: {way.said['time']}".strip(": "))
            why = (
                "Thời hạn không phải một con số đơn giản"
                if found is None
                else "Kênh này có nhiều thời hạn, tùy trường hợp ở phần mô tả"
                if way.channel in several
                else "Không rõ thời hạn của kênh nào"
            )
            ledger.told(
                way.paths["time"],
                f"{why}; bản nháp chép vào time_note.",
                "Viết thành các dòng của deadline, kèm điều kiện when.",
                "changed",
            )
            continue
        if alike and rows:
            ledger.carried(way.paths["time"], rows[0], "unit")
            continue
        amount, unit = found
        row: dict[str, Any] = {} if alike else {"when": f'channel = "{way.channel}"'}
        row["label"] = " ".join(way.said["time"].split())[:LINE]
        if amount is not None:
            row["amount"] = amount
        row |= {"unit": unit, "source": {"text": _SOURCE, "verified": False}}
        rows.append(row)
        ledger.carried(way.paths["time"], row, "label")
    if rows:
        draft["deadline"] = rows
    if notes:
        information["time_note"] = "\n".join(notes)[:TEXT]


def _fees(ways: list[_Way], draft: dict[str, Any], information: dict[str, Any], ledger: Ledger) -> None:
    priced = [way for way in ways if way.said.get("fee")]
    read = [fee(way.said["fee"]) for way in priced]
    kinds = {found[0] for found in read if found is not None and found[1]}
    plain = bool(priced) and None not in read and len(kinds) <= 1 and all(way.channel for way in priced)
    notes = [f"{way.said.get('channel', '')}: {way.said['fee']}".strip(": ") for way in priced]
    if notes:
        information["fee_note"] = "\n".join(notes)[:TEXT]
    for way in priced:
        ledger.carried(way.paths["fee"], information, "fee_note")
    if plain and kinds:
        amounts = {str(way.channel): found[1] for way, found in zip(priced, read, strict=True) if found}
        kind = kinds.pop()
        draft["fees"] = [
            {
                "id": kind,
                "label": "Lệ phí" if kind == "le_phi" else "Phí",
                "kind": kind,
                "amount": _by_channel(amounts),
                "collect": "before_acceptance",
                "source": {"text": _SOURCE, "verified": False},
            }
        ]
        for way in priced:
            ledger.told(
                way.paths["fee"],
                "Bản ghi không nói thu khi nào; bản nháp ghi thu trước khi tiếp nhận.",
                "Xem lại collect, và miễn giảm nếu có.",
                "changed",
            )
    elif not plain:
        for way in priced:
            ledger.told(
                way.paths["fee"],
                "Mức thu không phải một con số đơn giản; bản nháp chép vào fee_note.",
                "Viết thành các khoản của fees.",
                "changed",
            )


def _by_channel(amounts: Mapping[str, int]) -> int | str:
    usual = amounts.get("counter", next(iter(amounts.values())))
    others = {name: amount for name, amount in amounts.items() if amount != usual}
    text = str(usual)
    for name, amount in others.items():
        text = f'if channel = "{name}" then {amount} else {text}'
    return text if others else usual
