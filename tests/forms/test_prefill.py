import pytest

from forms.model import Field, Option
from forms.prefill import prefill

NAME = Field("full", "text", "Họ tên", prefill="full_name")
NUMBER = Field("number", "citizen_number", "Số định danh", prefill="citizen_number")
BORN = Field("born", "date", "Ngày sinh", prefill="birth_date")
SEX = Field("sex", "choice", "Giới tính", prefill="sex", options=(Option("nam", "Nam"), Option("nu", "Nữ")))
OTHER = Field("other", "text", "Khác")
FIELDS = (NAME, NUMBER, BORN, SEX, OTHER)
PROFILE = {
    "full_name": " Lò Văn  Ân ",
    "citizen_number": "014095001234",
    "birth_date": "1995-02-03",
    "sex": "male",
    "other": "không phải thuộc tính",
}


def test_what_is_known_is_filled_in():
    assert prefill(FIELDS, {}, PROFILE) == {
        "full": "Lò Văn Ân",
        "number": "014095001234",
        "born": "1995-02-03",
        "sex": "nam",
    }


def test_what_was_typed_stays():
    answers = {"full": "Páo", "number": "sai", "born": {"d": "1"}, "sex": "nu"}
    assert prefill(FIELDS, answers, PROFILE, blanks=True) == answers


def test_what_was_emptied_stays_empty_unless_asked():
    answers = {"full": " ", "born": {"d": "", "m": "", "y": ""}}
    assert prefill((NAME, BORN), answers, PROFILE) == answers
    assert prefill((NAME, BORN), answers, PROFILE, blanks=True) == {"full": "Lò Văn Ân", "born": "1995-02-03"}


@pytest.mark.parametrize(
    ("said", "option"), [("male", "nam"), ("female", "nu"), ("Nữ", "nu"), ("nam", "nam"), ("NU", "nu")]
)
def test_a_choice_takes_the_option_that_is_meant(said, option):
    assert prefill((SEX,), {}, {"sex": said}) == {"sex": option}


@pytest.mark.parametrize("said", [None, "", "khác", 5, [], {}])
def test_what_does_not_fit_is_not_used(said):
    assert prefill((SEX,), {}, {"sex": said}) == {}
    assert prefill((NUMBER,), {}, {"citizen_number": said}) == {}
    assert prefill((NUMBER,), {}, {}) == {}
