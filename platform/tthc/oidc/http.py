"""The few requests to a provider: short, small, straight there. What Authlib's client asks of a session, and no more."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from http.client import HTTPException, HTTPMessage
from typing import IO, Any, Final
from urllib.error import HTTPError, URLError
from urllib.parse import urlencode
from urllib.request import HTTPRedirectHandler, Request, build_opener

from tthc.oidc.configured import allowed

TIMEOUT_SECONDS: Final = 10
MOST_BYTES: Final = 1_000_000


class ProviderError(Exception):
    """The provider did not do its part; for the log, never for the citizen."""


@dataclass(frozen=True, slots=True)
class Answer:
    status_code: int
    body: bytes

    def json(self) -> Any:
        return json.loads(self.body)

    def raise_for_status(self) -> None:
        if self.status_code >= 400:
            raise ProviderError(f"HTTP {self.status_code}")


class _Straight(HTTPRedirectHandler):
    """No redirect is followed: secrets go where the configuration says, or nowhere."""

    def redirect_request(  # noqa: PLR0917 — the library's own signature
        self, req: Request, fp: IO[bytes], code: int, msg: str, headers: HTTPMessage, newurl: str
    ) -> None:
        return None


class Http:
    """`production`: HTTPS alone."""

    def __init__(self, *, production: bool) -> None:
        self._production = production
        self._opener = build_opener(_Straight())

    def get(self, url: str, headers: Mapping[str, str] | None = None) -> Answer:
        return self._send(Request(self._checked(url), headers=dict(headers or {})))  # noqa: S310 — checked

    def post(self, url: str, data: Mapping[str, str], headers: Mapping[str, str], auth: Any) -> Answer:
        """A form, with what shows who the client is (`auth`: Authlib's)."""
        uri, head, body = auth.prepare("POST", self._checked(url), dict(headers), urlencode(data))
        return self._send(Request(uri, body.encode(), head, method="POST"))  # noqa: S310 — checked above

    def _checked(self, url: str) -> str:
        if not allowed(url, production=self._production):
            raise ProviderError(f"address not allowed: {url}")
        return url

    def _send(self, request: Request) -> Answer:
        try:
            with self._opener.open(request, timeout=TIMEOUT_SECONDS) as answer:
                return _read(answer.status, answer)
        except HTTPError as error:
            with error:
                return _read(error.code, error)
        except (URLError, HTTPException, OSError, ValueError) as error:
            raise ProviderError(str(error)) from error


def _read(status: int, stream: Any) -> Answer:
    body = stream.read(MOST_BYTES + 1)
    if len(body) > MOST_BYTES:
        raise ProviderError("answer too long")
    return Answer(status, body)
