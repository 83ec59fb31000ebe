import socket
import struct
import threading
from urllib.parse import urlsplit

from served import served


def test_an_answer_is_closed_whose_reader_was_gone_by_its_end():
    gone, closed = threading.Event(), threading.Event()
    clean = []

    class Answer:
        def __iter__(self):
            yield b"whole"
            clean.append(gone.wait(10))  # all was sent; what Werkzeug reads next fails

        def close(self):
            clean.append(closed.is_set())
            closed.set()

    def app(_environ, start_response):
        start_response("200 OK", [("Content-Length", "5")])
        return Answer()

    with served(app) as address:
        where = urlsplit(address)
        with socket.create_connection((where.hostname, where.port), timeout=10) as line:
            line.sendall(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n")
            received = b""
            while not received.endswith(b"whole"):
                received += line.recv(4096)
            line.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))  # closing resets
        gone.set()
        assert closed.wait(10)
    assert clean == [True, False], "and once"
