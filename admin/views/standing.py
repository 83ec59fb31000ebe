"""Who acts in whose place at an agency: deputies (KT., TUQ.) by decision, leaves, seconded officials (Đ2.7, Đ13 đầu)."""

from collections.abc import Mapping
from datetime import date, timedelta

from flask import abort, request, url_for
from flask_admin import expose

from admin import posted
from admin.sheet import Act, Box, Cell, Form, Record, Section
from admin.views.base import ADMINS, ASKERS, Answer, may
from admin.views.desk import Desk, reason
from rules.calendar import TZ
from tthc.accounts.deputies import CAPACITIES
from tthc.accounts.leaving import announce
from tthc.accounts.model import FUNCTIONS
from tthc.accounts.service import AccountError
from tthc.accounts.session import current_account
from tthc.agencies.model import Agency, Level
from tthc.services import services

KIND = "account"


class Standing(Desk):
    """An agency's own administrator sees and changes their agency's; the centre's any, named in the address (`cq`)."""

    rules = (ADMINS, ASKERS)

    @expose("/")
    def index(self) -> Answer:
        return self.record(self._sheet(_agency()))

    @expose("/them", methods=("GET", "POST"))
    def appoint(self) -> Answer:
        agency = _agency()
        if request.method == "GET":
            return self._appointing(agency, {})
        return self.tried(lambda: self._appoint(agency), lambda wrong: self._appointing(agency, wrong))

    @expose("/vang-mat", methods=("GET", "POST"))
    def away(self) -> Answer:
        agency = _agency()
        if request.method == "GET":
            return self._leaving(agency, {})
        return self.tried(lambda: self._leave(agency), lambda wrong: self._leaving(agency, wrong))

    @expose("/biet-phai", methods=("GET", "POST"))
    def sit(self) -> Answer:
        agency = _agency()
        if request.method == "GET":
            return self._seconding(agency, {})
        return self.tried(lambda: self._second(agency), lambda wrong: self._seconding(agency, wrong))

    @expose("/<key>/<deputy>/thoi", methods=("POST",))
    def dismiss(self, key: str, deputy: str) -> Answer:
        agency = _agency()
        return self._ended(agency, f"thoi_{deputy}", lambda: self._dismiss(agency, key, deputy))

    @expose("/vang-mat/<absence>/ket-thuc", methods=("POST",))
    def back(self, absence: str) -> Answer:
        agency = _agency()
        return self._ended(agency, f"ve_{absence}", lambda: self._back(agency, absence))

    def _ended(self, agency: Agency, name: str, act: "object") -> Answer:
        assert callable(act)
        return self.tried(
            act,
            lambda wrong: self.record(self._sheet(agency), opened=name, wrong=wrong, typed=posted.typed()),
        )

    def _appointing(self, agency: Agency, wrong: Mapping[str, str]) -> Answer:
        staff, today = _staff(agency), posted.boxes(_today())
        return self._form("Giao thay mặt", (
            Box("deputy", "Người thay mặt", "select", options=staff),
            Box("capacity", "Hình thức", "select", options=list(CAPACITIES.items())),
            Box("whom", "Thay mặt cho", "select", options=staff),
            Box("title", "Chức vụ của người được thay", required=False, example="Chủ tịch", help="Được ghi sau KT., TUQ. trong lịch sử và văn bản in."),
            Box("functions", "Chức năng được thay", "checks", options=list(FUNCTIONS.items())),
            Box("start", "Từ ngày", "date", today),
            Box("until", "Đến hết ngày", "date"),
            Box("decision", "Quyết định, văn bản ủy quyền", example="Quyết định số 12/QĐ-UBND ngày 20/11/2026"),
        ), agency, wrong, f"Trong thời hạn này, việc người thay mặt làm được ghi KT. hoặc TUQ. và thay cho ai, tại {agency.name}.")  # fmt: skip

    def _appoint(self, agency: Agency) -> Answer:
        s = services()
        deputy, whom = _chosen("deputy", agency), _chosen("whom", agency)
        capacity = posted.choice("capacity", CAPACITIES, "Chọn KT. hoặc TUQ.")
        functions = posted.many("functions")
        if set(functions) - set(FUNCTIONS):
            raise posted.PostedError("Chọn chức năng trong danh sách.", "functions")
        start, until = posted.day("start", "Từ ngày"), posted.day("until", "Đến hết ngày")
        if until < _today():
            raise posted.PostedError("Ngày cuối phải từ hôm nay trở đi.", "until")
        decision = posted.text(
            "decision", missing="Ghi số, ngày của quyết định hoặc văn bản ủy quyền.", most=200
        )
        if deputy == current_account().key:
            raise posted.PostedError("Ông/bà không tự giao cho mình; cần một quản trị khác ghi.", "deputy")
        try:
            made = s.accounts.appoint(
                deputy,
                agency.id,
                whom,
                functions,
                capacity=capacity,
                title=posted.text("title", most=100),
                start=start,
                until=until,
                decision=decision,
            )
        except AccountError as error:
            raise posted.PostedError(error.message, error.field) from error
        after = {"agency": agency.id, "capacity": capacity, "whom": whom, "functions": functions, "start": start, "until": until}  # fmt: skip
        self._log("appointed", made.key, made.name, decision, after)
        return self.done("Đã ghi việc thay mặt.", _url(agency))

    def _dismiss(self, agency: Agency, key: str, deputy: str) -> Answer:
        s, why = services(), reason()
        one = next((d for d in s.accounts.deputies(key) if d.id == deputy and d.agency == agency.id), None)
        if one is None:
            abort(404)
        made = s.accounts.dismiss(key, deputy, _today() - timedelta(days=1))
        self._log("dismissed", key, made.name, why, {"agency": agency.id, "decision": one.decision})
        return self.done("Đã thôi việc thay mặt.", _url(agency))

    def _leaving(self, agency: Agency, wrong: Mapping[str, str]) -> Answer:
        staff = _staff(agency)
        return self._form("Ghi vắng mặt", (
            Box("who", "Cán bộ vắng", "select", options=staff),
            Box("start", "Vắng từ ngày", "date", posted.boxes(_today())),
            Box("until", "Đến hết ngày", "date"),
            Box("cover", "Người làm thay", "select", options=staff, help="Đồng nghiệp giữ cùng chức năng tại cơ quan."),
            Box("reason", "Lý do", help="Nghỉ phép, đi công tác…"),
        ), agency, wrong, "Việc đã giao cho người vắng hiện ra ở người làm thay trong những ngày này; hết ngày cuối thì tự trở lại.")  # fmt: skip

    def _leave(self, agency: Agency) -> Answer:
        s = services()
        who = s.accounts.get(_chosen("who", agency))
        assert who is not None
        start, until = posted.day("start", "Vắng từ ngày"), posted.day("until", "Đến hết ngày")
        cover, why = s.accounts.get(_chosen("cover", agency)), posted.text("reason", most=300)
        try:
            announce(
                s.absences,
                who,
                cover,
                agency=agency.id,
                start=start,
                until=until,
                reason=why,
                by=current_account(),
                now=s.clock.now(),
            )
        except AccountError as error:
            raise posted.PostedError(error.message, error.field) from error
        after = {"agency": agency.id, "start": start, "until": until, "cover": cover and cover.key}
        self._log("away", who.key, who.name, why, after)
        return self.done("Đã ghi vắng mặt.", _url(agency))

    def _back(self, agency: Agency, absence: str) -> Answer:
        s, why = services(), reason()
        found = s.absences.get(absence)
        if found is None or found.agency != agency.id:
            abort(404)
        s.absences.end(found.id, min(found.last, _today() - timedelta(days=1)))
        self._log("back", found.account, found.name, why, {"agency": agency.id})
        return self.done("Đã kết thúc việc vắng mặt.", _url(agency))

    def _seconding(self, agency: Agency, wrong: Mapping[str, str]) -> Answer:
        centres = [(a.id, a.name) for a in services().agencies.active(_today()) if a.level == Level.CENTER]
        return self._form("Cử cán bộ đến quầy của Trung tâm", (
            Box("who", "Cán bộ được cử", "select", options=_staff(agency)),
            Box("workplace", "Làm việc tại", "select", required=False, options=centres, help="Để trống là về lại cơ quan."),
            Box("reason", "Quyết định, văn bản cử", "textarea"),
        ), agency, wrong, f"Cán bộ ngồi tại quầy của Trung tâm vẫn chỉ thấy và tiếp nhận hồ sơ của {agency.name}.")  # fmt: skip

    def _second(self, agency: Agency) -> Answer:
        s = services()
        who, workplace, why = _chosen("who", agency), posted.text("workplace", most=80) or None, reason()
        place = s.agencies.get(workplace) if workplace else None
        if workplace and (place is None or place.level != Level.CENTER or not place.exists(_today())):
            raise posted.PostedError("Chọn Trung tâm trong danh sách.", "workplace")
        made = s.accounts.sit(who, workplace)
        self._log("seconded", who, made.name, why, {"agency": agency.id, "workplace": workplace})
        return self.done("Đã ghi nơi làm việc.", _url(agency))

    def _form(
        self, title: str, boxes: tuple[Box, ...], agency: Agency, wrong: Mapping[str, str], lead: str
    ) -> Answer:  # fmt: skip
        back = _url(agency)
        return self.form(
            Form(
                title=title,
                lead=lead,
                boxes=boxes,
                button="Ghi",
                back=back,
                typed=posted.typed("start", "until") if request.method == "POST" else {},
                wrong=wrong,
                breadcrumbs=[("Thay mặt, vắng mặt", back), (title, "")],
            )
        )

    def _sheet(self, agency: Agency) -> Record:
        s, today = services(), _today()
        now = s.clock.now()
        why = (Box("reason", "Lý do", "textarea"),)
        deputies = s.accounts.deputies_at(agency.id)
        away = s.absences.in_agency(agency.id, now)
        names = {a.id: a.name for a in s.agencies.all()}
        seconded = [p for p in s.accounts.belonging(agency.id) if p.workplace]
        ends = [
            *(Act(f"Thôi: {account.name} {one.capacity} {one.name}", url_for(".dismiss", key=account.key, deputy=one.id, cq=agency.id), why, "danger", name=f"thoi_{one.id}") for account, one in deputies if one.until >= today),
            *(Act(f"Kết thúc vắng mặt: {one.name}", url_for(".back", absence=one.id, cq=agency.id), why, name=f"ve_{one.id}") for one in away),
        ]  # fmt: skip
        return Record(
            title="Thay mặt, vắng mặt",
            lead=agency.name,
            acts=(
                Act("Giao thay mặt (KT., TUQ.)", url_for(".appoint", cq=agency.id), kind=""),
                Act("Ghi vắng mặt", url_for(".away", cq=agency.id)),
                Act("Cử đến quầy của Trung tâm", url_for(".sit", cq=agency.id)),
                *ends,
            ),
            sections=(
                Section("Thay mặt", ("Cán bộ", "Thay mặt cho", "Chức năng", "Thời hạn", "Căn cứ", "Hiệu lực"), [
                    (account.name, f"{one.capacity} {one.name}", ", ".join(FUNCTIONS.get(f, f) for f in sorted(one.functions)),
                     _period(one.start, one.until), one.decision, _force(one.start, one.until, today))
                    for account, one in deputies
                ], "Chưa có ai được giao thay mặt."),
                Section("Vắng mặt", ("Cán bộ", "Người làm thay", "Thời gian", "Lý do", "Người ghi"), [
                    (one.name, one.cover_name, _period(one.start, one.last), one.reason, one.by_name) for one in away
                ], "Không ai báo vắng."),
                Section("Được cử đến quầy của Trung tâm", ("Cán bộ", "Làm việc tại"), [
                    (one.name, names.get(one.workplace or "", one.workplace or "")) for one in seconded
                ], "Chưa cử ai."),
            ),
        )  # fmt: skip

    def _log(self, what: str, key: str, name: str, why: str, after: Mapping[str, object]) -> None:
        self.written(f"account.{what}", kind=KIND, target=key, label=name, reason=why, after=after)


def _agency() -> Agency:
    """Whose page it is: one's own for the agency's administrator, any for the centre's."""
    wanted = request.args.get("cq", "")[:80] if may(ADMINS) else ""
    agency_id = wanted or current_account().agency
    found = services().agencies.get(agency_id) if agency_id else None
    if found is None:
        abort(403)
    return found


def _staff(agency: Agency) -> list[tuple[str, str]]:
    return [(one.key, one.name) for one in services().accounts.belonging(agency.id)]


def _chosen(name: str, agency: Agency) -> str:
    return posted.choice(name, [key for key, _ in _staff(agency)], "Chọn cán bộ của cơ quan trong danh sách.")


def _period(start: date, until: date) -> str:
    return f"{start:%d/%m/%Y} – {until:%d/%m/%Y}" if until >= start else f"{start:%d/%m/%Y}, đã hủy"


def _force(start: date, until: date, today: date) -> Cell:
    if until < today:
        return Cell("Đã hết", tone="")
    return Cell("Đang hiệu lực", tone="ok") if start <= today else Cell("Sắp tới", tone="info")


def _url(agency: Agency) -> str:
    return url_for(".index", cq=agency.id)


def _today() -> date:
    return services().clock.now().astimezone(TZ).date()
