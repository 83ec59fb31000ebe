"""What is kept of a payment stays Vietnamese; whoever reads English reads it in English, amounts and all."""

from datetime import UTC, datetime, timedelta

import pytest

from renderers.catalogue import translations
from rules.i18n import speaking
from tthc.payments.model import Line, Payment, Word, hear
from tthc.payments.recording import MORE_OWED
from tthc.payments.redirect import WHYS
from tthc.payments.said import said

NOW = datetime(2026, 11, 23, 8, tzinfo=UTC)
MADE = Payment(
    id="p",
    reference="TTX",
    dossier="d",
    agency="a",
    gateway="bank",
    lines=(Line("phi", "Phí", 100_000),),
    amount=100_000,
    made_at=NOW,
    expires_at=NOW + timedelta(minutes=15),
    by="",
)


@pytest.fixture
def english():
    with speaking(translations("en")):
        yield


@pytest.mark.usefixtures("english")
def test_a_payment_heard_of_by_a_reader_of_english_is_kept_in_vietnamese():
    doubtful = hear(MADE, Word("TTX", "paid", 50_000, "1"), "notice", NOW).payment
    assert doubtful.why == "Số tiền nhận 50.000 đồng khác số phải nộp 100.000 đồng."
    assert [note.text for note in doubtful.notes] == ["Nhận 50.000 đồng, mã giao dịch 1."]
    failed = hear(MADE, Word("TTX", "failed", 0, why=WHYS["24"]), "notice", NOW).payment
    assert failed.why == "Ông/bà đã hủy giao dịch."


@pytest.mark.usefixtures("english")
def test_its_reason_is_said_in_english():
    text = said(MORE_OWED.format("1.200.000 đồng", "500 đồng"))
    assert text.startswith("What has to be paid is now 1") and "{" not in text
    assert text.index("200") < text.index("500")
    for why in WHYS.values():
        assert said(why) != why


@pytest.mark.usefixtures("english")
def test_a_reason_that_the_catalogue_does_not_have_is_said_as_it_was_kept():
    assert said("Lý do cũ {0}, 5.000 đồng.") == "Lý do cũ {0}, 5.000 đồng."
    assert said("") == ""


def test_in_vietnamese_nothing_changes():
    why = MORE_OWED.format("1.200.000 đồng", "500 đồng")
    assert said(why) == why
