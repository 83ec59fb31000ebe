"""People of the province at their screens with dossiers before them, without the typing that other tests walk."""

from flask import session
from people import COMMUNE, PDF, Province
from playwright.sync_api import expect
from screens import Person

from tthc.accounts.session import begin
from tthc.dossiers import commands as cmd
from tthc.dossiers.state import Applicant, Dossier, PaperFiles

LICENCE = "2.000181"
CITIZEN = "0912345678"
CHECKED = ("don_de_nghi", "dang_ky_kinh_doanh", "van_ban_gioi_thieu")


def at_work(person, province: Province, login: str, kind: str = "desk") -> Person:
    """A screen with a session of this account, opened as signing in opens it; `kind`: "desk" or "phone"."""
    app = province.app
    with app.test_request_context():
        begin(province.services.accounts.by_login(login))
        kept = app.session_interface.get_signing_serializer(app).dumps(dict(session))
    screen = person(kind)
    name = app.config["SESSION_COOKIE_NAME"]
    screen.context.add_cookies([{"name": name, "value": kept, "url": screen.base}])
    return screen


def handed_in(province: Province, number: int) -> Dossier:
    """A tobacco licence applied for online as its own example tells it, its papers with it, its fee not yet paid."""
    s, now = province.services, province.clock.now()
    definition = s.definitions.published(LICENCE, now.date())
    owner = s.accounts.by_login(CITIZEN)
    file = s.files.put(PDF, name="ban-chup.pdf", kind="pdf", now=now, by=owner.key)
    papers = tuple(PaperFiles(paper, (file,)) for paper in CHECKED[1:])
    who = Applicant("person", owner.name, "014190001234", phone=CITIZEN, email=f"{CITIZEN}@example.vn")
    answers = definition.examples[0].answers
    command = cmd.Submit(f"{number:032x}", COMMUNE, who, answers, papers, declared=True)
    return s.dossiers.start(definition, command, owner.actor(), f"nop-{number}")


def received(province: Province, number: int) -> Dossier:
    """The same, its fee taken and accepted."""
    s, found = province.services, handed_in(province, number)
    actor = s.accounts.by_login("motcua").actor(COMMUNE)
    fees = tuple(fee.id for fee in found.owed())
    s.dossiers.execute(found.id, cmd.RecordPayment(fees, "cash", f"{number}"), actor, f"thu-{number}")
    return s.dossiers.execute(found.id, cmd.Accept(CHECKED), actor, f"nhan-{number}")


def told(screen: Person, words: str) -> None:
    """What was refused is said on top of the page."""
    expect(screen.page.get_by_role("alert").first).to_contain_text(words, timeout=20_000)


def send(screen: Person, button: str) -> None:
    """Press a button of the page's main part that sends a form."""
    named = screen.page.locator("main").get_by_role("button", name=button, exact=True)
    with screen.page.expect_navigation():
        named.first.click()


def unfold(screen: Person, action: str) -> None:
    """Open what hides the form of an action, where it is folded."""
    form = screen.page.locator(f'form[action$="/{action}"]')
    if not form.is_visible():
        screen.page.locator("details", has=form).locator("> summary").first.click()
