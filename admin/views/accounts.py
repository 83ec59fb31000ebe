"""Accounts of staff: made, given functions until a day, locked with a reason, given a new password (Đ2.7, Đ6, Đ24.2)."""

import re
from collections.abc import Mapping
from datetime import date

from flask import abort, request, url_for
from flask_admin import expose

from admin import people, posted
from admin.sheet import Act, Box, Cell, Form, Record, Section, Tone
from admin.views.base import ADMINS, Answer
from admin.views.desk import Desk, reason
from forms.types.contacts import parse_email, parse_phone
from renderers.text import browser_name, instant
from rules.calendar import TZ
from tthc.accounts import passwords
from tthc.accounts.documents import AccountDocument
from tthc.accounts.model import FUNCTIONS, ROLES, Account
from tthc.accounts.service import AccountError
from tthc.accounts.session import current_account
from tthc.services import services
from tthc.web.access import access

KIND = "account"
RESULTS: Mapping[str, tuple[str, Tone]] = {
    "ok": ("Đăng nhập", "ok"),
    "half": ("Đúng mật khẩu, chờ mã", ""),
    "code": ("Sai mã một lần", "warn"),
    "wrong": ("Sai mật khẩu", "warn"),
    "locked": ("Đang tạm nghỉ", "warn"),
    "closed": ("Đã khóa", "bad"),
}
_ADMIN = "quan_tri"


