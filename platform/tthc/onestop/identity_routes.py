"""“Xác nhận danh tính”: an official of the counter confirms whose account it is, upon a document (Đ10.1a)."""

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from tthc.accounts.model import Account
from tthc.accounts.proof import DOCUMENTS, OF_ORGANISATIONS
from tthc.accounts.service import AccountError
from tthc.accounts.session import current_account, current_actor
from tthc.notices.masking import masked_address
from tthc.onestop.here import agency_here
from tthc.services import services
from tthc.web.access import access

blueprint = Blueprint("identity", __name__, url_prefix="/motcua/<slug>/xac-nhan-danh-tinh")

Answer = BaseResponse | str | tuple[str, int]


@blueprint.get("")
@access("staff:tiep_nhan")
def index(slug: str) -> Answer:
    return render_template("onestop/identity.html", agency=agency_here(slug), found=None, wrong={}, typed={})


@blueprint.post("")
@access("staff:tiep_nhan")
def find(slug: str) -> Answer:
    """By what the person signs in with; posted, so that it stays out of addresses and their logs."""
    agency, login = agency_here(slug), request.form.get("login", "")
    found = services().accounts.by_login(login)
    if found is None or found.staff:
        told = {"login": "Không có tài khoản người dân nào đăng nhập bằng số hoặc thư này."}
        page = render_template(
            "onestop/identity.html", agency=agency, found=None, wrong=told, typed=request.form
        )
        return page, 422
    return redirect(url_for(".show", slug=slug, key=found.key))


@blueprint.get("/<key>")
@access("staff:tiep_nhan")
def show(slug: str, key: str) -> Answer:
    return _page(slug, _citizen(key), {})


@blueprint.post("/<key>")
@access("staff:tiep_nhan")
def confirm(slug: str, key: str) -> Answer:
    """The person stands here, and this is their document."""
    agency, s, form, account = agency_here(slug), services(), request.form, _citizen(key)
    try:
        done = s.identities.confirm(
            account.key,
            by=current_account(),
            agency=agency.id,
            present=form.get("present") == "yes",
            document=form.get("document", ""),
            number=form.get("number", "")[:40],
            name=form.get("name", "")[:200],
            citizen_number=form.get("citizen_number", "")[:40],
            tax_number=form.get("tax_number", "")[:40],
            now=s.clock.now(),
        )
    except AccountError as error:
        return _page(slug, account, {error.field or "name": error.message}), 422
    assert done.proof is not None
    s.acts.log(
        current_account(),
        "account.identity",
        s.clock.now(),
        kind="account",
        target=done.key,
        label=done.name,
        reason=f"{done.proof.document_name}, {agency.name}",
    )
    flash(f"Đã xác thực tài khoản của {done.name}.", "ok")
    return redirect(url_for(".show", slug=slug, key=key))


@blueprint.post("/<key>/huy")
@access("staff:tiep_nhan")
def withdraw(slug: str, key: str) -> Answer:
    """It was confirmed by mistake."""
    s, account = services(), _citizen(key)
    try:
        s.identities.withdraw(account.key, request.form.get("reason", ""))
    except AccountError as error:
        return _page(slug, account, {error.field or "reason": error.message}), 422
    s.acts.log(
        current_account(),
        "account.identity_withdrawn",
        s.clock.now(),
        kind="account",
        target=account.key,
        label=account.name,
        reason=request.form.get("reason", ""),
    )
    flash("Đã hủy xác thực; người dân vẫn dùng được tài khoản.", "ok")
    return redirect(url_for(".show", slug=slug, key=key))


def _citizen(key: str) -> Account:
    account = services().accounts.get(key)
    if account is None or account.staff:
        abort(404)
    return account


def _page(slug: str, account: Account, wrong: dict[str, str]) -> str:
    """Reading somebody's account is reading personal data, and is logged (Đ9.1e)."""
    s, agency = services(), agency_here(slug)
    s.reads.log(current_actor(), "", f"tai-khoan:{account.key}", s.clock.now())
    organisation = account.kind == "organisation"
    place = s.agencies.get(account.proof.agency) if account.proof and account.proof.agency else None
    return render_template(
        "onestop/identity.html",
        agency=agency,
        found=account,
        contacts=[masked_address(one) for one in (account.phone, account.email) if one],
        documents=[(k, v) for k, v in DOCUMENTS.items() if (k in OF_ORGANISATIONS) == organisation],
        place=place,
        wrong=wrong,
        typed=request.form,
    )
