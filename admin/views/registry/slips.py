"""Registration slips: writing one, sending it, seeing what became of each procedure (Đ9.3a, Đ5.3)."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any, Final
from uuid import uuid4

from flask import Response, abort, flash, redirect, request, url_for
from flask_admin import expose

from admin.listing import name_of, names
from admin.posted import boxes
from admin.registry_papers import slip_pdf
from admin.views.base import ADMINS, REVIEWERS, WRITERS, Answer, Page, may
from admin.views.registry import posted
from definitions.lifecycle import Version
from renderers.messages import Message
from tthc.accounts.session import current_account
from tthc.registry import slips
from tthc.registry.levels import told
from tthc.registry.model import Kind, RegistryError
from tthc.registry.service import SlipRefusedError
from tthc.registry.slips import Consent, Row, Slip, Told
from tthc.services import services
from tthc.web.access import access
from tthc.web.files import send_bytes

MOST_NAMED: Final = 30


class Slips(Page):
    """/quan-tri/phieu-dang-ky."""

    rules = (WRITERS, REVIEWERS, ADMINS)

    @expose("/")
    def index(self) -> str:
        s = services()
        who = names(s)
        return self.show(
            "admin/registry_slips.html",
            slips=[
                {"slip": slip, "by": who(slip.by), "standings": _counted(slip)}
                for slip in s.registry.store.slips()
            ],
            writes=may(WRITERS),
        )

    @expose("/them", methods=("GET", "POST"))
    @access(WRITERS)
    def new(self) -> Answer:
        """An empty slip; `?quyet_dinh=`: one for what a decision of the catalogue entered."""
        s = services()
        batch = s.registry.store.batch(request.values.get("quyet_dinh", ""))
        if request.method == "GET":
            typed: dict[str, object] = {"agency": current_account().agency or ""}
            if batch is not None:
                typed |= {
                    "decision_number": batch.decision.number,
                    "decision_issuer": batch.decision.issuer,
                    "decision_day": boxes(batch.decision.day) if batch.decision.day else None,
                    "quyet_dinh": batch.id,
                }
            return self._head(typed, None)
        try:
            slip = Slip(
                id=uuid4().hex,
                decision=posted.decision(),
                agency=next(iter(posted.chosen("agency", posted.agency_names(s))), ""),
                note=posted.whole("note"),
                rows=(),
                by=current_account().key,
                at=s.clock.now(),
            )
            for code in (
                [] if batch is None else [e.code for e in batch.entries if e.kind is not Kind.ABOLISHED]
            ):
                slip = slips.put(slip, _first_row(code))
            twin = next((one for one in s.registry.store.slips() if _same(one, slip)), None)
            if twin is not None:  # pressed twice
                return redirect(url_for(".one", slip_id=twin.id))
            slip = s.registry.store.save_slip(slip)
        except RegistryError as error:
            return self._head(posted.typed(), error), 422
        flash("Đã lập phiếu. Ông/bà thêm thủ tục rồi gửi.", "ok")
        return redirect(url_for(".one", slip_id=slip.id))

    @expose("/<slip_id>/sua", methods=("GET", "POST"))
    @access(WRITERS)
    def reword(self, slip_id: str) -> Answer:
        """Decision, agency and note, until the slip is handed in."""
        s, slip = services(), _found(slip_id)
        if not slip.draft:
            flash("Phiếu đã gửi nên không sửa được; lập phiếu mới cho phần thay đổi.", "warn")
            return redirect(url_for(".one", slip_id=slip_id))
        if request.method == "GET":
            typed: dict[str, object] = {
                "decision_number": slip.decision.number,
                "decision_day": boxes(slip.decision.day) if slip.decision.day else None,
                "decision_issuer": slip.decision.issuer,
                "agency": slip.agency,
                "note": slip.note,
                "rev": slip.rev,
            }
            return self._head(typed, None, slip)
        try:
            agency = next(iter(posted.chosen("agency", posted.agency_names(s))), "")
            fresh = slips.reworded(slip, posted.decision(), agency, posted.whole("note"))
            _same_rev(slip)
            s.registry.store.save_slip(fresh)
        except RegistryError as error:
            return self._head({**posted.typed(), "rev": slip.rev}, error, slip), 422
        flash("Đã sửa thông tin của phiếu.", "ok")
        return redirect(url_for(".one", slip_id=slip_id))

    @expose("/<slip_id>/")
    def one(self, slip_id: str) -> str:
        return self._one(_found(slip_id), {}, None)

    @expose("/<slip_id>/them-thu-tuc", methods=("POST",))
    @access(WRITERS)
    def put(self, slip_id: str) -> Answer:
        """A procedure with its level and draft; in the place of what the slip says of it already."""
        slip = _found(slip_id)
        try:
            services().registry.store.save_slip(slips.put(slip, _posted_row()))
        except RegistryError as error:
            return self._one(slip, posted.typed(), error), 422
        flash("Đã ghi vào phiếu.", "ok")
        return redirect(url_for(".one", slip_id=slip_id))

    @expose("/<slip_id>/bo-thu-tuc", methods=("POST",))
    @access(WRITERS)
    def drop(self, slip_id: str) -> Answer:
        slip = _found(slip_id)
        try:
            services().registry.store.save_slip(slips.drop(slip, posted.line("code", 60)))
        except RegistryError as error:
            return self._one(slip, {}, error), 422
        return redirect(url_for(".one", slip_id=slip_id))

    @expose("/<slip_id>/gui", methods=("POST",))
    @access(WRITERS)
    def send(self, slip_id: str) -> Answer:
        """All rows are looked at first; nothing is handed in while one of them would be refused."""
        s = services()
        slip, account = _found(slip_id), current_account()
        if not slip.draft and not slip.unsent:
            return redirect(url_for(".one", slip_id=slip_id))
        try:
            sent = s.registry.send(slip, account.key, s.clock.now(), s.calendar(account.agency or ""))
        except RegistryError as error:
            return self._one(slip, {}, error), 422
        _follow(slip, sent)
        left = len(sent.unsent)
        if left:
            flash(f"Đã gửi phiếu, còn {left} thủ tục chưa gửi được; lý do ghi ở từng dòng.", "warn")
        else:
            flash("Đã gửi phiếu. Kết quả thẩm định có trong 03 ngày làm việc.", "ok")
        return redirect(url_for(".one", slip_id=slip_id))

    @expose("/<slip_id>/phieu.pdf")
    def paper(self, slip_id: str) -> Response:
        s = services()
        slip = _found(slip_id)
        named = [(line["row"], line["name"], line["standing"].label) for line in _lines(slip)]
        agency = s.agencies.get(slip.agency) if slip.agency else None
        office = posted.office_of_agency(s, agency) if agency else posted.office(s)
        made = slip_pdf(slip, named, office, (slip.sent_at or s.clock.now()).date())
        return send_bytes(made, "application/pdf", "phieu-dang-ky.pdf")

    def _head(self, typed: dict[str, object], refusal: RegistryError | None, slip: Slip | None = None) -> str:
        """`slip`: the one whose head is written anew."""
        s = services()
        title = "Lập phiếu" if slip is None else "Sửa thông tin"
        return self.show(
            "admin/registry_slip_new.html",
            typed=typed,
            refusal=refusal,
            agencies=posted.agency_options(s, s.clock.now().date()),
            slip=slip,
            breadcrumbs=[("Phiếu đăng ký", url_for(".index")), (title, None)],
        )

    def _one(self, slip: Slip, typed: dict[str, object], refusal: RegistryError | None) -> str:
        s = services()
        today = s.clock.now().date()
        faults = refusal.faults if isinstance(refusal, SlipRefusedError) else {}
        writes, who = may(WRITERS), names(s)
        return self.show(
            "admin/registry_slip.html",
            slip=slip,
            lines=_lines(slip),
            faults=faults,
            typed=typed,
            refusal=refusal,
            agency=posted.agency_names(s).get(slip.agency, ""),
            by=who(slip.by),
            told=[
                {"at": one.at, "title": one.title, "text": one.body, "actor": _receivers(one, who)}
                for one in slip.told
            ],
            level_told=lambda level: told(level, today),
            levels=[(str(level), told(level, today)) for level in (1, 2, 3, 4)],
            drafts=_drafts() if writes and slip.draft else (),
            codes=[entry.code for entry in s.registry.catalogue(today)] if writes and slip.draft else (),
            consent_wanted=s.registry.consent_wanted,
            writes=writes,
            breadcrumbs=[("Phiếu đăng ký", url_for(".index")), (slip.decision.number, None)],
        )


def _found(slip_id: str) -> Slip:
    slip = services().registry.store.slip(slip_id)
    if slip is None:
        abort(404)
    return slip


def _follow(before: Slip, sent: Slip) -> None:
    """What comes after the handing in of versions: their drafts are over, and the reviewers are told, which the slip
    keeps.

    Told before it is recorded: the notice's id keeps it from lying in an inbox twice.
    """
    s = services()
    rows, now = slips.registered_since(before, sent), s.clock.now()
    for row in rows:
        s.drafting.close(row.version, now)
    if not rows:
        return
    called = {line["row"].code: line["name"] for line in _lines(sent)}
    agency = posted.agency_names(s).get(sent.agency, "")
    listed = [f"{row.code} {called.get(row.code, '')}, mức độ {row.level}" for row in rows]
    body = "\n".join(
        [
            f"Theo Quyết định {sent.decision}{f', {agency}' if agency else ''}:",
            *listed[:MOST_NAMED],
            *([f"và {len(listed) - MOST_NAMED} thủ tục khác."] if len(listed) > MOST_NAMED else []),
        ]
    )
    title = f"Phiếu đăng ký: {len(rows)} thủ tục chờ thẩm định"
    by, about = current_account().key, f"slip:{sent.id}:{len(sent.told) + 1}"
    to = s.telling.slip(about, Message(title, body), url_for(".one", slip_id=sent.id), by, now)
    s.registry.store.add_told(sent.id, Told(now, to, title, body))


def _same_rev(slip: Slip) -> None:
    """Raises RegistryError where the page was written upon another state of the slip, and says what it says now."""
    if posted.line("rev", 12) == str(slip.rev):
        return
    now = f"Quyết định {slip.decision}; ghi chú: {slip.note or 'không có'}"
    raise RegistryError(
        f"Phiếu vừa được người khác sửa, nay ghi: {now}. Ông/bà lưu lần nữa nếu vẫn muốn thay."
    )


def _receivers(told: Told, who: Callable[[str], str]) -> str:
    return f"Tới {', '.join(map(who, told.to))}" if told.to else "Chưa có ai giữ vai trò thẩm định"


def _same(one: Slip, other: Slip) -> bool:
    """Whether nothing but id and time tells two slips apart."""
    return replace(one, id=other.id, at=other.at, rev=other.rev) == other


def _lines(slip: Slip) -> list[dict[str, Any]]:
    """Each row with the procedure's name, its version, and what became of it."""
    s = services()
    today = s.clock.now().date()
    official = {entry.code: entry.name for entry in s.registry.catalogue(today)}
    lines = []
    for row in slip.rows:
        version = s.definitions.version(row.code, row.version) if row.version else None
        name = official.get(row.code) or ("" if version is None else name_of(s.definitions, version))
        lines.append(
            {"row": row, "version": version, "name": name, "standing": slips.standing(row, version, today)}
        )
    return lines