class Accounts(Desk):
    """Staff by name, each with a page; a citizen only by the exact address they sign in with."""

    @expose("/", methods=("GET",))
    def index(self) -> str:
        return self._list(request.args.get("q", "").strip()[:200], staff=True)

    @expose("/tra-cuu", methods=("POST",))
    @access(ADMINS)
    def citizens(self) -> str:
        """Posted, so that no telephone number stands in an address or a log."""
        return self._list(request.form.get("login", "").strip()[:254], staff=False)

    @expose("/them", methods=("GET", "POST"))
    @access(ADMINS)
    def new(self) -> Answer:
        if request.method == "GET":
            return self._new({})
        return self.tried(self._create, self._new)

    @expose("/can-bo/<key>/")
    def overview(self, key: str) -> Answer:
        return self.record(self._sheet(_found(key)))

    @expose("/can-bo/<key>/khoa", methods=("POST",))
    @access(ADMINS)
    def lock(self, key: str) -> Answer:
        return self._act(key, "lock", self._lock)

    @expose("/can-bo/<key>/mat-khau", methods=("POST",))
    @access(ADMINS)
    def password(self, key: str) -> Answer:
        return self._act(key, "password", self._password)

    @expose("/can-bo/<key>/cho-thu-lai", methods=("POST",))
    @access(ADMINS)
    def release(self, key: str) -> Answer:
        return self._act(key, "release", self._release)

    @expose("/can-bo/<key>/dang-xuat", methods=("POST",))
    @access(ADMINS)
    def end_sessions(self, key: str) -> Answer:
        return self._act(key, "sessions", self._end_sessions)

    @expose("/can-bo/<key>/ma-mot-lan", methods=("POST",))
    @access(ADMINS)
    def drop_codes(self, key: str) -> Answer:
        return self._act(key, "codes", self._drop_codes)

    @expose("/can-bo/<key>/chuc-nang", methods=("POST",))
    @access(ADMINS)
    def grant(self, key: str) -> Answer:
        return self._act(key, "grant", self._grant)

    @expose("/can-bo/<key>/noi-lam-viec", methods=("POST",))
    @access(ADMINS)
    def place(self, key: str) -> Answer:
        return self._act(key, "place", self._place)

    def _list(self, query: str, *, staff: bool) -> str:
        agency = request.args.get("cq", "")[:80]
        found, more = people.find(query, staff=staff, agency=agency)
        agencies = {one.id: one.name for one in services().agencies.all()}
        return self.show(
            "admin/accounts.html",
            people=found,
            more=more,
            agencies=agencies,
            agency=agency,
            query=query,
            staff=staff,
        )

    def _new(self, wrong: Mapping[str, str]) -> Answer:
        return self.form(
            Form(
                title="Thêm cán bộ",
                lead="Mật khẩu ban đầu chỉ hiện một lần sau khi lưu; cán bộ phải đổi ở lần đăng nhập đầu (Đ25.5).",
                boxes=(
                    Box("name", "Họ và tên"),
                    Box("login", "Tên đăng nhập", help="Chữ không dấu, số, dấu chấm, gạch nối."),
                    Box("phone", "Điện thoại", "phone", required=False),
                    Box("email", "Thư điện tử", "email", required=False),
                    *_place_boxes(None),
                    Box("functions", "Chức năng tại cơ quan này", "checks", options=list(FUNCTIONS.items())),
                    Box("until", "Ngày cuối được giao", "date", required=False, help="Để trống nếu không thời hạn."),
                    Box("reason", "Lý do", "textarea", help="Quyết định, đề nghị của cơ quan (Đ25.6)."),
                ),
                button="Tạo tài khoản",
                back=url_for(".index"),
                typed=posted.typed("until") if request.method == "POST" else {},
                wrong=wrong,
                breadcrumbs=[("Tài khoản", url_for(".index")), ("Thêm cán bộ", "")],
            )
        )  # fmt: skip

    def _create(self) -> Answer:
        s = services()
        name = posted.text("name", missing="Nhập họ và tên.", most=200)
        login = posted.text("login", missing="Nhập tên đăng nhập.", most=100)
        agency, unit, roles = _place_posted()
        functions = _functions()
        until = _until()
        if functions and agency is None:
            raise posted.PostedError("Chọn cơ quan mà các chức năng được giao.", "agency")
        if not functions and not roles:
            raise posted.PostedError("Chọn ít nhất một chức năng hoặc một vai trò.", "functions")
        phone, email = _contact("phone"), _contact("email")
        why = reason()
        password = passwords.initial()
        try:
            made = s.accounts.create_staff(
                login=login,
                name=name,
                password=password,
                now=s.clock.now(),
                agency=agency,
                unit=unit,
                functions={agency: functions} if agency and functions else {},
                roles=roles,
                phone=phone,
                email=email,
            )
        except AccountError as error:
            raise posted.PostedError(error.message, error.field or "login") from error
        if agency and functions and until:
            s.accounts.grant(made.key, agency, functions, until)
        after = {"agency": agency, "unit": unit, "functions": functions, "roles": roles, "until": until}
        self._log("created", made, why, after=after)
        return self._shown_once(made, password)

    def _shown_once(self, account: Account, password: str) -> Answer:
        """The one page that ever shows the password; it is kept nowhere but as a hash."""
        note = (
            f"Mật khẩu ban đầu: {password}\nChỉ hiện ở đây một lần. Ông/bà đưa tận tay cán bộ; "
            "lần đăng nhập đầu sẽ phải đổi mật khẩu."
        )
        return self.record(self._sheet(account, ("warn", note)))

    def _act(self, key: str, name: str, act: "object") -> Answer:
        account = _found(key)
        assert callable(act)
        return self.tried(
            lambda: act(account),
            lambda wrong: self.record(
                self._sheet(account), opened=name, wrong=wrong, typed=posted.typed("until")
            ),
        )

    def _lock(self, account: Account) -> Answer:
        s = services()
        why = reason()
        if account.active:
            if account.key == current_account().key:
                raise posted.PostedError("Ông/bà không tự khóa tài khoản của mình.", "reason")
            _keep_an_administrator(account)
            s.accounts.lock(account.key, why)
        else:
            s.accounts.unlock(account.key, why)
        self._log(
            "locked" if account.active else "unlocked",
            account,
            why,
            {"active": account.active},
            {"active": not account.active},
        )
        return self.done("Đã khóa." if account.active else "Đã mở khóa.", _url(account))

    def _password(self, account: Account) -> Answer:
        why = reason()
        password = passwords.initial()
        changed = services().accounts.new_password(account.key, password)
        self._log("password", account, why)
        return self._shown_once(changed, password)

    def _release(self, account: Account) -> Answer:
        """Lets an account that rests after too many wrong passwords or codes try again at once."""
        s = services()
        why = reason()
        until = s.accounts.resting(account.key, s.clock.now())
        if until is None:
            raise posted.PostedError("Tài khoản này không tạm nghỉ nên không cần mở.", "reason")
        s.accounts.release(account.key)
        self._log("released", account, why, {"until": until})
        return self.done("Tài khoản đăng nhập lại được ngay.", _url(account))

    def _end_sessions(self, account: Account) -> Answer:
        s = services()
        why = reason()
        ended = s.sessions.end_all(account.key)
        self._log("signed_out", account, why, after={"sessions": ended})
        return self.done(f"Đã đăng xuất {ended} thiết bị.", _url(account))

    def _drop_codes(self, account: Account) -> Answer:
        """The telephone was lost: its owner sets up another at the next signing in."""
        s = services()
        why = reason()
        if not account.second_factor:
            raise posted.PostedError("Tài khoản này chưa dùng mã một lần.", "reason")
        if account.key == current_account().key:
            raise posted.PostedError(
                "Ông/bà đổi điện thoại của mình ở trang tài khoản, có hỏi mật khẩu.", "reason"
            )
        s.second_factor.remove(account.key)
        s.sessions.end_all(account.key)
        self._log("codes_dropped", account, why)
        return self.done("Đã bỏ mã một lần; các thiết bị của tài khoản đã được đăng xuất.", _url(account))

    def _grant(self, account: Account) -> Answer:
        s = services()
        agency = posted.text("agency", missing="Chọn cơ quan.", most=80)
        if s.agencies.get(agency) is None:
            raise posted.PostedError("Chọn cơ quan trong danh sách.", "agency")
        functions, until, why = _functions(), _until(), reason()
        before = next((g for g in s.accounts.grants(account.key) if g[0] == agency), None)
        s.accounts.grant(account.key, agency, functions, until)
        self._log(
            "granted",
            account,
            why,
            {"agency": agency, "functions": before[1] if before else (), "until": before and before[2]},
            {"agency": agency, "functions": functions, "until": until},
        )
        return self.done("Đã ghi chức năng.", _url(account))

    def _place(self, account: Account) -> Answer:
        s = services()
        agency, unit, roles = _place_posted()
        why = reason()
        if _ADMIN in account.roles and _ADMIN not in roles:
            _keep_an_administrator(account)
        s.accounts.place(account.key, agency, unit, roles)
        self._log(
            "placed",
            account,
            why,
            {"agency": account.agency, "unit": account.unit, "roles": sorted(account.roles)},
            {"agency": agency, "unit": unit, "roles": sorted(roles)},
        )
        return self.done("Đã ghi nơi làm việc và vai trò.", _url(account))

    def _sheet(self, account: Account, note: tuple[Tone, str] | None = None) -> Record:
        s = services()
        names = {one.id: one.name for one in s.agencies.all()}
        today = _today()
        why = AccountDocument.objects(id=account.key).only("lock_reason").first()
        rows = []
        for agency, functions, until in s.accounts.grants(account.key):
            ended = until is not None and until < today
            rows.append(
                (
                    names.get(agency, agency),
                    ", ".join(FUNCTIONS.get(f, f) for f in functions),
                    Cell("Hết hạn", tone="") if ended else Cell("Còn hiệu lực", tone="ok"),
                    f"đến {until:%d/%m/%Y}" if until else "không thời hạn",
                )
            )
        word = "Khóa" if account.active else "Mở khóa"
        resting = s.accounts.resting(account.key, s.clock.now())
        alive = s.sessions.of(account.key, account.stamp)
        why_box = Box("reason", "Lý do", "textarea")
        agencies = [(one.id, one.name) for one in s.agencies.active(today)]
        return Record(
            title=account.name,
            lead=account.login,
            badges=(
                Cell("Hoạt động", tone="ok") if account.active else Cell("Đã khóa", tone="bad"),
                *((Cell("Chờ đổi mật khẩu", tone="warn"),) if account.must_change_password else ()),
                *((Cell(f"Tạm nghỉ đến {instant(resting)}", tone="warn"),) if resting else ()),
            ),
            notes=(note,) if note else (),
            acts=(
                Act("Giao chức năng", url_for(".grant", key=account.key), (
                    Box("agency", "Cơ quan", "select", account.agency, options=agencies),
                    Box("functions", "Chức năng", "checks", options=list(FUNCTIONS.items()), help="Thay cho chức năng đang có ở cơ quan này; không chọn ô nào là thôi giao."),
                    Box("until", "Ngày cuối được giao", "date", required=False, help="Để trống nếu không thời hạn."),
                    why_box,
                ), name="grant"),
                Act("Nơi làm việc, vai trò", url_for(".place", key=account.key), (*_place_boxes(account), why_box), name="place"),
                Act("Cấp mật khẩu mới", url_for(".password", key=account.key), (why_box,), name="password"),
                Act(word, url_for(".lock", key=account.key), (why_box,), "danger" if account.active else "secondary", name="lock"),
                *((Act("Cho đăng nhập lại", url_for(".release", key=account.key), (why_box,), name="release"),) if resting else ()),
                *((Act("Đăng xuất mọi thiết bị", url_for(".end_sessions", key=account.key), (why_box,), name="sessions"),) if alive else ()),
                *((Act("Bỏ mã một lần", url_for(".drop_codes", key=account.key), (why_box,), name="codes"),) if account.second_factor else ()),
                Act("Nhật ký", url_for("audit_admin.index", dt=account.key)),
            ),
            facts=(
                ("Cơ quan", names.get(account.agency or "", "Không có")),
                ("Phòng", _unit_name(account)),
                ("Vai trò", ", ".join(ROLES[r] for r in sorted(account.roles)) or "Không có"),
                ("Mã một lần", "Đang dùng" if account.second_factor else "Bắt buộc, chưa có" if account.decides and s.settings.second_factor_wanted else "Chưa dùng"),
                ("Lý do khóa", (why.lock_reason if why else "") or "Không có"),
            ),
            sections=(
                Section("Chức năng được giao", ("Cơ quan", "Chức năng", "Hiệu lực", "Thời hạn"), rows, "Chưa giao chức năng nào."),
                Section("Thiết bị đang đăng nhập", ("Thiết bị", "Đăng nhập lúc", "Dùng gần nhất", "Từ địa chỉ"), [
                    (browser_name(x.browser), instant(x.begun_at), instant(x.seen_at), x.address or "–") for x in alive
                ], "Không có thiết bị nào."),
                Section("Đăng nhập gần đây", ("Lúc", "Kết quả", "Từ địa chỉ"), [
                    (instant(x.at), Cell(*_result(x.result)), x.address or "–") for x in s.accounts.sign_ins(account.key)
                ], "Chưa đăng nhập lần nào."),
            ),
            breadcrumbs=[("Tài khoản", url_for(".index")), (account.name, "")],
        )  # fmt: skip

    def _log(
        self,
        what: str,
        account: Account,
        why: str,
        before: Mapping[str, object] | None = None,
        after: Mapping[str, object] | None = None,
    ) -> None:
        self.written(
            f"account.{what}",
            kind=KIND,
            target=account.key,
            label=f"{account.name} ({account.login})",
            reason=why,
            before=before,
            after=after,
        )


