"""What may be done with feedback, and what it makes of it. Pure: no clock, no database. Everything is refused by `Refused`."""

import re
from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from typing import Final

from forms.types.contacts import parse_email, parse_phone
from rules.calendar import Calendar
from rules.deadlines import DeadlineRule, due
from rules.deadlines.model import Unit
from rules.i18n import gettext, noted
from tthc.dossiers.refusals import Refused
from tthc.feedback.model import Act, Asked, Channel, Feedback, Kind, Sender, State

ANSWER_WITHIN: Final = DeadlineRule(Decimal(3), Unit.WORKING_DAY)
"""Đ18: 3 working days from receipt."""
LONGEST: Final = 5_000
LONGEST_SUBJECT: Final = 200


def take(
    feedback_id: str,
    kind: Kind,
    channel: Channel,
    subject: str,
    text: str,
    *,
    sender: Sender,
    agency: str,
    calendar: Calendar,
    now: datetime,
    by: str,
    received_at: datetime | None = None,
) -> Feedback:
    """`received_at`: when it came by telephone, letter or e-mail, never after now: the clock of Đ18 runs from then."""
    subject, text = subject.strip(), text.strip()
    if not subject or len(subject) > LONGEST_SUBJECT:
        raise Refused(
            "subject", gettext("Ghi tiêu đề, không quá {n} ký tự.").format(n=LONGEST_SUBJECT), "Đ17.2"
        )
    if not text or len(text) > LONGEST:
        raise Refused("text", gettext("Ghi nội dung, không quá {n} ký tự.").format(n=LONGEST), "Đ17.2")
    if not sender.name.strip():
        raise Refused("name", noted("Ghi họ tên hoặc tên tổ chức."), "Đ17.2")
    sender = _reachable(sender)
    if channel == "portal" and not (sender.phone or sender.email):
        raise Refused("contact", noted("Ghi số điện thoại hoặc thư điện tử để nhận câu trả lời."), "Đ18")
    started = received_at or now
    if started > now:
        raise Refused("future", "Thời điểm nhận không được sau lúc này.", "Đ18")
    until = due(ANSWER_WITHIN, started, calendar).at
    if until is None:
        raise ValueError("three working days always have an end")
    return Feedback(
        id=feedback_id,
        version=1,
        kind=kind,
        channel=channel,
        subject=subject,
        text=text,
        sender=sender,
        agency=agency,
        received_at=started,
        due=until,
        history=(Act(now, by, "Tiếp nhận"),),
    )


def assign(
    found: Feedback, agency: str, agency_name: str, handler: str, *, now: datetime, by: str
) -> Feedback:
    """Give it to the agency that answers, or to a person there. The day on which the answer is due stays (Đ18)."""
    _open(found)
    if agency == found.agency and handler == found.handler:
        raise Refused("same", "Phản ánh này đang ở đúng nơi đó.", "Đ18")
    moved = agency != found.agency
    what = f"Chuyển đến {agency_name}" if moved else "Phân công người trả lời"
    return _did(replace(found, agency=agency, handler="" if moved else handler), what, now, by)


def ask(found: Feedback, agency: str, agency_name: str, question: str, *, now: datetime, by: str) -> Feedback:
    """Ask another agency to help."""
    _open(found)
    if agency == found.agency:
        raise Refused("itself", "Chọn cơ quan khác để lấy ý kiến phối hợp.", "Đ18")
    if any(one.agency == agency and not one.reply for one in found.asked):
        raise Refused("asked", f"{agency_name} đang được hỏi và chưa trả lời.", "Đ18")
    if not question.strip():
        raise Refused("question", "Ghi điều cần cơ quan phối hợp cho biết.", "Đ18")
    asked = (*found.asked, Asked(agency, question.strip()))
    return _did(replace(found, asked=asked), f"Đề nghị {agency_name} phối hợp", now, by)


