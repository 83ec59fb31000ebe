"""A long form at the counter: one part open, the others a line each; nothing typed is lost on the way between them."""

from people import COMMUNE, Province

from definitions.shipped import shipped
from forms.model import Submission
from tthc.onestop.parts import MOST_AT_ONCE, parts, place_of, size

DESK = f"/motcua/{COMMUNE}"


def longest(province: Province):
    s = province.services
    today = province.clock.now().date()
    found = [s.definitions.published(name.removesuffix(".yaml"), today) for name, _ in shipped()]
    return max(found, key=lambda d: sum(size(page.fields) for page in d.whole_form.pages))


def test_parts_open_one_at_a_time_and_keep_what_was_typed(province: Province):
    definition = longest(province)
    desk = province.staff("motcua")
    page = desk.submit(desk.get(f"{DESK}/tiep-nhan"), "/them-moi", {"procedure": definition.procedure})
    entry = page.form(page.url)
    opened = entry.values()["_opened"]
    assert opened == [definition.whole_form.pages[0].id]
    closed = [p.id for p in definition.whole_form.pages[1:] if f'value="{p.id}" formaction' in page.html]
    assert closed

    page = desk.submit(page, page.url, {"applicant.name": "Lò Thị Xuân", "_part": closed[0]})
    assert page.form(page.url).values()["_opened"] == [closed[0]]
    assert "Lò Thị Xuân" in page.html

    refused = desk.submit(page, page.url, {"_action": "accept"})
    assert refused.status == 422
    first = definition.whole_form.pages[0]
    assert refused.form(page.url).values()["_opened"] == [first.id]
    assert f'name="_part" value="{closed[0]}"' in refused.html
    assert "Lò Thị Xuân" in refused.html


def test_a_short_form_stands_there_whole_and_a_long_one_opens_where_something_is_wanted(province: Province):
    definition = longest(province)
    pages = definition.whole_form.pages
    assert sum(size(page.fields) for page in pages) > MOST_AT_ONCE
    nothing = Submission({}, {}, frozenset(), frozenset(), [page.id for page in pages], ())
    assert [part.opened for part in parts(definition, nothing)] == [True] + [False] * (len(pages) - 1)
    shown = parts(definition, nothing, pages[-1].id)
    assert [part.page.id for part in shown if part.opened] == [pages[-1].id]
    last = pages[-1].fields[0].id
    assert place_of(shown, f"{last}.0.any") is shown[-1]
    assert place_of(shown, "nowhere") is None
