"""Accounts asked for by an agency's own administrator, granted or refused by the centre (Đ25.6)."""

from collections.abc import Callable, Mapping

from flask import abort, request, url_for
from flask_admin import expose

from admin import posted
from admin.sheet import Act, Box, Cell, Form, Record, Section, Tone
from admin.views.base import ADMINS, ASKERS, Answer, may
from admin.views.desk import Desk, reason
from renderers.text import instant
from rules.calendar import TZ
from tthc.accounts import passwords
from tthc.accounts.logins import is_staff_login, normal_login
from tthc.accounts.model import FUNCTIONS
from tthc.accounts.requests import Request, State
from tthc.accounts.service import AccountError
from tthc.accounts.session import current_account
from tthc.agencies.model import Agency
from tthc.services import services
from tthc.web.access import access

STATES: Mapping[str, tuple[str, Tone]] = {
    "waiting": ("Chờ duyệt", "warn"),
    "granted": ("Đã cấp", "ok"),
    "refused": ("Từ chối", "bad"),
}


class AccountRequests(Desk):
    """The asker sees their agency's, the centre sees what waits. Who asks never decides."""

    rules = (ADMINS, ASKERS)

    @expose("/")
    def index(self) -> Answer:
        return self.record(self._sheet())

    @expose("/them", methods=("GET", "POST"))
    @access(ASKERS)
    def new(self) -> Answer:
        if request.method == "GET":
            return self._new({})
        return self.tried(self._ask, self._new)

    @expose("/<request_id>/cap", methods=("POST",))
    @access(ADMINS)
    def grant(self, request_id: str) -> Answer:
        found = _found(request_id)
        return self.tried(lambda: self._grant(found), self._refused_act(f"grant_{found.id}"))

    @expose("/<request_id>/tu-choi", methods=("POST",))
    @access(ADMINS)
    def refuse(self, request_id: str) -> Answer:
        found = _found(request_id)

        def act() -> Answer:
            why = reason()
            self._decide(found, "refused", why)
            self._log("request_refused", found, why)
            return self.done("Đã từ chối, kèm lý do.", url_for(".index"))

        return self.tried(act, self._refused_act(f"refuse_{found.id}"))

    def _new(self, wrong: Mapping[str, str]) -> Answer:
        agency = _own_agency()
        units = [(u.id, u.name) for u in agency.units]
        return self.form(
            Form(
                title="Đề nghị cấp tài khoản",
                lead=f"Cho cán bộ của {agency.name}. Trung tâm duyệt rồi cấp mật khẩu ban đầu.",
                boxes=(
                    Box("name", "Họ và tên"),
                    Box("login", "Tên đăng nhập", help="Chữ không dấu, số, dấu chấm, gạch nối."),
                    Box("unit", "Phòng", "select", required=False, options=units),
                    Box("functions", "Chức năng", "checks", options=list(FUNCTIONS.items())),
                    Box("until", "Ngày cuối được giao", "date", required=False),
                    Box("reason", "Lý do", "textarea"),
                ),
                button="Gửi đề nghị",
                back=url_for(".index"),
                typed=posted.typed("until") if request.method == "POST" else {},
                wrong=wrong,
            )
        )

    def _ask(self) -> Answer:
        s, me, agency = services(), current_account(), _own_agency()
        login = normal_login(posted.text("login", missing="Nhập tên đăng nhập.", most=100))
        if not is_staff_login(login):
            raise posted.PostedError("Tên đăng nhập chỉ gồm chữ không dấu, số, dấu chấm và gạch.", "login")
        if s.accounts.by_login(login) is not None:
            raise posted.PostedError("Tên đăng nhập này đã có; chọn tên khác.", "login")
        unit = posted.text("unit", most=80)
        if unit and agency.unit(unit) is None:
            raise posted.PostedError("Chọn phòng trong danh sách.", "unit")
        functions = posted.many("functions")
        if not functions or set(functions) - set(FUNCTIONS):
            raise posted.PostedError("Chọn ít nhất một chức năng.", "functions")
        asked = Request(
            id="",
            agency=agency.id,
            name=posted.text("name", missing="Nhập họ và tên.", most=200),
            login=login,
            unit=unit,
            functions=tuple(functions),
            until=posted.maybe_day("until", "Ngày cuối được giao"),
            reason=reason(),
            asked_by=me.key,
            asked_name=me.name,
            at=s.clock.now(),
        )
        request_id = s.account_requests.ask(asked)
        self.written(
            "account.requested",
            kind="account",
            target=request_id,
            label=f"{asked.name} ({asked.login})",
            reason=asked.reason,
            after={"agency": agency.id, "functions": functions},
        )
        return self.done("Đã gửi đề nghị tới Trung tâm.", url_for(".index"))

    def _grant(self, found: Request) -> Answer:
        s = services()
        why = posted.text("reason")
        if found.asked_by == current_account().key:
            raise posted.PostedError("Ông/bà đã đề nghị nên không tự duyệt; cần một người khác.", "reason")
        if found.until is not None and found.until < s.clock.now().astimezone(TZ).date():
            raise posted.PostedError("Thời hạn đề nghị đã qua; từ chối để cơ quan đề nghị lại.", "reason")
        self._decide(found, "granted", why)
        password = passwords.initial()
        try:
            made = s.accounts.create_staff(
                login=found.login,
                name=found.name,
                password=password,
                now=s.clock.now(),
                agency=found.agency,
                unit=found.unit or None,
                functions={found.agency: found.functions},
            )
        except AccountError as error:
            s.account_requests.put_back(found.id)
            raise posted.PostedError(error.message, "reason") from error
        if found.until:
            s.accounts.grant(made.key, found.agency, found.functions, found.until)
        self.written(
            "account.created",
            kind="account",
            target=made.key,
            label=f"{made.name} ({made.login})",
            reason=f"Theo đề nghị của {found.asked_name}: {found.reason}",
            after={"agency": found.agency, "functions": list(found.functions), "until": found.until},
        )
        note = (
            f"Đã cấp tài khoản {made.login}. Mật khẩu ban đầu: {password}\n"
            "Chỉ hiện ở đây một lần; lần đăng nhập đầu sẽ phải đổi mật khẩu."
        )
        return self.record(self._sheet(("warn", note)))

    def _decide(self, found: Request, state: State, why: str) -> None:
        if not services().account_requests.decide(found.id, state, why, current_account().name):
            raise posted.PostedError("Đề nghị này đã được xử lý ở nơi khác.", "reason")

    def _refused_act(self, name: str) -> Callable[[Mapping[str, str]], Answer]:
        return lambda wrong: self.record(self._sheet(), opened=name, wrong=wrong, typed=posted.typed())

    def _sheet(self, note: tuple[Tone, str] | None = None) -> Record:
        s, me = services(), current_account()
        names = {a.id: a.name for a in s.agencies.all()}
        centre = may(ADMINS)
        shown = s.account_requests.waiting() if centre else s.account_requests.of(me.agency or "")
        rows = [
            (
                f"{one.name} ({one.login})",
                names.get(one.agency, one.agency),
                ", ".join(FUNCTIONS.get(f, f) for f in one.functions),
                Cell(*_state(one)),
                f"{one.reason}\n{one.asked_name}, {instant(one.at)}",
                one.answer or "–",
            )
            for one in shown
        ]
        columns = ("Cán bộ", "Cơ quan", "Chức năng", "Tình trạng", "Đề nghị", "Trả lời")
        acts = [Act("Đề nghị cấp tài khoản", url_for(".new"), kind="")] if may(ASKERS) and me.agency else []
        decisions = [
            act
            for one in (shown if centre else ())
            for act in (
                Act(f"Cấp {one.login}", url_for(".grant", request_id=one.id), (Box("reason", "Ý kiến", "textarea", required=False),), "", name=f"grant_{one.id}"),
                Act(f"Từ chối {one.login}", url_for(".refuse", request_id=one.id), (Box("reason", "Lý do", "textarea"),), "danger", name=f"refuse_{one.id}"),
            )
        ]  # fmt: skip
        return Record(
            title="Đề nghị cấp tài khoản",
            notes=(note,) if note else (),
            acts=(*acts, *decisions),
            sections=(Section("Chờ duyệt" if centre else "Đề nghị của cơ quan", columns, rows, "Không có đề nghị nào."),),
        )  # fmt: skip

    def _log(self, what: str, found: Request, why: str) -> None:
        self.written(
            f"account.{what}",
            kind="account",
            target=found.id,
            label=f"{found.name} ({found.login})",
            reason=why,
        )


def _state(one: Request) -> tuple[str, str, Tone]:
    label, tone = STATES[one.state]
    return label, "", tone


def _own_agency() -> Agency:
    """403 for whoever belongs to none."""
    me = current_account()
    agency = services().agencies.get(me.agency) if me.agency else None
    if agency is None:
        abort(403)
    return agency


def _found(request_id: str) -> Request:
    found = services().account_requests.get(request_id)
    if found is None:
        abort(404)
    return found
