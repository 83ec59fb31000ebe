import json
import smtplib
from dataclasses import replace
from urllib.error import URLError

import pytest

from renderers.messages import Message
from tthc.notices.channels import DeliveryError, Parcel
from tthc.notices.mail import SmtpChannel, compose
from tthc.notices.registry import channels
from tthc.notices.sms import SmsGateway
from tthc.settings import Sms, Smtp

PARCEL = Parcel(
    id="d1:1:accepted:email",
    dossier="d1",
    template="accepted",
    to="lan@example.vn",
    message=Message("Hồ sơ đã được tiếp nhận", "Kính gửi ông/bà Lò Thị Lan,\n\nHẹn trả kết quả…"),
)
SMTP = Smtp(host="mail.example", port=587, user="cổng", password="x", sender="dvc@example.vn", starttls=True)
SMS = Sms(url="https://sms.example/send", token="t", sender="SONLA")


class Server:
    def __init__(self, trouble=None):
        self.trouble = trouble
        self.did = []

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.did.append("quit")

    def starttls(self, context):
        assert context.check_hostname
        self.did.append("tls")

    def login(self, user, password):
        self.did.append("login")

    def send_message(self, mail):
        if self.trouble:
            raise self.trouble
        self.did.append(mail)


def test_a_mail_is_written_in_utf8_and_named_after_its_entry(now):
    mail = compose(PARCEL, "dvc@example.vn", now)
    assert mail["Subject"] == "Hồ sơ đã được tiếp nhận"
    assert mail["Message-ID"].endswith("@example.vn>")
    assert mail["Message-ID"] == compose(PARCEL, "dvc@example.vn", now)["Message-ID"]
    assert mail["Message-ID"] != compose(replace(PARCEL, id="khác"), "dvc@example.vn", now)["Message-ID"]
    assert "Lò Thị Lan" in mail.get_content()
    assert bytes(mail)


def test_mail_goes_over_tls_and_signs_in(now):
    server = Server()
    SmtpChannel(SMTP, lambda _: server).send(PARCEL, now)
    assert server.did[:2] == ["tls", "login"]
    plain = Server()
    SmtpChannel(replace(SMTP, starttls=False, user=""), lambda _: plain).send(PARCEL, now)
    assert len(plain.did) == 2


@pytest.mark.parametrize(
    "trouble", [smtplib.SMTPRecipientsRefused({}), ConnectionResetError("đứt"), TimeoutError()]
)
def test_a_mail_server_that_refuses_is_a_failed_delivery(now, trouble):
    with pytest.raises(DeliveryError, match="Máy chủ thư"):
        SmtpChannel(SMTP, lambda _: Server(trouble)).send(PARCEL, now)


def test_a_refused_recipient_is_told_without_the_address(now):
    refused = smtplib.SMTPRecipientsRefused({"lan@example.vn": (550, b"no such user lan@example.vn")})
    with pytest.raises(DeliveryError, match="mã 550") as told:
        SmtpChannel(SMTP, lambda _: Server(refused)).send(PARCEL, now)
    assert "lan@" not in str(told.value)
    assert told.value.__suppress_context__


def test_an_address_with_a_line_break_writes_no_header_of_its_own(now):
    with pytest.raises(DeliveryError):
        SmtpChannel(SMTP, lambda _: Server()).send(replace(PARCEL, to="a@b.vn\r\nBcc: c@d.vn"), now)


def test_a_gateway_gets_the_entry_as_its_key(now):
    sent = []
    SmsGateway(SMS, lambda request: sent.append(request) or 202).send(
        replace(PARCEL, to="0912345678", message=Message("", "Ho so da tiep nhan.")), now
    )
    assert json.loads(sent[0].data) == {
        "id": PARCEL.id,
        "from": "SONLA",
        "to": "0912345678",
        "text": "Ho so da tiep nhan.",
    }
    assert sent[0].get_header("Idempotency-key") == PARCEL.id
    assert sent[0].get_header("Authorization") == "Bearer t"


def test_a_gateway_that_refuses_is_a_failed_delivery(now):
    def away(_):
        raise URLError("không tới được")

    with pytest.raises(DeliveryError, match="Cổng tin nhắn không nhận"):
        SmsGateway(SMS, away).send(PARCEL, now)
    with pytest.raises(DeliveryError, match="mã 500"):
        SmsGateway(SMS, lambda _: 500).send(PARCEL, now)


def test_what_is_not_set_up_stays_here_and_says_so(plain_settings):
    made = channels(plain_settings, {"inbox": None, "mailbox": None})
    states = {h.channel: h for h in made.check_config()}
    assert not states["portal"].local
    assert states["email"].local
    assert "SMTP_HOST" in states["email"].message
    assert states["sms"].local
    assert "SMS_URL" in states["sms"].message
    with pytest.raises(DeliveryError, match="Không có kênh"):
        made.get("fax")


def test_what_is_set_up_is_used_and_checked(plain_settings):
    made = channels(replace(plain_settings, smtp=SMTP, sms=SMS), {"inbox": None})
    assert all(h.ok and not h.local for h in made.check_config())
    assert not SmtpChannel(replace(SMTP, starttls=False)).check_config().ok
    assert not SmsGateway(replace(SMS, token="")).check_config().ok