def reply(found: Feedback, agency: str, agency_name: str, text: str, *, now: datetime, by: str) -> Feedback:
    """The agency that was asked says what it knows."""
    _open(found)
    if not text.strip():
        raise Refused("reply", "Ghi ý kiến phối hợp.", "Đ18")
    if not any(one.agency == agency and not one.reply for one in found.asked):
        raise Refused("not_asked", "Cơ quan này không được hỏi, hoặc đã trả lời.", "Đ18")
    asked = tuple(
        replace(one, reply=text.strip()) if one.agency == agency and not one.reply else one
        for one in found.asked
    )
    return _did(replace(found, asked=asked), f"{agency_name} có ý kiến phối hợp", now, by)


def answer(found: Feedback, text: str, *, now: datetime, by: str) -> Feedback:
    """What is sent to the sender; once."""
    _open(found)
    if not text.strip() or len(text) > LONGEST:
        raise Refused("answer", f"Ghi câu trả lời, không quá {LONGEST} ký tự.", "Đ18")
    return _did(
        replace(found, state=State.ANSWERED, answer=text.strip(), answered_at=now),
        "Trả lời người gửi",
        now,
        by,
    )


def publish(
    found: Feedback, subject: str, text: str, public_answer: str, *, now: datetime, by: str
) -> Feedback:
    """Show it to all after moderation: the words, those of the heading too, are what the moderator leaves, without the
    sender's name (Đ17.2c).
    """
    if found.state is State.OPEN:
        raise Refused("unanswered", "Trả lời người gửi trước khi công khai.", "Đ17.2c")
    if not subject.strip() or not text.strip() or not public_answer.strip():
        raise Refused("empty", "Ghi tiêu đề, nội dung và câu trả lời sẽ công khai.", "Đ17.2c")
    if len(subject) > LONGEST_SUBJECT:
        raise Refused("subject", f"Ghi tiêu đề không quá {LONGEST_SUBJECT} ký tự.", "Đ17.2c")
    if _names(found.sender, f"{subject} {text} {public_answer}"):
        raise Refused(
            "personal",
            "Nội dung công khai còn tên, số điện thoại hoặc thư điện tử của người gửi; xóa đi.",
            "Đ17.2c",
        )
    return _did(
        replace(
            found,
            state=State.PUBLISHED,
            public_subject=subject.strip(),
            public_text=text.strip(),
            public_answer=public_answer.strip(),
        ),
        "Công khai",
        now,
        by,
    )


def withdraw(found: Feedback, reason: str, *, now: datetime, by: str) -> Feedback:
    """No longer shown to all; the answer itself stays."""
    if found.state is not State.PUBLISHED:
        raise Refused("not_public", "Mục này không công khai.", "Đ17.2c")
    if not reason.strip():
        raise Refused("reason", "Ghi lý do thôi công khai.", "Đ17.2c")
    return _did(replace(found, state=State.ANSWERED), f"Thôi công khai: {reason.strip()}", now, by)


def _reachable(sender: Sender) -> Sender:
    """With a number and an address to which an answer can go, as they are dialled and written."""
    phone, email = parse_phone(sender.phone), parse_email(sender.email)
    for field, told in (("phone", phone), ("email", email)):
        if told.error is not None:
            raise Refused(field, f"{told.error}.", "Đ18")
    return replace(sender, phone=str(phone.clean or ""), email=str(email.clean or ""))


def _names(sender: Sender, words: str) -> bool:
    """Whether words name the sender: a name whatever its blanks, a number however it is parted."""
    plain = " ".join(words.split()).casefold()
    told = (" ".join(sender.name.split()), sender.email)
    digits = re.sub(r"[\s.\-()]", "", words)
    number = re.sub(r"\D", "", sender.phone).removeprefix("0")  # abroad it is +84 and the rest
    named = any(len(one) > 3 and one.casefold() in plain for one in told)
    return named or (len(number) > 3 and number in digits)


def _open(found: Feedback) -> None:
    if found.state is not State.OPEN:
        raise Refused("answered", "Phản ánh này đã được trả lời; tải lại trang để xem.", "Đ18")


def _did(found: Feedback, what: str, now: datetime, by: str) -> Feedback:
    return replace(found, version=found.version + 1, history=(*found.history, Act(now, by, what)))
