"""Ids renamed in every shipped definition: each place follows, nothing else changes, and the way back is the same."""

import json
from decimal import Decimal
from functools import cache

import pytest

from definitions.calendars import shipped as calendar
from definitions.editing import EditError, Rename, applied, at, edited, path_of
from definitions.editing.text import tree_of
from definitions.loader import load
from definitions.references import index, inside, outside, renaming
from definitions.references.examples import acted
from definitions.references.renaming import spots
from definitions.shipped import shipped
from tthc.trials.run import run_all

SHIPPED = dict(shipped())


def written(data):
    return json.dumps(
        data, ensure_ascii=False, default=lambda each: float(each) if isinstance(each, Decimal) else each
    )


def told(text):
    """What a definition comes to, without a word that an id could be in."""
    loaded = load(text, "thu.yaml")
    ran = () if loaded.definition is None else run_all(loaded.definition, calendar())
    outcomes = [(each.ok, each.refusal, each.total, len(each.passages), len(each.documents)) for each in ran]
    return [(each.code, each.severity) for each in loaded.problems], outcomes


@cache
def acts(text):
    definition = load(text, "thu.yaml").definition
    ran = run_all(definition, calendar())
    moves = [[(each.step, each.action) for each in result.passages] for result in ran]
    return acted(tree_of(text).data, moves)


def all_renamed(data, known, named):
    """Every element under the id that `named` gives it, at once."""
    found = index(data, known)
    changes = [
        spots(symbol, inside(found, symbol.path), named(at, symbol))
        for at, symbol in enumerate(found.symbols)
    ]
    assert not found.unsure
    assert not found.unread
    return applied(data, Rename(tuple(spot for each in changes for spot in each)))


@pytest.mark.parametrize("name", SHIPPED)
def test_every_id_becomes_another_and_its_own_again(name):
    before, known = tree_of(SHIPPED[name]).data, acts(SHIPPED[name])
    names = [symbol.id for symbol in index(before, known).symbols]
    after = all_renamed(
        before, known, lambda at, symbol: f"moi{at}" if symbol.kind == "vocabulary" else f"moi_{at}"
    )
    assert not {symbol.id for symbol in index(after, known).symbols} & set(names)
    assert told(written(after)) == told(SHIPPED[name])
    assert all_renamed(after, known, lambda at, _: names[at]) == before


@pytest.mark.parametrize("name", SHIPPED)
def test_one_by_one_nothing_is_refused_and_the_way_back_is_the_same(name):
    data, known = tree_of(SHIPPED[name]).data, acts(SHIPPED[name])
    found = index(data, known)
    for symbol in found.symbols[::9]:
        plan = renaming(
            data, found, symbol.path, "ten-moi" if symbol.kind == "vocabulary" else "ten_moi", known
        )
        after = applied(data, plan.edit)
        back = renaming(after, index(after, known), plan.path, symbol.id, known)
        assert applied(after, back.edit) == data


@pytest.mark.parametrize("name", list(SHIPPED)[::3])
def test_the_text_keeps_its_lines_and_quotes(name):
    text, known = SHIPPED[name], acts(SHIPPED[name])
    data = tree_of(text).data
    found = index(data, known)
    most = {}
    for use in found.uses:
        most[use.symbol.path] = most.get(use.symbol.path, 0) + 1
    for path in sorted(most, key=most.__getitem__)[-2:]:
        plan = renaming(data, found, path, "ten_moi", known)
        made = edited(text, plan.edit)
        assert tree_of(made).data == applied(data, plan.edit)
        assert made.replace("ten_moi", plan.symbol.id) == text


