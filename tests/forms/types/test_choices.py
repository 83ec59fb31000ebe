from dataclasses import replace

import pytest

from forms.model import Field, Option
from forms.types import REGISTRY
from forms.types.choices import PICK_AGAIN

AREAS = (Option("tp", "Thành phố"), Option("huyen", "Huyện"), Option("xa", "Xã"))
AREA = Field("area", "choice", "Khu vực", options=AREAS)
GOODS = Field("goods", "multi_choice", "Mặt hàng", options=AREAS)
MARRIED = Field("married", "yes_no", "Cha mẹ đã đăng ký kết hôn?")
SWORN = Field("sworn", "declaration", "Lời cam đoan")


def read(field: Field, answer: object):
    return REGISTRY[field.type].parse(field, answer)


@pytest.mark.parametrize("typed", [True, "true", "yes", "Có", "co", "on", "1"])
def test_yes(typed):
    assert read(MARRIED, typed)[:3] == (True, True, None)


@pytest.mark.parametrize("typed", [False, "false", "no", "Không", "khong", "0"])
def test_no(typed):
    assert read(MARRIED, typed)[:3] == (False, False, None)


@pytest.mark.parametrize(
    "other", ["có lẽ", 1, 0, [], {}, ["true"], "\x00", pytest.param("x" * 1_000_000, id="huge")]
)
def test_neither_yes_nor_no_is_refused(other):
    assert read(MARRIED, other).error == "Chọn Có hoặc Không"


@pytest.mark.parametrize("field", [MARRIED, AREA, GOODS, SWORN])
@pytest.mark.parametrize("nothing", [None, ""])
def test_nothing_is_empty(field, nothing):
    assert read(field, nothing).empty


def test_a_declaration_not_ticked_is_not_made():
    assert read(SWORN, "true").value is True
    assert read(SWORN, False).empty
    assert read(SWORN, {}).error
    assert REGISTRY["declaration"].missing(SWORN) == "Đọc và đánh dấu vào ô cam đoan để tiếp tục"


def test_a_choice_is_one_of_its_options():
    assert read(AREA, "huyen")[:3] == ("huyen", "huyen", None)
    assert REGISTRY["choice"].display(AREA, "huyen") == "Huyện"
    assert REGISTRY["choice"].display(AREA, "gone") == ""
    assert REGISTRY["choice"].missing(AREA) == "Chọn khu vực"


@pytest.mark.parametrize("kind", ["choice", "multi_choice", "date", "text"])
def test_a_label_that_asks_is_repeated_as_it_stands(kind):
    asking = replace(AREA, type=kind, label="Địa điểm ở khu vực nào?")
    assert REGISTRY[kind].missing(asking) == "Trả lời câu hỏi “Địa điểm ở khu vực nào?”"


@pytest.mark.parametrize(
    "other", ["Huyện", "HUYEN", 1, True, ["huyen"], {}, pytest.param("x" * 1_000_000, id="huge"), "\x00"]
)
def test_anything_else_is_refused(other):
    assert read(AREA, other).error == PICK_AGAIN


def test_several_are_kept_in_the_order_they_are_offered_and_once():
    read_ = read(GOODS, ["xa", "tp", "xa", ""])
    assert read_[:3] == (["tp", "xa"], ["tp", "xa"], None)
    assert read_.value is not read_.clean
    assert read(GOODS, "xa").value == ["xa"]
    assert read(GOODS, read_.clean) == read_
    assert REGISTRY["multi_choice"].display(GOODS, ["tp", "xa"]) == "Thành phố; Xã"


def test_none_ticked_is_an_empty_list():
    assert read(GOODS, [])[:3] == ([], [], None)
    assert read(GOODS, [""]).empty
    assert REGISTRY["multi_choice"].collect(GOODS, {"goods": ["", "tp"]}, "goods") == ["tp"]
    assert REGISTRY["multi_choice"].collect(GOODS, {"goods": [""]}, "goods") == []
    assert REGISTRY["multi_choice"].collect(GOODS, {}, "goods") is None


@pytest.mark.parametrize(
    "other",
    [["mars"], [1], [None], [["tp"]], {"tp": 1}, 5, True, pytest.param(["tp"] * 1_000_000, id="huge")],
)
def test_ticks_that_were_never_offered_are_refused(other):
    assert read(GOODS, other).error


def test_a_declaration_takes_the_box_over_the_hidden_value_before_it():
    assert REGISTRY["declaration"].collect(SWORN, {"sworn": ["", "true"]}, "sworn") == "true"
    assert REGISTRY["declaration"].collect(SWORN, {"sworn": [""]}, "sworn") == ""
    assert REGISTRY["yes_no"].display(MARRIED, True) == "Có"
    assert REGISTRY["yes_no"].display(MARRIED, False) == "Không"
    assert REGISTRY["yes_no"].display(MARRIED, None) == ""
