"""Commands as the desk of one commune gives them: made ready here, sent again where the connection broke."""

import http.client
import re
import urllib.error
import urllib.parse
import urllib.request
import uuid
from dataclasses import dataclass, field
from http.cookiejar import CookieJar

from pymongo.errors import ConnectionFailure
from visitor import _Forms

from definitions.assess import assess
from tests.tthc.supervisor.systems import eventually
from tthc.demo import password
from tthc.dossiers import commands as cmd
from tthc.dossiers.deciding import applicant_scope
from tthc.dossiers.state import Applicant, PaperFiles
from tthc.trials.world import file

COMMUNE = "phuong-to-hieu"
PROCEDURE = "2.000181"
RECEPTION = "tohieu.tiepnhan"
CITIZEN = "0900000001"


@dataclass
class Desk:
    """`acknowledged`: (dossier id, command id) of every command that was answered for; `broken`: who did not answer,
    once for each time.
    """

    services: object
    acknowledged: list = field(default_factory=list)
    broken: list = field(default_factory=list)

    def __post_init__(self):
        s = self.services
        now = s.clock.now()
        self.definition = s.definitions.published(PROCEDURE, now.date())
        self.official = s.accounts.by_login(RECEPTION).actor()
        citizen = s.accounts.by_login(CITIZEN)
        self.citizen = citizen.actor()
        self.applicant = Applicant(
            "person", citizen.name, citizen_number="014195001234", phone=CITIZEN, email="lan@dan.example"
        )
        self.answers = next(e for e in self.definition.examples if e.channel == "online").answers
        judged = assess(
            self.definition,
            self.answers,
            now=now,
            channel="online",
            agency=s.agencies.get(COMMUNE).facts().scope(),
            applicant=applicant_scope(self.applicant),
        )
        self.checked = tuple(paper.id for paper in judged.papers)
        self.papers = tuple(
            PaperFiles(p.id, () if p.presented_only or p.form_generated else (file(p.id, now),))
            for p in judged.papers
        )

    def submit(self):
        """An application handed in online; its dossier's id."""
        told = cmd.Submit(
            dossier_id=uuid.uuid4().hex,
            agency=COMMUNE,
            applicant=self.applicant,
            answers=self.answers,
            papers=self.papers,
            declared=True,
        )
        self._start(told, self.citizen)
        return told.dossier_id

    def accept(self, dossier_id):
        """Collect what must be paid before, then receive it; the dossier's code."""
        self.execute(dossier_id, cmd.RecordPayment())
        return self.execute(dossier_id, cmd.Accept(self.checked)).code

    def register(self):
        """«Thêm mới» of a paper dossier; the dossier."""
        told = cmd.RegisterAtCounter(
            dossier_id=uuid.uuid4().hex,
            agency=COMMUNE,
            applicant=self.applicant,
            answers=self.answers,
            papers=self.papers,
            checked=self.checked,
            owner=self.citizen.id,
            method="cash",
        )
        return self._start(told, self.official)

    def call(self, dossier_id, words):
        return self.execute(dossier_id, cmd.LogCall("0900000001", words))

    def execute(self, dossier_id, command):
        command_id = uuid.uuid4().hex
        return self._answered(
            dossier_id,
            command_id,
            lambda: self.services.dossiers.execute(dossier_id, command, self.official, command_id),
        )

    def _start(self, command, actor):
        command_id = uuid.uuid4().hex
        return self._answered(
            command.dossier_id,
            command_id,
            lambda: self.services.dossiers.start(self.definition, command, actor, command_id),
        )

    def _answered(self, dossier_id, command_id, ask):
        """Ask until there is an answer: a broken connection does not tell whether the command was carried out."""
        dossier = eventually(self._counting(ask), (ConnectionFailure,))
        self.acknowledged.append((dossier_id, command_id))
        return dossier

    def _counting(self, ask):
        def again():
            try:
                return ask()
            except ConnectionFailure:
                self.broken.append("database")
                raise

        return again


class UnansweredError(Exception):
    """The site was away, or said that it could not answer now."""


AWAY = (UnansweredError, OSError, http.client.HTTPException)


class Browser:
    """The same official at the site itself; a page that did not come is asked for again."""

    def __init__(self, port, desk):
        self.site = f"http://127.0.0.1:{port}"
        self.desk = desk
        self._open = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar())).open
        form = self._form("/dang-nhap", "/dang-nhap")
        eventually(
            lambda: self._ask(form.action, {**dict(form.fields), "login": RECEPTION, "password": password()}),
            AWAY,
        )

    def call(self, dossier_id, words):
        """The form of the dossier's page, sent until it is answered: its command id is that of the page."""
        form = self._form(f"/motcua/{COMMUNE}/ho-so/{dossier_id}", "/goi-dien")
        sent = {name: value for name, value in form.fields if name != "version"}
        page = eventually(
            lambda: self._ask(form.action, {**sent, "phone": "0900000001", "content": words}), AWAY
        )
        assert "Đã ghi lại cuộc gọi" in page or words in page
        self.desk.acknowledged.append((dossier_id, sent["command_id"]))

    def _form(self, url, ending):
        def look():
            found = _Forms(url)
            found.feed(self._ask(url))
            return [form for form in found.forms if form.action.split("?")[0].endswith(ending)]

        return eventually(look, AWAY, bool)[0]

    def _ask(self, url, data=None):
        try:
            return self._ask_once(url, data)
        except AWAY:
            self.desk.broken.append("site")
            raise

    def _ask_once(self, url, data):
        body = None if data is None else urllib.parse.urlencode(data).encode()
        try:
            with self._open(urllib.request.Request(f"{self.site}{url}", body), timeout=20) as answer:
                return answer.read().decode()
        except urllib.error.HTTPError as error:
            with error:
                page = error.read().decode()
            if error.code >= 500:
                raise UnansweredError(error.code) from None
            raise AssertionError(f"{error.code} {url}: {re.sub('<[^>]+>', ' ', page)[-1500:]}") from None
