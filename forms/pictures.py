"""Width and height of a picture, read from its header without decoding it."""

from typing import Final, Literal

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


def shown_size(data: bytes) -> tuple[int, int] | None:
    """Pixels of a PNG or JPEG as it is looked at: a telephone held upright writes a lying picture and the word “turn
    it” (EXIF orientation 5 to 8).
    """
    if data.startswith(b"\x89PNG"):
        return png_size(data)
    size = jpeg_size(data)
    return size[::-1] if size and _orientation(data) in range(5, 9) else size


def _orientation(data: bytes) -> int:
    """EXIF 2.32 tag 0x0112 of the first directory; 1 (as it is) where there is none."""
    at = 2
    while at + 4 < len(data) and data[at] == 0xFF and data[at + 1] not in _FRAMES and data[at + 1] != 0xDA:
        length = int.from_bytes(data[at + 2 : at + 4])
        if data[at + 1] == 0xE1 and data[at + 4 : at + 10] == b"Exif\0\0":
            return _tag(data[at + 10 : at + 2 + length], 0x0112)
        at += 2 + max(length, 2)
    return 1


def _tag(tiff: bytes, wanted: int) -> int:
    order: Literal["little", "big"] = "little" if tiff.startswith(b"II") else "big"
    start = int.from_bytes(tiff[4:8], order)
    for number in range(int.from_bytes(tiff[start : start + 2], order)):
        entry = tiff[start + 2 + 12 * number : start + 14 + 12 * number]
        if len(entry) < 12:
            break
        if int.from_bytes(entry[:2], order) == wanted:
            return int.from_bytes(entry[8:10], order)
    return 1
