"""Paying on the portal, at the bank of demonstrations: steps that several tests take."""

import uuid
from dataclasses import dataclass
from urllib.parse import urlsplit

from people import Province
from visitor import Page, Visitor
from walk import TOBACCO_FORM, TOBACCO_QUESTIONS, begin, fill, hand_in, upload_all

from tthc.dossiers.commands import Submit
from tthc.dossiers.context import Actor

OWED = 100_000


def path_of(url: str) -> str:
    """An address of the site without its host, which a test client does not have."""
    parts = urlsplit(url)
    return parts.path + (f"?{parts.query}" if parts.query else "")


def step(visitor: Visitor, url: str) -> str:
    """Open an address and say where it sends the browser."""
    response = visitor._client.get(path_of(url))
    assert response.status_code == 302, response.get_data(as_text=True)[:2000]
    return path_of(response.headers["Location"])


@dataclass
class Payer:
    """A citizen with a dossier that is to be paid for before it is received."""

    province: Province
    citizen: Visitor
    dossier_id: str

    @property
    def url(self) -> str:
        return f"/ho-so/{self.dossier_id}/nop-phi/"

    @property
    def store(self):
        return self.province.services.payments.store

    @property
    def dossier(self):
        return self.province.services.repository.get(self.dossier_id)

    @property
    def last(self):
        return self.store.of_dossier(self.dossier_id)[0]

    def choose(self, gateway: str = "bank") -> Page:
        self.province.clock.advance(seconds=1)  # so that there is a last one
        page = self.citizen.submit(self.citizen.get(self.url), self.url, {"gateway": gateway})
        assert page.status == 200, page.text
        return page

    def bank(self) -> Page:
        """A payment made, and the bank's page opened."""
        page = self.choose()
        return self.citizen.get(step(self.citizen, f"{page.url}/ngan-hang"))

    def pick(self, at_bank: Page, how: str) -> Page:
        """What happens at the bank; the page at which the browser ends."""
        ending = f"/{self.last.reference}"
        page = self.citizen.submit(at_bank, ending, {"how": how}, follow=False)
        if page.status == 200:
            return page
        back = self.citizen._client.get(path_of(page.response.headers["Location"]))
        if back.status_code != 302:
            return Page(back)
        return self.citizen.get(path_of(back.headers["Location"]))

    def pay(self, how: str = "tra") -> Page:
        return self.pick(self.bank(), how)

    def look(self) -> Page:
        return self.citizen.get(f"{self.url}{self.last.id}")

    def sweep(self, **later: float) -> None:
        if later:
            self.province.clock.advance(**later)
        self.province.services.payment_sweep.sweep(self.province.clock.now())

    def recorded(self) -> list[dict]:
        """What the dossier's history says was paid."""
        return [dict(e.data) for e in self.dossier.history if e.type == "fees_paid"]

    def another(self) -> "Payer":
        """The same applicant hands in the same again: another dossier."""
        s, before = self.province.services, self.dossier
        self.province.clock.advance(seconds=1)
        new = uuid.uuid4().hex
        told = Submit(new, before.agency, before.applicant, before.answers, before.papers, declared=True)
        actor = Actor(before.owner, before.applicant.name, "citizen")
        s.dossiers.start(s.definitions.by_hash(before.definition), told, actor, f"nop:{new}")
        return Payer(self.province, self.citizen, new)


def payer(province: Province) -> Payer:
    """A tobacco licence handed in online, its fee owed before acceptance."""
    citizen = province.citizen()
    page = fill(citizen, begin(citizen, "2.000181"), TOBACCO_QUESTIONS | TOBACCO_FORM)
    page = hand_in(citizen, citizen.submit(upload_all(citizen, page), "/giay-to"))
    return Payer(province, citizen, page.url.rsplit("/", 1)[1])
