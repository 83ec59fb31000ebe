"""What the pages of the system's administration share: drawing a sheet, writing an act down."""

from collections.abc import Callable, Mapping

from flask import flash, redirect
from werkzeug.wrappers import Response

from admin import posted
from admin.sheet import Form, Record
from admin.views.base import ADMINS, Answer, Page
from tthc.accounts.session import current_account
from tthc.services import services

REASON = "Ghi lý do, để người xem nhật ký sau này hiểu."


class Desk(Page):
    """A page of the administrators."""

    rules: tuple[str, ...] = (ADMINS,)

    def record(
        self,
        sheet: Record,
        *,
        opened: str = "",
        wrong: Mapping[str, str] | None = None,
        typed: Mapping[str, object] | None = None,
    ) -> Answer:
        """`opened`: the act that was refused; it stays open with what was typed, and the answer is 422."""
        page = self.show(
            "admin/record.html",
            sheet=sheet,
            opened=opened,
            wrong=wrong or {},
            typed=typed or {},
            breadcrumbs=list(sheet.breadcrumbs),
        )
        return (page, 422) if wrong else page

    def form(self, sheet: Form) -> Answer:
        page = self.show("admin/form.html", sheet=sheet, breadcrumbs=list(sheet.breadcrumbs))
        return (page, 422) if sheet.wrong else page

    def done(self, said: str, url: str) -> Response:
        flash(said, "ok")
        return redirect(url)

    def written(
        self,
        what: str,
        *,
        kind: str,
        target: str,
        label: str,
        reason: str = "",
        before: Mapping[str, object] | None = None,
        after: Mapping[str, object] | None = None,
    ) -> None:
        """Write down what whoever is signed in has done (Đ24.2)."""
        s = services()
        s.acts.log(
            current_account(),
            what,
            s.clock.now(),
            kind=kind,
            target=target,
            label=label,
            reason=reason,
            before=before,
            after=after,
        )

    def tried(self, act: Callable[[], Answer], refused: Callable[[Mapping[str, str]], Answer]) -> Answer:
        """Do it, or show again what was typed with what is wrong."""
        try:
            return act()
        except posted.PostedError as error:
            return refused({error.field: error.message})


def reason() -> str:
    """The reason that was posted; refused where there is none."""
    return posted.text("reason", missing=REASON)
