"""Timestamps of an authority (RFC 3161) over HTTP; asked only where one is set up."""

import asyncio
import urllib.error
import urllib.request

from asn1crypto.tsp import TimeStampReq, TimeStampResp
from pyhanko.sign.timestamps import TimeStamper, TimestampRequestError

_SECONDS = 10.0


class HttpTimeStamper(TimeStamper):
    def __init__(self, url: str) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._url = url

    async def async_request_tsa_response(self, req: TimeStampReq) -> TimeStampResp:
        return await asyncio.to_thread(self._asked, req)

    def _asked(self, req: TimeStampReq) -> TimeStampResp:
        asked = urllib.request.Request(  # noqa: S310 - an address of the operator's own settings, http or https
            self._url, data=req.dump(), headers={"Content-Type": "application/timestamp-query"}
        )
        try:
            with urllib.request.urlopen(asked, timeout=_SECONDS) as answer:  # noqa: S310 - as above
                return TimeStampResp.load(answer.read())
        except (urllib.error.URLError, OSError, ValueError) as error:
            raise TimestampRequestError(f"the timestamp authority did not answer: {error}") from error
