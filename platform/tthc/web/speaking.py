"""A definition as the reader of this page reads it: in English where the page is English and the definition has it.

What is shown only. Whatever is decided, kept, printed or sent takes the definition that the store gave
(docs/decisions/0056); the one shown bears no hash that the store knows, so that a mistake is a loud one.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from definitions.english import in_english
from definitions.model import Definition
from definitions.store import UnknownDefinitionError
from rules.i18n import also_saying, language
from tthc.dossiers.state import Dossier
from tthc.services import services


def shown_definition(definition: Definition) -> Definition:
    return in_english(definition) if definition.english and language() == "en" else definition


def shown_text(dossier: Dossier, text: str) -> str:
    """A text that a dossier keeps from its definition (its procedure's name, a fee's label), as this page says it."""
    return _english(dossier).get(text, text) if text else text


@contextmanager
def words_of(dossier: Dossier) -> Iterator[None]:
    """Within, what a dossier keeps from its definition (names of steps, labels of actions) is said as the page says it."""
    with also_saying(_english(dossier)):
        yield


@contextmanager
def words_in(definition: Definition) -> Iterator[None]:
    """The same for what is said of a definition whose dossier is not there yet."""
    with also_saying(definition.english if language() == "en" else {}):
        yield


def _english(dossier: Dossier) -> Mapping[str, str]:
    """Nothing unless the page is English."""
    if language() != "en":
        return {}
    try:
        return services().definitions.by_hash(dossier.definition).english
    except UnknownDefinitionError:
        return {}


def untranslated(definition: Definition) -> bool:
    """Whether its texts stand on the page in another language than the page's own: their element says `lang="vi"`."""
    return not definition.english and language() != "vi"