def _result(word: str) -> tuple[str, str, Tone]:
    label, tone = RESULTS.get(word, (word, ""))
    return label, "", tone


def _place_boxes(account: Account | None) -> tuple[Box, ...]:
    agencies = [(one.id, one.name) for one in services().agencies.active(_today())]
    return (
        Box("agency", "Cơ quan", "select", account.agency if account else None, required=False, options=agencies),
        Box("unit", "Mã phòng", value=account.unit if account else None, required=False, help="Như ghi ở trang của cơ quan."),
        Box("roles", "Vai trò trên toàn hệ thống", "checks", sorted(account.roles) if account else [], options=list(ROLES.items())),
    )  # fmt: skip


def _place_posted() -> tuple[str | None, str | None, list[str]]:
    agency_id, unit = posted.text("agency", most=80) or None, posted.text("unit", most=80) or None
    agency = services().agencies.get(agency_id) if agency_id else None
    if agency_id and agency is None:
        raise posted.PostedError("Chọn cơ quan trong danh sách.", "agency")
    if unit and (agency is None or agency.unit(unit) is None):
        known = ", ".join(u.id for u in agency.units) if agency else ""
        raise posted.PostedError(
            f"Cơ quan này không có phòng “{unit}”. Đang có: {known or 'chưa khai phòng nào'}.", "unit"
        )
    roles = posted.many("roles")
    if set(roles) - set(ROLES):
        raise posted.PostedError("Chọn vai trò trong danh sách.", "roles")
    return agency_id, unit, roles


