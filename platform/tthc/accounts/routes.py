"""The account pages: opening one, signing in and out, the profile that fills forms, the password."""

from datetime import date

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from forms.model import Field
from forms.types import REGISTRY
from rules.i18n import gettext
from tthc.accounts import session
from tthc.accounts.confirm_routes import begin_contact, begin_registration
from tthc.accounts.forms import KINDS, PasswordForm, ProfileForm, RegisterForm, SignInForm, errors_of
from tthc.accounts.landing import landing
from tthc.accounts.logins import normal_login
from tthc.accounts.model import TERMS_VERSION, Account
from tthc.accounts.safety_routes import await_code
from tthc.accounts.service import AccountError, Registration
from tthc.accounts.session import current_account, signed_in
from tthc.services import services
from tthc.web import limits
from tthc.web.access import access
from tthc.web.redirects import safe_next

blueprint = Blueprint("accounts", __name__)

Page = str | Response | tuple[str, int]
_BIRTH_DATE = Field(id="birth_date", type="date", label="Ngày sinh")  # vi: never shown


@blueprint.route("/dang-nhap", methods=["GET", "POST"])
@access("public")
@limits.limiter.limit(limits.SIGN_IN, methods=["POST"])
def sign_in() -> Page:
    if (found := signed_in()) is not None and request.method == "GET":
        return redirect(landing(found))
    form = SignInForm()
    if not form.is_submitted():
        return _sign_in_page(form, {})
    if not form.validate():
        return _sign_in_page(form, errors_of(form)), 422
    s = services()
    try:
        account = s.accounts.sign_in(
            form.login.data or "",
            form.password.data or "",
            s.clock.now(),
            address=request.remote_addr or "",
            browser=request.user_agent.string,
        )
    except AccountError as error:
        return _sign_in_page(form, {"login": error.message}), 422
    if account.second_factor:
        return await_code(account, safe_next(""))
    session.begin(account)
    return redirect(landing(account))


@blueprint.post("/dang-xuat")
@access("public")
def sign_out() -> Page:
    via = session.via()
    session.end()
    if via and any(one.id == via for one in services().settings.providers):
        return redirect(url_for("oidc.left", provider=via))
    flash(gettext("Ông/bà đã đăng xuất."), "ok")
    return redirect("/")


@blueprint.route("/dang-ky", methods=["GET", "POST"])
@access("public")
@limits.limiter.limit(limits.REGISTER, methods=["POST"])
def register() -> Page:
    form = RegisterForm()
    if not form.is_submitted():
        return _register_page(form, {})
    if not form.validate():
        return _register_page(form, errors_of(form)), 422
    organisation = form.kind.data == "organisation"
    who = Registration(
        kind="organisation" if organisation else "person",
        name=form.name.data or "",
        password=form.password.data or "",
        phone=form.phone.data or "",
        email=form.email.data or "",
        citizen_number=form.citizen_number.data or "",
        tax_number=(form.tax_number.data or "") if organisation else "",
        representative=(form.representative.data or "") if organisation else "",
        terms_version=TERMS_VERSION,
    )
    try:
        return begin_registration(who)
    except AccountError as error:
        name = "phone" if who.phone else "email"
        return _register_page(form, {error.field if error.field != "code" else name: error.message}), 422


@blueprint.route("/tai-khoan", methods=["GET", "POST"])
@access("signed_in")
def profile() -> Page:
    account = current_account()
    form = ProfileForm(obj=account)
    source = request.form.to_dict(flat=False)
    kind = REGISTRY["date"]
    born = (
        kind.collect(_BIRTH_DATE, source, "birth_date") if form.is_submitted() else _iso(account.birth_date)
    )
    if not form.is_submitted():
        return _profile_page(form, {}, account, born)
    read = kind.parse(_BIRTH_DATE, born)
    wrong = {} if form.validate() else errors_of(form)
    if read.error is not None:
        wrong["birth_date"] = read.error
    if account.staff and (form.name.data or "").strip() != account.name:
        # the history and the papers name who acted: nobody may do so under a colleague's name
        wrong["name"] = (
            "Họ tên của cán bộ do quản trị hệ thống ghi; ông/bà báo quản trị nếu cần sửa."  # vi: for officials
        )
    phone, email, unproven = _contacts(form, account)
    if not wrong and account.proof is not None:
        wrong = _fixed(form, account)
    if wrong:
        return _profile_page(form, wrong, account, born), 422
    try:
        services().accounts.update_profile(
            account.key,
            name=form.name.data or "",
            phone=phone,
            email=email,
            citizen_number=form.citizen_number.data or "",
            tax_number=form.tax_number.data or "",
            birth_date=read.value if isinstance(read.value, date) else None,
            representative=form.representative.data or "",
            address=form.address.data or "",
        )
    except AccountError as error:
        return _profile_page(form, {error.field or "name": error.message}, account, born), 422
    flash(gettext("Đã lưu thông tin. Các biểu mẫu sau sẽ được điền sẵn."), "ok")
    if unproven:
        try:
            return begin_contact(account, *unproven)
        except AccountError as error:
            flash(error.message, "warn")
    return redirect(url_for("accounts.profile"))


