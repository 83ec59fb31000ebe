"""Two versions side by side, as people read them."""

import copy
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from definitions.diff import beside
from definitions.shipped import loaded, shipped

ALL = {name: json.loads(loaded(text, name).canonical) for name, text in shipped()}
TABLED = ALL["2.000181.yaml"]


def told(change, raw=TABLED):
    after = copy.deepcopy(raw)
    change(after)
    return {group.label: [pair.sentence for pair in group.pairs] for group in beside(raw, after)}


def tabled(raw):
    return next(fee for fee in raw["fees"] if isinstance(fee["amount"], dict))


def test_a_fee_that_changes_on_a_day_is_one_line_with_its_conditions_in_words():
    def halve(raw):
        rows = tabled(raw)["amount"]["rows"]
        last = rows[-1]
        last["effective"] = {**last["effective"], "to": "2027-12-31"}
        rows.append({**last, "amount": 50000, "effective": {"from": "2028-01-01"}})

    (line,) = told(halve)["Phí, lệ phí"]
    label = tabled(TABLED)["label"]
    assert line.startswith(f"{label}, ")
    assert line.endswith("100.000 đồng từ 01/01/2027 đến hết 31/12/2027; 50.000 đồng từ 01/01/2028.")
    assert "Hộ kinh doanh" in line
    assert '"' not in line


def test_a_plain_amount_is_told_in_money():
    raw = next(raw for raw in ALL.values() for fee in raw.get("fees", ()) if str(fee["amount"]).isdecimal())

    def dearer(after):
        next(fee for fee in after["fees"] if str(fee["amount"]).isdecimal())["amount"] = 1_500_000

    (line,) = told(dearer, raw)["Phí, lệ phí"]
    assert line.endswith(" đồng → 1.500.000 đồng.")


def test_time_is_told_whole():
    def shorter(after):
        after["deadline"][0].update(amount=1, unit="working_day")

    assert told(shorter)["Thời hạn"][0].endswith("→ 1 ngày làm việc.")


def test_parts_are_counted_in_the_order_of_the_definition():
    def much(after):
        after["name"] += " mới"
        after["attachments"].append({"id": "giay_moi", "name": "Giấy mới", "copies": {"copy": 1}})
        after["information"]["sets"] = "02 bộ"

    found = told(much)
    assert list(found) == ["Thông tin công khai", "Giấy tờ", "Chung"]
    assert found["Giấy tờ"] == ["Giấy tờ “Giấy mới” (giay_moi): thêm Giấy mới."]


@pytest.mark.parametrize("name", ALL)
def test_the_same_says_nothing(name):
    assert beside(ALL[name], copy.deepcopy(ALL[name])) == ()


@settings(deadline=None, max_examples=60)
@given(st.sampled_from(sorted(ALL)), st.data())
def test_whatever_is_dropped_is_told(name, data):
    raw = ALL[name]
    lists = [key for key in ("fees", "attachments", "deadline", "examples", "questions") if raw.get(key)]
    key = data.draw(st.sampled_from(lists))
    at = data.draw(st.integers(0, len(raw[key]) - 1))
    after = copy.deepcopy(raw)
    del after[key][at]
    assert beside(raw, after) != ()
    assert beside(after, raw) != ()