def _functions() -> list[str]:
    found = posted.many("functions")
    if set(found) - set(FUNCTIONS):
        raise posted.PostedError("Chọn chức năng trong danh sách.", "functions")
    return found


def _until() -> date | None:
    until = posted.maybe_day("until", "Ngày cuối được giao")
    if until is not None and until < _today():
        raise posted.PostedError("Ngày cuối phải từ hôm nay trở đi.", "until")
    return until


def _contact(name: str) -> str:
    read = (parse_phone if name == "phone" else parse_email)(posted.text(name, most=254))
    if read.error is not None:
        raise posted.PostedError(read.error, name)
    return re.sub(r"\s", "", str(read.clean or ""))


def _keep_an_administrator(account: Account) -> None:
    others = AccountDocument.objects(roles=_ADMIN, active=True, id__ne=account.key).count()
    if _ADMIN in account.roles and not others:
        raise posted.PostedError("Phải còn ít nhất một quản trị hệ thống đang hoạt động.", "reason")


def _unit_name(account: Account) -> str:
    agency = services().agencies.get(account.agency) if account.agency else None
    unit = agency.unit(account.unit) if agency and account.unit else None
    return unit.name if unit else "Không có"


def _found(key: str) -> Account:
    account = services().accounts.get(key)
    if account is None or not account.staff:
        abort(404)
    return account


def _url(account: Account) -> str:
    return url_for(".overview", key=account.key)


def _today() -> date:
    return services().clock.now().astimezone(TZ).date()
