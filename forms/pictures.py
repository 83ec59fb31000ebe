"""Width and height of a picture, read from its header without decoding it."""

from typing import Final

# Start-of-frame markers; C4, C8 and CC among them mean something else.
_FRAMES: Final = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
_ALONE: Final = frozenset({0x01, *range(0xD0, 0xD9)})


def png_size(data: bytes) -> tuple[int, int] | None:
    """Pixels; `None` if the header is broken or the closing chunk is missing."""
    if data[12:16] != b"IHDR" or b"IEND" not in data[-4_096:]:
        return None
    return _positive(int.from_bytes(data[16:20]), int.from_bytes(data[20:24]))


def jpeg_size(data: bytes) -> tuple[int, int] | None:
    """Pixels; `None` if no frame is found or the end mark is missing. Telephones append their own data after it."""
    at = 2
    while at + 9 < len(data):
        if data[at] != 0xFF:
            return None
        marker = data[at + 1]
        if marker == 0xFF:
            at += 1
        elif marker in _ALONE:
            at += 2
        elif marker in _FRAMES:
            whole = b"\xff\xd9" in data[at:]
            return (
                _positive(int.from_bytes(data[at + 7 : at + 9]), int.from_bytes(data[at + 5 : at + 7]))
                if whole
                else None
            )
        else:
            length = int.from_bytes(data[at + 2 : at + 4])
            if length < 2:
                return None
            at += 2 + length
    return None


def _positive(width: int, height: int) -> tuple[int, int] | None:
    return (width, height) if width > 0 and height > 0 else None
