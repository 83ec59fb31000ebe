"""In which language a page is shown: Vietnamese unless its reader has chosen English by the switch in the page's head.

What the browser says of itself is not asked: many a telephone in the province is set to English by a reader of
Vietnamese. `?lang=en` chooses and is remembered in a cookie. Staff work in Vietnamese, and whatever is printed is
Vietnamese, the language its law is in (docs/decisions/0056).
"""

from contextlib import AbstractContextManager
from typing import Final
from urllib.parse import urlencode

from flask import Flask, Response, g, request

from renderers.catalogue import LANGUAGES, translations
from rules.i18n import VIETNAMESE, speaking
from tthc.accounts.session import signed_in

COOKIE: Final = "tthc_lang"
PARAMETER: Final = "lang"
SHOWN_IN: Final = "language"
_YEAR: Final = 365 * 24 * 3600
_NAMES: Final = {"vi": "Tiếng Việt", "en": "English"}  # vi: its own name
_STAFF: Final = ("/motcua", "/giam-sat", "/bao-cao", "/chup-giay-to", "/quan-tri", "/api", "/static")
_PRINTED: Final = (".pdf", ".csv", ".json", ".zip", ".xlsx")


def install(app: Flask, *, secure: bool) -> None:
    """Choose at the beginning of each request, remember at its end."""

    @app.before_request
    def begin() -> None:
        language = _chosen()
        spoken: AbstractContextManager[None] = speaking(
            VIETNAMESE if language == LANGUAGES[0] else translations(language)
        )
        spoken.__enter__()
        g.spoken, g.language = spoken, language

    @app.teardown_request
    def end(_: BaseException | None) -> None:
        spoken = g.pop("spoken", None)
        if spoken is not None:
            spoken.__exit__(None, None, None)

    @app.after_request
    def remember(response: Response) -> Response:
        asked = request.args.get(PARAMETER)
        if asked in LANGUAGES:
            response.set_cookie(
                COOKIE, asked, max_age=_YEAR, secure=secure, httponly=True, samesite="Lax", path="/"
            )
        return response


def language() -> str:
    """`vi` or `en`: what this request's page is written in."""
    return str(g.get("language", LANGUAGES[0]))


def shown_in() -> str:
    """In which language the form that was posted was shown: it says so itself where that is not Vietnamese, since another
    page may have changed the reader's choice meanwhile.
    """
    said = request.form.get(SHOWN_IN, "")
    return said if said in LANGUAGES else LANGUAGES[0]


def other_languages() -> list[tuple[str, str, str]]:
    """(language, its own name, address of this page in it) of each other language; none where a page has no other."""
    if request.method != "GET" or not _has_others():
        return []
    return [(each, _NAMES[each], _address(each)) for each in LANGUAGES if each != language()]


def _address(chosen: str) -> str:
    kept = [(name, value) for name, value in request.args.items(multi=True) if name != PARAMETER]
    return f"{request.path}?{urlencode([*kept, (PARAMETER, chosen)])}"


def _chosen() -> str:
    wish = request.args.get(PARAMETER) or request.cookies.get(COOKIE)
    return wish if wish in LANGUAGES[1:] and _has_others() else LANGUAGES[0]


def _has_others() -> bool:
    if request.path.startswith(_STAFF) or request.path.endswith(_PRINTED):
        return False
    account = signed_in()
    return account is None or not account.staff
