"""What every page is given: the site's name, the way around, who is signed in, and helpers of templates."""

from collections.abc import Callable, Mapping
from datetime import datetime
from functools import partial
from typing import Any

from flask import request, url_for

from definitions.model import Definition
from renderers.html.form import render_summary
from renderers.html.kept import kept_words
from renderers.html.procedure import deadline_words
from renderers.sheets.table import shown
from rules.deadlines import remaining_minutes, remaining_text
from rules.i18n import gettext, noted
from tthc.accounts.model import OVERSEER, Account
from tthc.accounts.session import current_actor, signed_in
from tthc.agencies.model import Agency, Level
from tthc.dossiers.blocked import names
from tthc.dossiers.context import CLERK, ONE_STOP_HEAD, RECEPTION
from tthc.dossiers.file_places import stored_files
from tthc.dossiers.handover_lists import HandoverLists
from tthc.dossiers.queries import Row
from tthc.dossiers.state import Document, Dossier, Status
from tthc.dossiers.status import LABELS
from tthc.notices.reading import Notes, addresses
from tthc.onestop import inboxes
from tthc.onestop.intake_clock import intake_left
from tthc.portal.applications import Application
from tthc.portal.filling import Filling
from tthc.portal.told_files import STANDINGS, hints
from tthc.registry.sectors import sector_name
from tthc.reports import rights
from tthc.services import Services, services
from tthc.web.idempotency import command_id
from tthc.web.language import language, other_languages
from tthc.web.sending import parts_url
from tthc.web.speaking import shown_definition, shown_text, untranslated

SITE = {"name": noted("Cổng Dịch vụ công"), "tagline": noted("Tỉnh Sơn La")}
TONES = {
    Status.SUBMITTED: "info",
    Status.SUPPLEMENT_AT_INTAKE: "warn",
    Status.SOLVING: "info",
    Status.WAITING_APPLICANT: "warn",
    Status.RESULT_READY: "ok",
    Status.RETURNED: "ok",
    Status.REFUSED: "bad",
    Status.DECLINED: "bad",
    Status.WITHDRAWN: "",
}
STAFF_LABELS = {
    Status.SUPPLEMENT_AT_INTAKE: "Chờ bổ sung",  # vi: officials read it
    Status.WAITING_APPLICANT: "Chờ người nộp trả lời",  # vi: officials read it
}
DOCUMENTS = {
    "draft": noted("Dự thảo"),
    "result": noted("Kết quả"),
    "notice": noted("Thông báo"),
    "apology": noted("Phiếu xin lỗi"),
    "extension": noted("Đề nghị gia hạn"),
    "minutes": noted("Biên bản xác minh"),
    "attachment": noted("Văn bản kèm"),
}


def page_context() -> Mapping[str, Any]:
    """Variables of the base templates (see the heads of `base/*.html`)."""
    if request.endpoint == "static":
        return {}
    account = signed_in()
    s = services()
    slug = (request.view_args or {}).get("slug")
    common: dict[str, Any] = {
        "language": language(),
        "other_languages": other_languages(),
        "site": {**{key: gettext(text) for key, text in SITE.items()}, "home": "/"},
        "search_url": url_for("catalogue.index"),
        "search_query": request.args.get("q", ""),
        "footer": {
            "lines": [
                gettext("Ủy ban nhân dân tỉnh Sơn La"),
                gettext("Cổng tiếp nhận hồ sơ 24 giờ mỗi ngày."),
            ],
            "links": [
                (gettext("Tra cứu hồ sơ"), url_for("track.track")),
                (gettext("Các cơ quan"), url_for("agency_pages.index")),
                (gettext("Số liệu"), url_for("public_figures.index")),
                (gettext("Kiểm tra chữ ký số"), url_for("result.check")),
                (gettext("Đánh giá"), url_for("ratings.all_agencies")),
                (gettext("Phản ánh, kiến nghị"), url_for("feedback.write")),
                (gettext("Hỏi đáp"), url_for("feedback.questions")),
            ],
        },
        "login_url": url_for("accounts.sign_in"),
    }
    if account is not None:
        common["account"] = {
            "name": account.name,
            "url": url_for("accounts.profile"),
            "logout_url": url_for("accounts.sign_out"),
        }
    agency = s.agencies.by_slug(slug) if slug and account is not None else None
    if agency is not None and account is not None and opens(account, agency.id):
        return {**common, **_workspace(s, agency)}
    return {**common, "nav": _nav(account)}