TRICKY = """\
questions:
  - {id: area, type: choice, label: Khu vực, options: [{value: xa, label: Xã}, {value: phuong, label: Phường}]}
form:
  pages:
    - id: chung
      title: Chung
      fields:
        - {id: d, type: text, label: Chữ}
        - id: rows
          type: list
          label: Các dòng
          item:
            - {id: area, type: text, label: Khu vực của dòng}
            - {id: pages, type: integer, label: Số trang, visible: 'area != null and d = "area"'}
        - {id: note, type: note, label: Ghi chú, text: Khu vực (area) ghi ở trên, visible: 'area = "xa"'}
        - id: total
          type: computed
          label: Tổng
          compute: >-
            sum(for d in rows return d.pages)
            + count(rows[area = "xa"])   // area của dòng
            + (if get value({area: 1}, "area") = 1 then 1 else 0)
        - {id: other, type: computed, label: Khác, compute: "if d = \\"d\\" then \\"d\\" else d"}
        - {id: who, type: person, label: Ai, parts: {sex: {visible: d != null}}}
        - {id: sex, type: text, label: Chữ}
fees:
  - id: phi
    label: Phí
    amount:
      inputs: [area]
      rows:
        - {when: ['"xa"'], amount: 1}
        - {when: ['not("phuong")'], amount: d}
documents:
  - id: giay
    title: Giấy {{ d }}
    body:
      - |
        Ông {{ who.sex }} nói “d”, {{ d }}:
        {{ if d = "x" then d else sex | long }}
      - {fields: [d, who.sex]}
      - {table: rows, columns: [{label: d, value: area}, {label: e, value: d}]}
examples:
  - name: Một
    answers: {area: xa, d: area, rows: [{area: d, pages: 2}], who: {sex: nam}}
    expect: {hidden: [rows.0.area, d], values: {d: d}}
"""


def renamed(place, new, text=TRICKY):
    data = tree_of(text).data
    found = index(data)
    plan = renaming(data, found, path_of(data, place), new, {})
    made = edited(text, plan.edit)
    return made, tree_of(made).data


def lines_of(made):
    return [line for line, old in zip(made.splitlines(), TRICKY.splitlines(), strict=True) if line != old]


def test_a_local_name_and_a_text_of_the_same_letters_stay():
    made, data = renamed("form.pages.chung.fields.d", "chu")
    fields = data["form"]["pages"][0]["fields"]
    assert fields[1]["item"][1]["visible"] == 'area != null and chu = "area"'
    assert "sum(for d in rows return d.pages)" in made
    assert fields[4]["compute"] == 'if chu = "d" then "d" else chu'
    assert fields[5]["parts"]["sex"]["visible"] == "chu != null"
    assert data["fees"][0]["amount"]["rows"][1]["amount"] == "chu"
    assert data["documents"][0]["title"] == "Giấy {{ chu }}"
    assert "nói “d”, {{ chu }}:" in data["documents"][0]["body"][0]
    assert '{{ if chu = "x" then chu else sex | long }}' in data["documents"][0]["body"][0]
    assert data["documents"][0]["body"][1]["fields"] == ["chu", "who.sex"]
    assert data["documents"][0]["body"][2]["columns"][1] == {"label": "e", "value": "chu"}
    assert data["examples"][0]["answers"]["chu"] == "area"
    assert data["examples"][0]["answers"]["rows"] == [{"area": "d", "pages": 2}]
    assert data["examples"][0]["expect"] == {"hidden": ["rows.0.area", "chu"], "values": {"chu": "d"}}


def test_a_question_and_a_column_of_one_name_are_two():
    made, data = renamed("questions.area", "vung")
    assert data["form"]["pages"][0]["fields"][1]["item"][1]["visible"].startswith("area != null")
    assert data["form"]["pages"][0]["fields"][2]["visible"] == 'vung = "xa"'
    assert data["form"]["pages"][0]["fields"][2]["text"] == "Khu vực (area) ghi ở trên"
    assert data["fees"][0]["amount"]["inputs"] == ["vung"]
    assert 'count(rows[area = "xa"])   // area của dòng' in made
    made, data = renamed("form.pages.chung.fields.rows.item.area", "vung")
    assert 'count(rows[vung = "xa"])   // area của dòng' in made
    assert 'get value({area: 1}, "area")' in made
    assert data["documents"][0]["body"][2]["columns"][0]["value"] == "vung"
    assert data["examples"][0]["answers"]["rows"][0] == {"vung": "d", "pages": 2}
    assert data["examples"][0]["answers"]["area"] == "xa"


def test_an_option_is_followed_where_it_is_compared():
    made, data = renamed("questions.area.options.xa", "xa_moi")
    assert data["form"]["pages"][0]["fields"][2]["visible"] == 'area = "xa_moi"'
    assert data["fees"][0]["amount"]["rows"][0]["when"] == ['"xa_moi"']
    assert data["examples"][0]["answers"]["area"] == "xa_moi"
    assert 'rows[area = "xa"]' in made
    assert len(lines_of(made)) == 4


