"""What every page of the administration shares: its rule, its frame, and Flask-Admin kept out of its look."""

from collections.abc import Callable
from pathlib import Path
from typing import Any, Final, TypeAlias

from flask import render_template
from flask_admin import BaseView
from werkzeug.wrappers import Response

from tthc.accounts.session import signed_in
from tthc.services import services
from tthc.web.rules import Verdict, judge

Answer: TypeAlias = str | Response | tuple[str, int]

STATIC: Final = Path(__file__).parents[1] / "static"
SITE: Final = {"name": "Quản trị", "tagline": "Bản cấu hình và hệ thống", "home": "/quan-tri/"}
WRITERS: Final = "kiem_soat"
REVIEWERS: Final = "tham_dinh_cau_hinh"
PUBLISHERS: Final = "cong_bo_ky_thuat"
ADMINS: Final = "admin"
ASKERS: Final = "quan_tri_co_quan"


class Page(BaseView):
    """A view of the administration. `rules`: who may come in at all (`tthc.web.rules`); a single address may ask more.

    `listed`: whether the side bar names it; `under`: the view whose entry is marked instead, where it does not.
    """

    rules: tuple[str, ...] = ()
    listed = True

    def __init__(self, *, under: "Page | None" = None, **settings: Any) -> None:
        if not self.listed:
            self._default_view = ""  # the page that the side bar would lead to
        super().__init__(**settings)
        self._entry = under or self

    def is_visible(self) -> bool:
        return self.listed

    def is_accessible(self) -> bool:
        return judge(self.rules, signed_in(), None) is Verdict.ALLOWED

    def _run_view(self, fn: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        """Flask-Admin's own calls the view a second time after a TypeError and so hides what went wrong."""
        return fn(self, *args, **kwargs)

    def show(self, template: str, **context: Any) -> str:
        """One of our pages, in the officials' frame."""
        return render_template(
            template,
            site=SITE,
            search_url=None,
            inboxes=self._menu(),
            now=services().clock.now(),
            **context,
        )

    def _menu(self) -> list[dict[str, Any]]:
        """Flask-Admin's menu as groups of the side bar, without what this person may not see."""
        admin = self.admin
        assert admin is not None
        groups: dict[str, list[dict[str, Any]]] = {}
        for item in admin.menu():
            children = item.get_children() if item.is_category() else [item]
            heading = item.name if item.is_category() else SITE["name"]
            for child in children:
                if child.is_visible() and child.is_accessible():
                    entry = {
                        "label": child.name,
                        "url": child.get_url(),
                        "current": child.is_active(self._entry),
                    }
                    groups.setdefault(heading, []).append(entry)
        return [{"heading": heading, "entries": entries} for heading, entries in groups.items()]


def may(rule: str) -> bool:
    """Whether whoever is signed in meets a rule: for showing what they can do, never for letting them."""
    return judge((rule,), signed_in(), None) is Verdict.ALLOWED
