"""The message catalogue: what the platform says, in the languages beside Vietnamese.

`locale/<language>/*.po`, one file for each part of the site, in gettext's format; read as they stand, nothing is
compiled beforehand. A message marked `fuzzy` does not count as translated.
"""

from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Final

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import Translations

LOCALE: Final = Path(__file__).parent / "locale"
LANGUAGES: Final = ("vi", "en")
"""Vietnamese first: the language of what is written in the code and of whoever has chosen none."""


@cache
def catalogue(language: str) -> Catalog:
    """All messages of a language in one."""
    whole = Catalog(locale=language)
    for path in sorted((LOCALE / language).glob("*.po")):
        with path.open("rb") as file:
            part = read_po(file, locale=language)
        for message in part:
            if message.id:
                whole[message.id] = message
    return whole


@cache
def translations(language: str) -> Translations:
    """For `rules.i18n.speaking`."""
    compiled = BytesIO()
    write_mo(compiled, catalogue(language))
    compiled.seek(0)
    return Translations(compiled)