def _contacts(form: ProfileForm, account: Account) -> tuple[str, str, tuple[str, ...]]:
    """Telephone and e-mail to be kept now, and those that are kept only once their codes were right (Đ10.1a).

    An official's contacts sign nobody in through a lost password, and stay theirs to write.
    """
    phone, email = form.phone.data or "", form.email.data or ""
    if account.staff:
        return phone, email, ()
    new_phone = bool(phone) and normal_login(phone) != normal_login(account.phone)
    new_email = bool(email) and normal_login(email) != normal_login(account.email)
    unproven = tuple(one for one, new in ((phone, new_phone), (email, new_email)) if new)
    return account.phone if new_phone else phone, account.email if new_email else email, unproven


def _fixed(form: ProfileForm, account: Account) -> dict[str, str]:
    """What was confirmed of an account is not written over by whoever has its password."""
    told = gettext("Đã được xác thực; muốn sửa, ông/bà mang giấy tờ đến Bộ phận Một cửa.")
    kept = {"name": account.name, "citizen_number": account.citizen_number}
    if account.kind == "organisation":
        kept["tax_number"] = account.tax_number
    return {
        name: told
        for name, value in kept.items()
        if value and (getattr(form, name).data or "").strip() != value
    }


@blueprint.route("/tai-khoan/mat-khau", methods=["GET", "POST"])
@access("signed_in")
@limits.limiter.limit(limits.SIGN_IN, methods=["POST"])
def change_password() -> Page:
    account = current_account()
    form = PasswordForm()
    if not form.is_submitted():
        return _password_page(account, {})
    if not form.validate():
        return _password_page(account, errors_of(form)), 422
    try:
        changed = services().accounts.change_password(
            account.key, form.old_password.data or "", form.password.data or ""
        )
    except AccountError as error:
        return _password_page(account, {error.field: error.message}), 422
    session.begin(changed)
    flash(gettext("Đã đổi mật khẩu. Các thiết bị khác đã được đăng xuất."), "ok")
    return redirect(landing(changed) if account.must_change_password else url_for("accounts.profile"))


@blueprint.get("/dieu-khoan")
@access("public")
def terms() -> Page:
    """What one agrees to when opening an account (Đ6, Đ26)."""
    return render_template("accounts/terms.html", version=TERMS_VERSION)


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _sign_in_page(form: SignInForm, wrong: dict[str, str]) -> str:
    return render_template(
        "accounts/sign_in.html",
        form=form,
        wrong=wrong,
        next=safe_next(""),
        demo=_demonstration(),
        providers=services().settings.providers,
    )


def _demonstration() -> tuple[object, ...]:
    """The accounts to try, where there are any: outside production, once they were loaded."""
    from tthc import demo

    s = services()
    known = () if s.settings.production else demo.accounts()
    return known if known and s.accounts.by_login(known[0].login) is not None else ()


def _register_page(form: RegisterForm, wrong: dict[str, str]) -> str:
    kinds = [(value, gettext(label)) for value, label in KINDS]
    return render_template("accounts/register.html", form=form, wrong=wrong, kinds=kinds, next=safe_next(""))


def _profile_page(form: ProfileForm, wrong: dict[str, str], account: Account, born: object) -> str:
    providers = () if account.staff else services().settings.providers
    return render_template(
        "accounts/profile.html",
        form=form,
        wrong=wrong,
        who=account,
        born=born,
        agency=services().agencies.get(account.agency) if account.agency else None,
        workplace=services().agencies.get(account.workplace) if account.workplace else None,
        sign_ins=services().accounts.sign_ins(account.key),
        providers=providers,
        links={one.provider: one for one in services().links.of(account.key)} if providers else {},
        unproven=[
            which
            for which, value in (("phone", account.phone), ("email", account.email))
            if value and not account.staff and normal_login(value) not in account.confirmed
        ],
    )


def _password_page(account: Account, wrong: dict[str, str]) -> str:
    return render_template("accounts/password.html", wrong=wrong, forced=account.must_change_password)
