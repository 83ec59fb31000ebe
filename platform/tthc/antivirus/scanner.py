"""What a scanner says, and ClamAV's daemon as one (`clamd`, commands `PING` and `INSTREAM`)."""

import re
import socket
import struct
from dataclasses import dataclass
from typing import Final, Protocol

PART: Final = 64 * 1024
SECONDS: Final = 15.0
"""For each answer of the daemon; somebody waits meanwhile."""
_ADDRESS: Final = re.compile(r"(?P<host>\[[0-9a-fA-F:]+\]|[^:/\s]+):(?P<port>\d{1,5})")


class ScannerError(Exception):
    """The scanner cannot be reached or did not understand: nothing is known of the file."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """`malware`: its name as the scanner has it; empty for a clean file."""

    malware: str = ""

    @property
    def clean(self) -> bool:
        return not self.malware


class Scanner(Protocol):
    def scan(self, data: bytes) -> Verdict:
        """Raises ScannerError."""
        ...

    def ready(self) -> bool: ...


@dataclass(frozen=True, slots=True)
class Clamd:
    """The daemon at `address`: `host:port`, or the path of a local socket."""

    address: str
    seconds: float = SECONDS

    def scan(self, data: bytes) -> Verdict:
        try:
            with self._connect() as line:
                line.sendall(b"zINSTREAM\0")
                for at in range(0, len(data), PART):
                    part = data[at : at + PART]
                    line.sendall(struct.pack("!I", len(part)) + part)
                line.sendall(struct.pack("!I", 0))
                said = _answer(line)
        except OSError as error:
            raise ScannerError(f"Bộ quét mã độc không trả lời ({type(error).__name__}).") from error
        if said == "stream: OK":
            return Verdict()
        if said.startswith("stream: ") and said.endswith(" FOUND"):
            return Verdict(said.removeprefix("stream: ").removesuffix(" FOUND") or "không rõ tên")
        raise ScannerError(f"Bộ quét mã độc trả lời “{said[:80]}”.")

    def ready(self) -> bool:
        try:
            with self._connect() as line:
                line.sendall(b"zPING\0")
                return _answer(line) == "PONG"
        except OSError:
            return False

    def _connect(self) -> socket.socket:
        found = _ADDRESS.fullmatch(self.address)
        if found is not None:
            place = (found["host"].strip("[]"), int(found["port"]))
            return socket.create_connection(place, timeout=self.seconds)
        line = socket.socket(socket.AF_UNIX)
        try:
            line.settimeout(self.seconds)
            line.connect(self.address)
        except OSError:
            line.close()
            raise
        return line


def known_address(text: str) -> bool:
    """Whether it says where a daemon is."""
    found = _ADDRESS.fullmatch(text)
    return text.startswith("/") if found is None else 0 < int(found["port"]) < 65536


def _answer(line: socket.socket) -> str:
    """Up to the closing zero byte."""
    said = b""
    while b"\0" not in said:
        more = line.recv(4096)
        if not more:
            break
        said += more
        if len(said) > 4096:
            break
    return said.partition(b"\0")[0].decode("utf-8", "replace").strip()
