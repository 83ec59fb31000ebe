"""E-mail through an SMTP server."""

import hashlib
import smtplib
import ssl
from collections.abc import Callable
from datetime import datetime
from email.errors import MessageError
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

from tthc.notices.channels import DeliveryError, Health, Parcel
from tthc.settings import Smtp

TIMEOUT_SECONDS = 20


def compose(parcel: Parcel, sender: str, now: datetime) -> EmailMessage:
    """The message to send. Its Message-ID comes from the entry's id, so that a mail system sees a repeat as one."""
    mail = EmailMessage(policy=SMTP)
    domain = sender.rpartition("@")[2].strip("> ") or "localhost"
    mail["From"] = sender
    mail["To"] = parcel.to
    mail["Subject"] = parcel.message.subject
    mail["Date"] = format_datetime(now)
    mail["Message-ID"] = f"<{hashlib.sha256(parcel.id.encode()).hexdigest()[:40]}@{domain}>"
    mail["Auto-Submitted"] = "auto-generated"
    mail.set_content(parcel.message.body)
    return mail


def _connect(settings: Smtp) -> smtplib.SMTP:
    return smtplib.SMTP(settings.host, settings.port, timeout=TIMEOUT_SECONDS)


class SmtpChannel:
    """One connection a message: notices are few, and an idle connection is closed by most servers anyway."""

    def __init__(self, settings: Smtp, connect: Callable[[Smtp], smtplib.SMTP] = _connect) -> None:
        self._settings = settings
        self._connect = connect

    def send(self, parcel: Parcel, now: datetime) -> None:
        try:
            mail = compose(parcel, self._settings.sender, now)
            with self._connect(self._settings) as server:
                if self._settings.starttls:
                    server.starttls(context=ssl.create_default_context())
                if self._settings.user:
                    server.login(self._settings.user, self._settings.password)
                server.send_message(mail)
        except smtplib.SMTPRecipientsRefused as error:
            # its own text repeats the address, which has no place in a log
            codes = ", ".join(str(code) for code, _ in error.recipients.values())
            raise DeliveryError(
                f"Máy chủ thư từ chối địa chỉ người nhận (mã {codes or 'không rõ'})."
            ) from None
        except (OSError, smtplib.SMTPException, MessageError, ValueError) as error:
            raise DeliveryError(f"Máy chủ thư không nhận: {error}") from error

    def check_config(self) -> Health:
        s = self._settings
        if not s.starttls and s.user:
            return Health(
                "email", ok=False, local=False, message="SMTP_TLS=off: mật khẩu thư đi không mã hóa."
            )
        return Health("email", ok=True, local=False, message=f"Thư gửi qua {s.host}:{s.port}.")
