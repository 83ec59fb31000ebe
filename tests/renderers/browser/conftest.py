"""A browser and the small application, once for these tests."""

import threading
from collections.abc import Iterator

import pytest
from renderers_app import make_app
from werkzeug.serving import make_server


@pytest.fixture(scope="package")
def app():
    return make_app()


@pytest.fixture(scope="package")
def address(app) -> Iterator[str]:
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()
