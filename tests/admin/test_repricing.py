"""«Đổi mức phí theo quyết định» on a draft: dated rows written for the officer, the rest of the text left alone."""

import re
from datetime import date

from amending import CODE, TEXT, newer

DAY = {"start.d": "1", "start.m": "3", "start.y": "2027"}
SOURCE = "Nghị quyết 12/NQ-HĐND ngày 15/12/2026"


def words(page):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page.text))


def version(services):
    return services.definitions.versions(CODE)[-1]


def filled(someone, services, path, **form):
    someone.get(f"{path}/doi-muc-phi?fee=phi_lam_the&start.d=1&start.m=3&start.y=2027")
    usual = {"base": version(services).text, "fee": "phi_lam_the", "amount": "15.000", "source": SOURCE}
    return someone.post(f"{path}/doi-muc-phi", **{**usual, **DAY, **form})


def test_a_fee_is_changed_from_a_day_on_and_the_rest_stays(visit, services, written):
    someone = visit("soan")
    assert "Đổi mức phí theo quyết định" in words(someone.get(f"{written}/"))
    assert "Áp dụng từ ngày" in words(someone.get(f"{written}/doi-muc-phi"))
    page = someone.get(f"{written}/doi-muc-phi?fee=phi_lam_the&start.d=1&start.m=3&start.y=2027")
    assert "Đến hết 28/02/2027: 20.000 đồng" in words(page)
    page = filled(someone, services, written)
    assert "Đã ghi mức phí mới từ 01/03/2027; mức cũ áp dụng đến hết 28/02/2027." in words(page)
    text = services.definitions.text(version(services))
    before, _, after = TEXT.partition('    amount: "20000"\n')
    assert text.startswith(before)
    assert text.endswith(after.partition("deadline:")[2])
    fee = services.definitions.by_hash(version(services).hash).fees[0]
    assert fee.source.text == SOURCE
    assert fee.amount.changes == (date(2027, 2, 28), date(2027, 3, 1))


def test_what_is_missing_or_wrong_is_said_with_what_was_typed(visit, services, written):
    someone = visit("soan")
    page = filled(someone, services, written, amount="mười nghìn", source="")
    assert page.status_code == 422
    assert "là một số đồng nguyên" in words(page)
    assert "Ghi số, ngày của quyết định" in words(page)
    assert "mười nghìn" in page.text
    assert "ít nhất một dòng" in words(filled(someone, services, written, amount=""))
    assert "giống mức đang ghi" in words(filled(someone, services, written, amount="20000"))
    assert "vừa được sửa ở nơi khác" in words(filled(someone, services, written, base="x"))
    page = someone.get(f"{written}/doi-muc-phi?fee=phi_lam_the&start.d=31&start.m=2&start.y=2027")
    assert "Từ ngày" in words(page)
    assert '"20000"' in services.definitions.text(version(services))


def test_only_a_draft_and_only_its_writers(visit, services, clock, written):
    assert visit("duyet").get(f"{written}/doi-muc-phi").status_code == 403
    published = newer(services, clock)
    assert "Chỉ đổi được mức phí của bản nháp" in words(visit("soan").get(f"{published}/doi-muc-phi"))


def test_a_draft_that_cannot_be_read_says_so(visit, services, written):
    someone = visit("soan")
    someone.get(f"{written}/sua")
    someone.post(f"{written}/sua", text=f'procedure: "{CODE}"\nfees: [', base=version(services).text)
    assert "chưa có khoản phí nào" in words(someone.get(f"{written}/doi-muc-phi"))
