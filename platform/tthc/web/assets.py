"""Styles and scripts as they are sent: without comments and indentation, which only their readers here need."""

from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from typing import Final

from flask import Flask, Response, abort, request, send_from_directory
from rcssmin import cssmin
from rjsmin import jsmin
from werkzeug.security import safe_join
from werkzeug.wrappers import Response as BaseResponse

# a small script may not be made smaller by more than comments and spaces: names stay as written
_KINDS: Final[Mapping[str, tuple[str, Callable[[str], str]]]] = {
    ".css": ("text/css", cssmin),
    ".js": ("text/javascript", jsmin),
}


def install(app: Flask, folders: Mapping[str, Path]) -> None:
    """Put `send_asset` in the place of Flask's own views of static files. `folders`: by endpoint."""
    for endpoint, folder in folders.items():
        app.view_functions[endpoint] = _view(app, folder)


def _view(app: Flask, folder: Path) -> Callable[..., BaseResponse]:
    def asset(filename: str) -> BaseResponse:
        return send_asset(app, folder, filename)

    return asset


def send_asset(app: Flask, folder: Path, filename: str) -> BaseResponse:
    """The file `filename` under `folder`; 404 where there is none."""
    kind = _KINDS.get(Path(filename).suffix)
    if kind is None:
        return send_from_directory(folder, filename, max_age=app.get_send_file_max_age(filename))
    path = safe_join(str(folder), filename)
    if path is None or not Path(path).is_file():
        abort(404)
    mimetype, _ = kind
    response = Response(smaller(Path(path), Path(path).stat().st_mtime_ns), mimetype=mimetype)
    response.cache_control.public = True
    response.cache_control.max_age = app.get_send_file_max_age(filename)
    response.add_etag()
    return response.make_conditional(request)


@cache
def smaller(path: Path, changed: int) -> str:  # noqa: ARG001 - a file changed while serving is read again
    """The text of a style sheet or script as it is sent. `changed`: when the file was last written."""
    return _KINDS[path.suffix][1](path.read_text("utf-8"))
