"""Text messages through a gateway that takes JSON over HTTPS.

A provider with other names for the same things gets a class of its own beside this one.
"""

import json
from collections.abc import Callable
from datetime import datetime
from http.client import HTTPException
from urllib.error import URLError
from urllib.request import Request, urlopen

from tthc.notices.channels import DeliveryError, Health, Parcel
from tthc.settings import Sms

TIMEOUT_SECONDS = 20


def _post(request: Request) -> int:
    with urlopen(request, timeout=TIMEOUT_SECONDS) as answer:  # noqa: S310 — the settings take https:// only
        return int(answer.status)


class SmsGateway:
    """Posts `{id, from, to, text}`; the entry's id goes along as `Idempotency-Key`, so a repeat is sent once."""

    def __init__(self, settings: Sms, post: Callable[[Request], int] = _post) -> None:
        self._settings = settings
        self._post = post

    def send(self, parcel: Parcel, now: datetime) -> None:
        body = {"id": parcel.id, "from": self._settings.sender, "to": parcel.to, "text": parcel.message.body}
        request = Request(  # noqa: S310 — as above
            self._settings.url,
            data=json.dumps(body).encode(),
            method="POST",
            headers={
                "Content-Type": "application/json",
                "Authorization": f"Bearer {self._settings.token}",
                "Idempotency-Key": parcel.id,
            },
        )
        try:
            status = self._post(request)
        except (URLError, HTTPException, OSError) as error:
            raise DeliveryError(f"Cổng tin nhắn không nhận: {error}") from error
        if not 200 <= status < 300:
            raise DeliveryError(f"Cổng tin nhắn trả lời mã {status}")

    def check_config(self) -> Health:
        if not self._settings.token or not self._settings.sender:
            return Health("sms", ok=False, local=False, message="Thiếu SMS_TOKEN hoặc SMS_SENDER.")
        return Health("sms", ok=True, local=False, message="Tin nhắn gửi qua cổng đã đặt.")