def _counted(slip: Slip) -> list[tuple[str, str, int]]:
    """(label, tone, how many) of its rows."""
    counts: dict[tuple[str, str], int] = {}
    for line in _lines(slip):
        key = (line["standing"].label, line["standing"].tone)
        counts[key] = counts.get(key, 0) + 1
    return [(label, tone, count) for (label, tone), count in counts.items()]


def _drafts() -> list[tuple[str, str]]:
    """What may be put forward, as options."""
    s = services()
    who = names(s)
    found = s.definitions.in_state(*slips.OPEN)
    return [
        ("", "Không kèm bản cấu hình (chỉ mức độ 1, 2)"),
        *(
            (
                f"{one.procedure}/{one.id}",
                f"{one.procedure} – {name_of(s.definitions, one)[:90]} ({one.state.label}, {who(one.author)})",
            )
            for one in sorted(found, key=lambda one: one.procedure)
        ),
    ]


def _posted_row() -> Row:
    s = services()
    code, _, version_id = posted.line("version", 120).partition("/")
    version: Version | None = s.definitions.version(code, version_id) if version_id else None
    if version_id and version is None:
        raise RegistryError("Bản nháp vừa chọn không còn; chọn lại.", "version")
    typed = posted.line("code", 60)
    if version is not None and typed and typed != version.procedure:
        raise RegistryError(
            f"Bản nháp là của thủ tục {version.procedure}, không phải {typed}; chọn lại cho khớp.", "version"
        )
    number = posted.line("consent_number", 100)
    day = posted.day("consent_day", "Ngày văn bản chấp thuận", required=bool(number))
    if day is not None and not number:
        raise RegistryError("Ghi số văn bản chấp thuận.", "consent_number", "Đ5.3")
    return Row(
        code=version.procedure if version is not None else typed,
        level=posted.number("level", "mức độ đăng ký"),
        version="" if version is None else version.id,
        consent=None if day is None else Consent(number, day),
    )


def _first_row(code: str) -> Row:
    """What a slip for a new decision begins with: the newest draft at its own level, else information only."""
    s = services()
    drafts = [one for one in s.definitions.versions(code) if one.state in slips.OPEN and one.hash]
    if not drafts:
        return Row(code, 2)
    return replace(Row(code, s.definitions.by_hash(drafts[-1].hash).service_level), version=drafts[-1].id)
