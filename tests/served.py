"""An application served from this process, on a free port of this machine."""

import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from werkzeug.serving import WSGIRequestHandler, make_server

_LEFT = "tests.left_open"


class _Answer:
    """An answer on its way; what is to be done at its end is done once."""

    def __init__(self, parts: Iterable[bytes]) -> None:
        self._parts = parts
        self._close: Callable[[], None] | None = getattr(parts, "close", None)

    def __iter__(self) -> Iterator[bytes]:
        return iter(self._parts)

    def close(self) -> None:
        close, self._close = self._close, None
        if close is not None:
            close()


class _Handler(WSGIRequestHandler):
    """Closes each answer. Werkzeug's own leaves it open where the browser is gone by the end of it: it then reads the
    line once more, which fails, before it would close; a file that was being sent stays open until collected.
    """

    def log(self, *_args: object) -> None:
        """Requests are not told."""

    def make_environ(self) -> WSGIEnvironment:
        environ = super().make_environ()
        environ[_LEFT] = self._answers
        return environ

    def run_wsgi(self) -> None:
        self._answers: list[_Answer] = []
        try:
            super().run_wsgi()
        finally:
            for answer in self._answers:
                answer.close()


@contextmanager
def served(app: WSGIApplication) -> Iterator[str]:
    """Its address (`http://127.0.0.1:…`, no slash at the end), until the block ends; a thread for each request."""

    def kept(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        answer = _Answer(app(environ, start_response))
        environ[_LEFT].append(answer)
        return answer

    server = make_server("127.0.0.1", 0, kept, threaded=True, request_handler=_Handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