def opens(account: Account, agency: str) -> bool:
    """Whether a workspace is shown to this account: it works there, or watches over all of them (Đ23.1)."""
    return bool(account.functions_at(agency)) or (account.staff and OVERSEER in account.roles)


def _nav(account: Account | None) -> list[dict[str, Any]]:
    entries = [(gettext("Thủ tục"), "catalogue.index", 0), (gettext("Tra cứu"), "track.track", 0)]
    if account is not None and not account.staff:
        entries += [
            (gettext("Hồ sơ của tôi"), "mine.index", 0),
            (gettext("Thông báo"), "notices.index", Notes(services().database).unread(addresses(account))),
        ]
    return [
        {"label": label, "url": url_for(endpoint), "current": request.endpoint == endpoint, "count": count}
        for label, endpoint, count in entries
    ]


def _workspace(s: Services, agency: Agency) -> dict[str, Any]:
    """The inboxes with their counts: the business of those who work there, even on a page that refuses."""
    slug = agency.slug
    actor = current_actor()
    now = s.clock.now()
    chosen = (request.view_args or {}).get("inbox_id")
    entries: list[dict[str, Any]] = [
        {
            "label": "Việc hôm nay",  # vi: officials read it
            "url": url_for("workspace.home", slug=slug),
            "current": request.endpoint == "workspace.home",
        }
    ]
    if RECEPTION in actor.functions:
        entries.append(
            {
                "label": "Tiếp nhận",  # vi: officials read it
                "url": url_for("counter.index", slug=slug),
                "current": request.blueprint == "counter",
            }
        )
    for inbox in inboxes.for_actor(actor):
        count = inboxes.count(s.lists, inbox, actor, agency.id, now)
        entries.append(
            {
                "label": inbox.label,
                "url": url_for("workspace.inbox", slug=slug, inbox_id=inbox.id),
                "count": count,
                "tone": inbox.tone if count != "0" else "",
                "current": chosen == inbox.id,
            }
        )
    if {ONE_STOP_HEAD, RECEPTION} & actor.functions:
        late = url_for("solving.late_opinions", slug=slug)
        current = request.endpoint == "solving.late_opinions"
        label = "Ý kiến quá hạn"  # vi: officials read it
        entries.append({"label": label, "url": late, "count": None, "current": current})
    entries.append(
        {
            "label": "Bàn giao",  # vi: officials read it
            "url": url_for("handover.index", slug=slug),
            "count": HandoverLists(s.repository).count(
                actor.functions, agency.id, gives=RECEPTION in actor.functions
            ),
            "current": request.blueprint == "handover",
        }
    )
    if actor.functions & {RECEPTION, CLERK}:
        current = request.endpoint == "returning.books"
        url = url_for("returning.books", slug=slug)
        label = "Sổ văn bản"  # vi: officials read it
        entries.append({"label": label, "url": url, "count": None, "current": current})
    if actor.functions & {RECEPTION, "phe_duyet"} and s.payments.gateways:
        current = request.blueprint == "money"
        url = url_for("money.index", slug=slug)
        label = "Thanh toán, hoàn tiền"  # vi: officials read it
        entries.append({"label": label, "url": url, "count": None, "current": current})
    entries.append(
        {
            "label": "Hồ sơ kẹt",  # vi: officials read it
            "url": url_for("clocks.stuck", slug=slug),
            "count": s.sticking.count(None if agency.level is Level.CENTER else agency.id),
            "tone": "bad",
            "current": request.endpoint == "clocks.stuck",
        }
    )
    entries.append(
        {
            "label": "Phản ánh, hỏi đáp",  # vi: officials read it
            "url": url_for("feedback_desk.index", slug=slug),
            "count": s.feedback.overdue(None if agency.level is Level.CENTER else agency.id, s.clock.now()),
            "tone": "bad",
            "current": request.blueprint == "feedback_desk",
        }
    )
    if rights.sees(signed_in(), agency.id):
        entries.append(
            {
                "label": "Theo dõi, báo cáo",  # vi: officials read it
                "url": url_for("reports.index", slug=slug),
                "count": None,
                "current": request.blueprint in {"reports", "report_lists"},
            }
        )
    return {
        "inboxes": entries,
        "can_receive": RECEPTION in actor.functions,
        "site": {
            "name": "Một cửa điện tử",  # vi: officials read it
            "tagline": agency.name,
            "home": url_for("workspace.home", slug=slug),
        },
        "search_url": url_for("workspace.inbox", slug=slug, inbox_id=inboxes.ALL.id),
    }


