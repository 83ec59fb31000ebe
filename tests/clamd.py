"""A daemon that speaks as ClamAV's does, and knows one piece of malware: the harmless EICAR test file."""

import socketserver
import struct
import threading
from collections.abc import Iterator
from contextlib import contextmanager

# in two halves, so that nobody's own scanner takes this file for it
EICAR = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR-" + b"STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
INFECTED = b"%PDF-1.4\n% " + EICAR + b"\nstartxref\n0\n%%EOF\n"
MOST = 1_000_000


class _Answering(socketserver.BaseRequestHandler):
    def handle(self) -> None:
        command = self._until_zero()
        if command == b"zPING":
            self.request.sendall(b"PONG\0")
        elif command == b"zINSTREAM":
            self.request.sendall(self._scanned() + b"\0")
        else:
            self.request.sendall(b"UNKNOWN COMMAND\0")

    def _until_zero(self) -> bytes:
        said = b""
        while not said.endswith(b"\0"):
            said += self.request.recv(1)
        return said[:-1]

    def _exactly(self, size: int) -> bytes:
        data = b""
        while len(data) < size:
            data += self.request.recv(size - len(data))
        return data

    def _scanned(self) -> bytes:
        data = b""
        while size := struct.unpack("!I", self._exactly(4))[0]:
            data += self._exactly(size)
            if len(data) > MOST:
                return b"INSTREAM size limit exceeded. ERROR"
        self.server.seen.append(data)
        return b"stream: Eicar-Test-Signature FOUND" if EICAR in data else b"stream: OK"


@contextmanager
def clamd() -> Iterator[tuple[str, list[bytes]]]:
    """Its address, and what it has been shown."""
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), _Answering) as server:
        server.daemon_threads = True
        server.seen = []
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        try:
            yield f"127.0.0.1:{server.server_address[1]}", server.seen
        finally:
            server.shutdown()
            thread.join()
