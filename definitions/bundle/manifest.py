"""`manifest.json`: what the bundle holds. Written one way; read field by field, since anybody may have written it."""

import json
import re
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, Final

from definitions.bundle.model import FORMAT, RESOLVED, SHARED, TEXTS, BundleError, Entry, Manifest, Signer
from definitions.lifecycle import State
from definitions.shape import schema

_HASH: Final = re.compile(r"[0-9a-f]{64}")
_NAME: Final = r"[A-Za-z0-9][A-Za-z0-9._-]{0,99}"
_TEXT: Final = re.compile(rf"{TEXTS}/{_NAME}\.yaml")
_RESOLVED: Final = re.compile(rf"{RESOLVED}/{_NAME}\.json")
_PART: Final = re.compile(rf"(?:{'|'.join(SHARED)})/{_NAME}\.yaml")
_STATES: Final = {"", *map(str, State)}


def encode(manifest: Manifest) -> bytes:
    signer = manifest.signer
    return as_json(
        {
            "format": FORMAT,
            "product": manifest.product,
            "made_at": manifest.made_at.isoformat(timespec="seconds"),
            "made_by": manifest.made_by,
            "signer": None if signer is None else {"fingerprint": signer.fingerprint, "name": signer.name},
            "definitions": [
                {
                    "procedure": entry.procedure,
                    "version": entry.version,
                    "hash": entry.hash,
                    "state": entry.state,
                    "effective": {"from": _said(entry.start), "to": _said(entry.end)},
                    "text": entry.text,
                    "parts": list(entry.parts),
                    "resolved": entry.resolved,
                }
                for entry in manifest.definitions
            ],
            "files": {
                path: {"sha256": digest, "size": size} for path, (digest, size) in manifest.files.items()
            },
        }
    )


def decode(data: bytes) -> Manifest:
    """Raises BundleError: unknown format, or not as `encode` writes it."""
    raw = _object(data)
    if raw.get("format") != FORMAT:
        raise BundleError(
            f"Gói thuộc định dạng “{str(raw.get('format'))[:40]}”, hệ thống này đọc được “{FORMAT}”. Cập nhật phần mềm, "
            "hoặc xin gói xuất từ phiên bản phù hợp."
        )
    try:
        found = _manifest(raw)
    except (KeyError, TypeError, ValueError, AttributeError):
        raise _wrong() from None
    if encode(found) != data:
        raise _wrong()
    return found


def _manifest(raw: Mapping[str, Any]) -> Manifest:
    signer = raw["signer"]
    made_at = datetime.fromisoformat(_text(raw["made_at"], 40))
    if made_at.tzinfo is None:
        raise ValueError("made_at")
    return Manifest(
        product=_text(raw["product"], 60),
        made_at=made_at,
        made_by=_text(raw["made_by"], 200),
        signer=None
        if signer is None
        else Signer(_match(_HASH, signer["fingerprint"]), _text(signer["name"], 120)),
        definitions=tuple(_entry(each) for each in raw["definitions"]),
        files={
            _path(path): (_match(_HASH, told["sha256"]), _size(told["size"]))
            for path, told in raw["files"].items()
        },
    )


def _entry(raw: Mapping[str, Any]) -> Entry:
    digest, resolved = _text(raw["hash"], 64), _text(raw["resolved"], 200)
    state = _text(raw["state"], 20)
    if state not in _STATES:
        raise ValueError(state)
    return Entry(
        procedure=_code(raw["procedure"]),
        version=_text(raw["version"], 64),
        hash=_match(_HASH, digest) if digest else "",
        state=state,
        start=_day(raw["effective"]["from"]),
        end=_day(raw["effective"]["to"]),
        text=_match(_TEXT, raw["text"]),
        parts=tuple(_match(_PART, part) for part in raw["parts"]),
        resolved=_match(_RESOLVED, resolved) if resolved else "",
    )


def as_json(value: object) -> bytes:
    """The one way JSON stands in a bundle."""
    return (json.dumps(value, ensure_ascii=False, sort_keys=True, indent=1) + "\n").encode()


def _object(data: bytes) -> Mapping[str, Any]:
    try:
        raw = json.loads(data.decode())
    except (ValueError, RecursionError):
        raise _wrong() from None
    if not isinstance(raw, dict):
        raise _wrong()
    return raw


def _wrong() -> BundleError:
    return BundleError("Bản kê trong gói (manifest.json) viết sai; ông/bà xin lại gói từ nơi gửi.")


def _text(value: object, most: int) -> str:
    if not isinstance(value, str) or len(value) > most or not (value.isprintable() or not value):
        raise ValueError("text")
    return value


def _match(pattern: re.Pattern[str], value: object) -> str:
    text = _text(value, 200)
    if not pattern.fullmatch(text):
        raise ValueError("pattern")
    return text


def _code(value: object) -> str:
    rule = schema()["properties"]["procedure"]
    return _match(re.compile(rule["pattern"]), _text(value, rule["maxLength"]))


def _path(path: str) -> str:
    if not any(pattern.fullmatch(path) for pattern in (_TEXT, _RESOLVED, _PART)):
        raise ValueError("path")
    return path


def _size(value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        raise ValueError("size")
    return value


def _day(value: object) -> date | None:
    return None if value is None else date.fromisoformat(_text(value, 10))


def _said(day: date | None) -> str | None:
    return None if day is None else day.isoformat()