def page_helpers() -> Mapping[str, Callable[..., Any]]:
    """Functions that templates call."""
    return {
        "status_words": status_words,
        "document_label": document_label,
        "deadline_words": deadline_words,
        "kept_words": kept_words,
        "paper_files": paper_files,
        "sector_name": sector_name,
        "summary_of": summary_of,
        "shown_text": shown_text,
        "untranslated": untranslated,
        "progress_of": progress_of,
        "time_left": time_left,
        "shown_cell": shown,
        "intake_left_of": intake_left_of,
        "held_words": held_words,
        "stored_files": stored_files,
        "parts_url": parts_url,
        "blocked_names": partial(names, staff=True),
        "fresh_id": lambda: command_id(fresh=True),
        "identity_lacking": identity_lacking,
    }


def identity_lacking(definition: Definition) -> bool:
    """The procedure asks for a confirmed identity that the reader's account has not (Đ10.1a)."""
    account = signed_in()
    return definition.identity == "verified" and (account is None or account.level != "verified")


def status_words(dossier: Dossier) -> dict[str, str]:
    """`{label, tone}` in the reader's own words: the applicant is “ông/bà”, to staff they are “người nộp”."""
    account = signed_in()
    staff = account is not None and account.staff
    label = STAFF_LABELS.get(dossier.status, LABELS[dossier.status]) if staff else LABELS[dossier.status]
    return {"label": gettext(label), "tone": TONES[dossier.status]}


def time_left(dossier: Dossier, now: datetime) -> str:
    """`còn 1 ngày 4 giờ làm việc`; empty where no time is running or standing."""
    deadline, accepted_at = dossier.deadline, dossier.accepted_at
    if deadline is None or accepted_at is None or dossier.closed or dossier.solved_at is not None:
        return ""
    left = remaining_minutes(
        deadline.rule,
        accepted_at,
        services().calendar(dossier.agency),
        deadline.pauses,
        now,
        extensions=deadline.extensions,
    )
    return "" if left is None else remaining_text(left, deadline.unit)


def intake_left_of(dossier: Dossier | Row, now: datetime) -> str:
    """How much of the time to receive it is left; a row of a list knows it as its nearest date."""
    if dossier.status is not Status.SUBMITTED:
        return ""
    due = dossier.next_due if isinstance(dossier, Row) else dossier.intake_due
    s = services()
    return intake_left(due, now, s.calendar(dossier.agency), s.dossiers.policy.intake)


def document_label(document: Document) -> str:
    label = DOCUMENTS.get(document.kind, noted("Văn bản"))
    return gettext(label)


def paper_files(
    application: Application, paper_id: str, where: str = "uploads", slug: str = ""
) -> list[dict[str, Any]]:
    """Files of one paper with the addresses to look at and to remove each."""
    at: dict[str, Any] = {
        "application_id": application.id,
        "paper_id": paper_id,
        **({"slug": slug} if slug else {}),
    }
    remove = "counter.unscan" if where == "counter" else "uploads.remove"
    files = application.files.get(paper_id, ())
    standings = services().files.standings(file.sha256 for file in files)
    doubts = hints(services(), files) if files else {}
    return [
        {
            "name": file.name,
            "size": file.size,
            "sha256": file.sha256,
            "view_url": ""
            if file.sha256 in standings
            else url_for(f"{where}.view", sha256=file.sha256, **at),
            "remove_url": url_for(remove, sha256=file.sha256, **at),
            "state": gettext(STANDINGS.get(standings.get(file.sha256, ""), "")),
            "hints": doubts.get(file.sha256, ()),
        }
        for file in files
    ]


def summary_of(dossier: Dossier, definition: Definition, slug: str = "", *, mask: bool = False) -> Any:
    """What was answered, as rows; of a dossier as handed in. `slug`: of the agency whose staff reads it; the applicant
    without.
    """

    def file_url(sha256: str) -> str:
        if slug:
            return url_for("workspace.file", slug=slug, dossier_id=dossier.id, sha256=sha256)
        return url_for("mine.file", dossier_id=dossier.id, sha256=sha256)

    form = shown_definition(definition).whole_form
    return render_summary(
        form, dossier.answers or {}, mask=mask, file_url=file_url, file_state=held_words, level=3
    )


def held_words(sha256: str) -> str:
    """Why a stored file may not be opened (yet); empty where it may."""
    s = services()
    if not s.settings.clamav:
        return ""
    return gettext(STANDINGS.get(s.files.standings([sha256]).get(sha256, ""), ""))


def progress_of(filling: Filling, url: Callable[..., str]) -> list[dict[str, str]]:
    return [{"title": step.title, "url": url(step)} for step in filling.steps]
