"""A procedure in force with open dossiers and a newer version of it: what tests of amendments begin with."""

from datetime import date

from definitions.calendars import shipped as calendar
from tests.admin.test_impact import CODE, COMMUNE, TEXT, dossier, in_force
from tthc.accounts.documents import AccountDocument, Grant

__all__ = ["CODE", "COMMUNE", "DEARER", "TEXT", "dossier", "in_force", "may_read_here", "newer"]
DEARER = ('amount: "20000"', 'amount: "15000"')


def newer(services, clock, *changes, start=None, published=True):
    """A second version, reviewed and published from `start` or from today; its pages' address."""
    text = TEXT
    for old, new in changes or (DEARER,):
        assert old in text
        text = text.replace(old, new)
    store, now = services.definitions, clock.now()
    version = store.save_draft(CODE, text, "soan", now).version
    store.register(CODE, version.id, "soan", now, calendar())
    version = store.approve(CODE, version.id, "duyet", now)
    if published:
        store.publish(CODE, version.id, "duyet", now, start=start or date.fromisoformat(f"{now:%Y-%m-%d}"))
    return f"/quan-tri/ban-cau-hinh/{CODE}/{version.id}"


def may_read_here(login, agency=COMMUNE):
    AccountDocument.objects(id=login).update(
        set__grants=[Grant(agency=agency, functions=["tiep_nhan"])], set__agency=agency
    )
