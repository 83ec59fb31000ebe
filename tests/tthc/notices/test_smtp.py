"""A letter through a real conversation with a mail server: a small one on a free port of this machine."""

import socketserver
import threading
from dataclasses import replace
from email import message_from_bytes
from email.policy import default

import pytest

from renderers.messages import Message
from tthc.notices.channels import DeliveryError, Parcel
from tthc.notices.mail import SmtpChannel
from tthc.settings import Smtp

PARCEL = Parcel(
    "hs1:2:accepted:email",
    "hs1",
    "accepted",
    "xuan.lo@example.vn",
    Message(
        "Hồ sơ đã được tiếp nhận", "Kính gửi ông/bà Lò Thị Xuân,\n\nHẹn trả kết quả: 09:00 ngày 25/11/2026."
    ),
)


class Conversation(socketserver.StreamRequestHandler):
    """As much of RFC 5321 as a client needs; `server.refuses` names a recipient that it does not know."""

    def handle(self) -> None:
        self.say("220 thu.example.vn")
        while line := self.rfile.readline():
            word = line.split(maxsplit=1)[0].upper() if line.strip() else b""
            if word in {b"EHLO", b"HELO", b"MAIL", b"RSET", b"NOOP"}:
                self.say("250 OK")
            elif word == b"RCPT":
                self.say("550 no such user" if self.server.refuses in line else "250 OK")
            elif word == b"DATA":
                self.say("354 go on")
                self.server.letters.append(self.letter())
                self.say("250 queued")
            elif word == b"QUIT":
                self.say("221 bye")
                return

    def letter(self) -> bytes:
        lines = []
        while (line := self.rfile.readline()) not in {b".\r\n", b""}:
            lines.append(line.removeprefix(b".") if line.startswith(b"..") else line)
        return b"".join(lines)

    def say(self, text: str) -> None:
        self.wfile.write(f"{text}\r\n".encode())


@pytest.fixture
def server():
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Conversation) as made:
        made.letters, made.refuses = [], b"khong-co@"
        thread = threading.Thread(target=made.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        yield made
        made.shutdown()
        thread.join()


def channel(server):
    return SmtpChannel(
        Smtp("127.0.0.1", server.server_address[1], "", "", "tb@sonla.example", starttls=False)
    )


def test_d10_2b_a_letter_reaches_the_mail_server_whole(server, now):
    channel(server).send(PARCEL, now)
    channel(server).send(PARCEL, now)
    first, second = (message_from_bytes(raw, policy=default) for raw in server.letters)
    assert first["Subject"] == PARCEL.message.subject
    assert first["To"] == PARCEL.to
    assert first.get_content().replace("\r\n", "\n").strip() == PARCEL.message.body
    assert first["Message-ID"] == second["Message-ID"], "a repeat is seen as one"


def test_d10_2b_a_recipient_refused_and_a_server_that_is_away_are_failed_deliveries(server, now):
    with pytest.raises(DeliveryError, match=r"từ chối địa chỉ người nhận \(mã 550\)") as refused:
        channel(server).send(replace(PARCEL, to="khong-co@example.vn"), now)
    assert "khong-co" not in str(refused.value)
    assert server.letters == []
    server.server_close()
    with pytest.raises(DeliveryError, match="Máy chủ thư không nhận"):
        channel(server).send(PARCEL, now)
