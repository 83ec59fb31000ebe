"""The search over all logs, and its export, which is itself logged (Đ24.2)."""

from collections.abc import Mapping
from datetime import datetime, time, timedelta
from urllib.parse import urlencode

from flask import abort, make_response, request, url_for
from flask_admin import expose

from admin import posted
from admin.sheet import Act, Box, Record, Section
from admin.views.base import ADMINS, Answer
from admin.views.desk import Desk, reason
from renderers.text import instant
from rules.calendar import TZ
from tthc.audit.search import EXPORT, KINDS, Wanted, as_csv
from tthc.services import services
from tthc.web.access import access

KEPT = ("loai", "ng", "dt", "tu.d", "tu.m", "tu.y", "den.d", "den.m", "den.y")


class Audit(Desk):
    """By person, by object, by day; page by key; CSV with a reason."""

    @expose("/")
    def index(self) -> Answer:
        return self._page({})

    @expose("/xuat", methods=("POST",))
    @access(ADMINS)
    def export(self) -> Answer:
        return self.tried(self._export, self._page)

    def _export(self) -> Answer:
        why = reason()
        wanted, _ = self._wanted()
        lines = services().audit.every(wanted)
        told = {k: v for k, v in request.args.items() if k in KEPT and v}
        self.written(
            "audit.exported",
            kind="audit",
            target=wanted.kind,
            label=KINDS[wanted.kind],
            reason=why,
            after={**told, "rows": len(lines)},
        )
        answer = make_response(as_csv(lines))
        answer.headers["Content-Type"] = "text/csv; charset=utf-8"
        answer.headers["Content-Disposition"] = f'attachment; filename="nhat-ky-{wanted.kind}.csv"'
        return answer

    def _page(self, wrong: Mapping[str, str]) -> Answer:
        wanted, wrong_filter = self._wanted()
        try:
            lines, after = services().audit.find(wanted, request.args.get("sau") or None)
        except ValueError:
            abort(404)
        kept = {k: request.args[k] for k in KEPT if request.args.get(k)}
        rows = [(instant(line.at), line.who, line.what, line.target, line.detail or "–") for line in lines]
        sheet = Record(
            title="Nhật ký",
            lead=KINDS[wanted.kind],
            tabs=[
                {"label": label, "url": url_for(".index", loai=key), "current": key == wanted.kind}
                for key, label in KINDS.items()
            ],
            filters=(
                Box("loai", type="hidden", value=wanted.kind),
                Box("ng", "Người (tên đăng nhập)", value=request.args.get("ng", ""), required=False),
                Box("dt", "Đối tượng (mã)", value=request.args.get("dt", ""), required=False),
                Box("tu", "Từ ngày", "date", self._boxes("tu"), required=False),
                Box("den", "Đến hết ngày", "date", self._boxes("den"), required=False),
            ),
            acts=(
                Act(
                    "Xuất CSV",
                    f"{url_for('.export')}?{urlencode(kept)}",
                    (Box("reason", "Lý do", "textarea", help=f"Nhiều nhất {EXPORT} dòng mới nhất; việc xuất cũng được ghi nhật ký."),),
                    name="export",
                ),
            ),
            sections=(
                Section(
                    "",
                    ("Lúc", "Người", "Việc", "Đối tượng", "Chi tiết"),
                    rows,
                    "Không có dòng nào như vậy.",
                    following=f"{url_for('.index')}?{urlencode({**kept, 'sau': after})}" if after else "",
                ),
            ),
        )  # fmt: skip
        shown = {**wrong, **wrong_filter}
        return self.record(
            sheet, opened="export" if wrong else "", wrong=shown, typed=posted.typed() if wrong else {}
        )

    def _wanted(self) -> tuple[Wanted, dict[str, str]]:
        """The filters, and what is wrong with those that cannot be read."""
        kind = request.args.get("loai", "")
        wrong: dict[str, str] = {}
        days = {}
        for name, label in (("tu", "Từ ngày"), ("den", "Đến hết ngày")):
            try:
                days[name] = posted.maybe_day(name, label, request.args.to_dict(flat=False))
            except posted.PostedError as error:
                wrong[name] = error.message
        login = request.args.get("ng", "").strip()[:254]
        account = services().accounts.by_login(login) if login else None
        if login and account is None:
            wrong["ng"] = f"Không có tài khoản “{login}”; nhập đúng tên đăng nhập."
        since, until = days.get("tu"), days.get("den")
        midnight = time(tzinfo=TZ)
        return (
            Wanted(
                kind=kind if kind in KINDS else "quan-tri",
                by=account.key if account else "",
                target=self._target(request.args.get("dt", "").strip()[:200]),
                since=datetime.combine(since, midnight) if since else None,
                until=datetime.combine(until + timedelta(days=1), midnight) if until else None,
            ),
            wrong,
        )

    def _target(self, told: str) -> str:
        """A dossier is named by its code, an account by its login; what is kept are their ids."""
        s = services()
        dossier = s.repository.by_code(told.upper()) if told else None
        account = s.accounts.by_login(told) if told and dossier is None else None
        return dossier.id if dossier else account.key if account else told

    def _boxes(self, name: str) -> object:
        parts = {key: request.args.get(f"{name}.{key}", "") for key in "dmy"}
        return parts if any(parts.values()) else None
