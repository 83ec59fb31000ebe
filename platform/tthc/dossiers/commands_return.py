"""Handing the result over: by post, by download, and putting a record right (Đ10.4b, Đ15.1a, Đ15.3)."""

from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True, slots=True)
class HandToPost:
    """The result was handed to the post. `tracking`: số hiệu bưu gửi; `carrier`: đơn vị chuyển phát."""

    tracking: str
    carrier: str
    expected_version: int | None = field(default=None)


@dataclass(frozen=True, slots=True)
class ReceiveOnline:
    """The applicant takes the signed result on the portal, which ends the dossier as returned (Đ10.4b)."""

    expected_version: int | None = field(default=None)


@dataclass(frozen=True, slots=True)
class CorrectReturn:
    """The record of a return is put right by the agency's head (Đ15.3). `at`, `recipient`: as they truly were."""

    at: datetime
    recipient: str
    reason: str
    expected_version: int | None = field(default=None)
