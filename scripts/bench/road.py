"""What the road of a dossier costs: drawing a form, checking a submission, carrying out a command."""

import uuid
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from textwrap import shorten

from definitions.assess import Assessment, assess
from definitions.loader import load
from definitions.model import Definition
from definitions.shipped import shipped
from renderers.html.form import render_page
from rules.calendar import TZ
from rules.workflow.model import Action, Need
from scripts.bench import sixty
from scripts.bench.measure import ROUNDS, Figure, each, repeat
from tthc import demo
from tthc.clock import ManualClock
from tthc.database import embedded, throwaway
from tthc.dossiers import commands as cmd
from tthc.dossiers.deciding import applicant_scope
from tthc.dossiers.state import Applicant, Dossier, PaperFiles
from tthc.services import Services, build
from tthc.settings import Settings
from tthc.trials.world import file

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=TZ)
AGENCY = {"id": "xa-thu", "name": "UBND xã thử", "level": "xa", "area": "", "identifier": "000.00.14.H52"}
APPLICANT = Applicant("person", "Lò Thị Lan", "014195001234", phone="0900000001", email="lan@dan.example")
COMMUNE = "phuong-to-hieu"
PIECES = 25


def figures() -> Iterator[Figure]:
    """First what needs no database, then what is written."""
    yield from _pure()
    yield from _written()


def _pure() -> Iterator[Figure]:
    """What needs no database."""
    made = sixty.definition()
    told = sixty.answers()
    judged = _check(made, told)
    if judged.submission.errors:
        raise ValueError(judged.submission.errors)
    page = made.form.pages[0]
    yield repeat(
        f"Vẽ trang biểu mẫu {len(page.fields)} ô thành HTML",
        lambda: render_page(page, judged.submission, told, now=NOW),
    )
    yield repeat(f"Kiểm tra toàn bộ: đơn {len(page.fields)} ô", lambda: _check(made, told))
    for definition in _shipped():
        answers = definition.examples[0].answers
        name = shorten(definition.name, 40, placeholder="…")
        yield repeat(f"Kiểm tra toàn bộ: {name}", partial(_check, definition, answers))


def _written() -> list[Figure]:
    """Commands decided and written on the embedded server, one after another."""
    with TemporaryDirectory() as folder, throwaway.server(Path(folder), sync=True) as port:
        settings = Settings.load({"MONGODB_URI": embedded.uri(port), "TTHC_VAR": folder})
        services = build(settings, clock=ManualClock(NOW))
        try:
            services.ensure_indexes()
            demo.load(settings, services.database, now=NOW)
            return list(_commands(services))
        finally:
            services.database.client.close()


def _commands(s: Services) -> Iterator[Figure]:
    definition, action = _handed_out()
    agency, reception = s.agencies.get(COMMUNE), s.accounts.by_login("tohieu.tiepnhan")
    head, examiner = s.accounts.by_login("tohieu.truongphong"), s.accounts.by_login("tohieu.chuyenvien")
    if agency is None or reception is None or head is None or examiner is None:
        raise LookupError("the demonstration is not complete")
    answers = definition.examples[0].answers
    judged = _check(definition, answers, agency.facts().scope())
    entry = cmd.RegisterAtCounter(
        dossier_id="",
        agency=COMMUNE,
        applicant=APPLICANT,
        answers=answers,
        papers=tuple(PaperFiles(paper.id, (file(paper.id, NOW),)) for paper in judged.papers),
        checked=tuple(paper.id for paper in judged.papers),
        method="cash",
    )

    def register() -> Dossier:
        told = replace(entry, dossier_id=uuid.uuid4().hex)
        return s.dossiers.start(definition, told, reception.actor(), uuid.uuid4().hex)

    def hand_over() -> Callable[[], object]:
        dossier = register()
        act = cmd.Act(dossier.tasks[0].id, action.id, assignee=examiner.key)
        return partial(s.dossiers.execute, dossier.id, act, head.actor(), uuid.uuid4().hex)

    yield each(
        "Tiếp nhận tại quầy: quyết định, cấp mã số, ghi", ([register] * PIECES for _ in range(ROUNDS + 1))
    )
    yield each(
        f"Một bước quy trình ({action.label.lower()}): quyết định và ghi",
        ([hand_over() for _ in range(PIECES)] for _ in range(ROUNDS + 1)),
    )


def _check(
    definition: Definition, answers: Mapping[str, object], agency: Mapping[str, object] | None = None
) -> Assessment:
    return assess(
        definition,
        answers,
        now=NOW,
        channel="online",
        agency=agency or AGENCY,
        applicant=applicant_scope(APPLICANT),
    )


def _shipped() -> Iterator[Definition]:
    for name, text in shipped():
        loaded = load(text, name)
        if loaded.definition is None:
            raise ValueError(name)
        yield loaded.definition


def _handed_out() -> tuple[Definition, Action]:
    """The first shipped procedure whose work begins with giving it to somebody, and the action that does."""
    for definition in _shipped():
        start = definition.workflow.step(definition.workflow.start)
        for action in start.actions if start is not None else ():
            if action.needs == {Need.ASSIGNEE}:
                return definition, action
    raise LookupError("no shipped procedure begins with giving the work to somebody")
