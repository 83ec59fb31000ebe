"""Đ16.3, Đ16.1b: numbers as people type them, and answers that fit into a text message."""

from dataclasses import replace

import pytest
from dossier_stories import (
    AGENCY,
    EXAMINER,
    OWNER,
    RECEPTION,
    a_file,
    accepted,
    at,
    examined,
    ready,
    submitted,
)
from hypothesis import given
from hypothesis import strategies as st

from tthc.dossiers import commands as cmd
from tthc.dossiers.state import Status, SupplementItem
from tthc.portal.public_number import read_number, scanned, tidy
from tthc.portal.sms_answers import TOO_MANY, asked, help_answer, nobody_answer, status_answer

CODE = "000.00.14.H52-261123-0001"


@pytest.mark.parametrize(
    "typed",
    [
        CODE,
        " 000.00.14.h52 - 261123 - 0001 ",
        "000,00,14,H52–261123–0001",
        "OOO.OO.14.H52-261123-OOO1",
        "0000014H522611230001",
        "000 00 14 H52 261123 0001",
    ],
)
def test_d16_3_a_code_is_read_as_people_type_it(typed):
    found = read_number(typed)
    assert (found.identifier, f"{found.day:%y%m%d}", found.number) == ("000.00.14.H52", "261123", 1)


@pytest.mark.parametrize(
    "typed", ["", "H52", "000.00.14.H52-261399-0001", "' || true", "000.00.14.H52-261123"]
)
def test_d16_3_what_is_no_code_is_none(typed):
    assert read_number(typed) is None


def test_d16_3_a_reader_of_qr_codes_types_an_address():
    address = (
        f"https://dvc.sonla.gov.vn/tra-cuu?ma={CODE}&so=HS-7K3Q-9F2D#tthc=2.000181&dinhdanh=014190001234"
    )
    assert scanned(address) == (CODE, "HS-7K3Q-9F2D")
    assert scanned(f" {CODE} ") == (CODE, "")
    assert scanned("https://dvc.sonla.gov.vn/thu-tuc") == ("", "")


@given(st.text(max_size=80))
def test_d16_3_nothing_that_is_typed_breaks_the_reading(text):
    assert " " not in tidy(text)
    read_number(text)
    scanned(text)


@pytest.mark.parametrize(
    "text",
    [f"TCHS {CODE}", f"tchs{CODE}", f"  T C H S :  {CODE} ", f"Tchs <{CODE}>", CODE, f'TCHS "{CODE}".'],
)
def test_d16_1b_the_keyword_is_read_in_any_case_and_spacing(text):
    assert asked(text) == CODE


def test_d16_1b_a_keyword_alone_is_answered_with_how_to_ask():
    for text in ("", "  ", "TCHS", "tchs:"):
        assert asked(text) is None
    assert "Soan TCHS <ma ho so>" in help_answer()


def stories():
    asked_back = submitted()
    asked_back.do(RECEPTION, cmd.RequestSupplement((SupplementItem("hop_dong", "Mờ"),)))
    waits = examined()
    waits.act(EXAMINER, "trinh", files=(a_file("du_thao"),))
    refused = submitted()
    refused.do(RECEPTION, cmd.Refuse("Không đúng thẩm quyền của Lò Thị Xuân"))
    gone = submitted()
    gone.do(OWNER, cmd.Withdraw("Thôi"))
    return [submitted(), asked_back, accepted(), waits, ready(), refused, gone]


LONG = replace(
    AGENCY, name="Ủy ban nhân dân phường Chiềng Cơi, thị xã có một cái tên rất dài ở vùng cao biên giới"
)


@pytest.mark.parametrize("agency", [AGENCY, LONG])
def test_d16_1b_every_status_is_told_within_one_message_without_diacritics_or_names(agency):
    seen = set()
    for story in stories():
        for status in Status:
            dossier = replace(story.dossier, status=status, ended_at=story.now)
            told = status_answer(dossier, agency, story.now)
            assert len(told) <= 160 and told.isascii() and told.startswith(dossier.code or dossier.reference)
            assert "Hoa" not in told and "Xuan" not in told and "thu nghiem" not in told
            seen.add(status)
    assert seen == set(Status)


def test_d16_1b_the_answer_says_until_when_and_who_to_ask():
    story = accepted()
    assert status_answer(story.dossier, AGENCY, story.now) == (
        "000.01.14.H52-260601-0001: dang giai quyet, hen tra 08:00 08/06/2026. UBND xa A. DT 02123800001."
    )
    assert "(da qua han)" in status_answer(story.dossier, AGENCY, at("09/06/2026 08:00"))


@given(st.text(max_size=200), st.booleans())
def test_d16_1b_whatever_was_sent_the_answer_fits(text, readable):
    told = nobody_answer(text, readable=readable)
    assert len(told) <= 160 and told.isascii()
    assert len(TOO_MANY) <= 160 and len(help_answer()) <= 160