def test_a_part_of_a_shared_block_is_no_field_of_that_name():
    _, data = renamed("form.pages.chung.fields.sex", "gioi")
    assert data["documents"][0]["body"][0].startswith("Ông {{ who.sex }}")
    assert "else gioi | long" in data["documents"][0]["body"][0]
    assert data["examples"][0]["answers"]["who"] == {"sex": "nam"}


@pytest.mark.parametrize(
    ("place", "new", "why"),
    [
        ("form.pages.chung.fields.d", "Chữ hoa", "viết chưa đúng"),
        ("form.pages.chung.fields.d", "", "viết chưa đúng"),
        ("form.pages.chung.fields.d", "d", "hiện nay đã là"),
        ("form.pages.chung.fields.d", "rows", "đã có một mục cùng loại"),
        ("form.pages.chung.fields.d", "area", "đã có một mục cùng loại"),
        ("form.pages.chung.fields.d", "case", "từ có sẵn"),
        ("form.pages.chung.fields.d", "null", "từ có sẵn"),
        ("form.pages.chung.fields.d", "pages", "nghĩa thay đổi"),  # a column of rows, where d is read
        ("form.pages.chung.fields.rows", "d", "đã có một mục cùng loại"),
        ("form.pages.chung.fields.rows.item.pages", "area", "đã có một mục cùng loại"),
        ("form.pages.chung", "cau_hoi_mo_dau", "từ có sẵn"),
    ],
)
def test_a_bad_name_is_refused_with_what_to_do(place, new, why):
    with pytest.raises(EditError, match=why):
        renamed(place, new)


def test_a_loop_variable_would_take_the_new_name():
    text = TRICKY.replace(
        "sum(for d in rows return d.pages)", "sum(for x in rows return x.pages + count(sex))"
    )
    with pytest.raises(EditError, match="nghĩa thay đổi"):
        renamed("form.pages.chung.fields.sex", "x", text)


def test_an_action_that_two_steps_have_is_told_apart_by_the_run():
    steps = {
        "workflow": {
            "steps": [
                {"id": "mot", "actions": [{"id": "xong", "to": "hai"}]},
                {"id": "hai", "actions": [{"id": "xong", "to": "end"}]},
            ]
        },
        "examples": [{"steps": [{"do": "xong", "expect": {"step": "hai"}}, {"do": "xong"}]}],
    }
    first = ("workflow", "steps", 0, "actions", 0)
    known = acted(steps, [[("mot", "xong"), ("hai", "xong")]])
    made = applied(steps, renaming(steps, index(steps, known), first, "di_tiep", known).edit)
    assert [each["do"] for each in made["examples"][0]["steps"]] == ["di_tiep", "xong"]
    # without a run only what the example expected tells them apart
    plan = renaming(steps, index(steps), first, "di_tiep", {})
    assert plan.unsure == (("examples", 0, "steps", 0, "do"),)
    assert not plan.uses


def test_who_speaks_of_what_goes_is_told():
    data = tree_of(TRICKY).data
    found = index(data)
    places = {
        ".".join(map(str, use.path)) for use in outside(found, path_of(data, "form.pages.chung.fields.rows"))
    }
    assert "form.pages.0.fields.3.compute" in places
    assert "documents.0.body.2.table" in places
    assert "documents.0.body.2.columns.0.value" in places
    assert "examples.0.answers.rows" in places
    assert not outside(found, path_of(data, "documents.giay"))


def test_a_draft_with_anything_missing_or_wrong_is_read():
    data = {
        "form": {"pages": [{"id": "a", "fields": [{"id": "x", "visible": "x >"}, None, {"type": "list"}]}]},
        "workflow": "day-du",
        "examples": [None, {"steps": "?"}],
        "fees": {"no": "list"},
    }
    found = index(data)
    assert found.unread == (("form", "pages", 0, "fields", 0, "visible"),)
    assert not found.uses
    assert at(data, found.symbols[0].path) is data["form"]["pages"][0]
    assert not index(None).symbols
