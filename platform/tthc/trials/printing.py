"""The documents that an example's dossier comes to, held against what the example expects of them."""

from collections.abc import Iterator, Mapping
from typing import Final

from definitions.documents.composing import Composed, compose, fitting
from definitions.examples import Mismatch
from definitions.model import Definition, Example
from tthc.dossiers import events as ev
from tthc.dossiers.context import AgencyFacts
from tthc.dossiers.printing import document_scope
from tthc.dossiers.state import Dossier
from tthc.trials.words import REASON

_MOVED: Final = ev.type_name(ev.Moved)


def printed(definition: Definition, dossier: Dossier | None, agency: AgencyFacts) -> tuple[Composed, ...]:
    """Every document that applies to the dossier as its last step left it; none where it could not be handed in."""
    if dossier is None or not definition.documents:
        return ()
    given = document_scope(
        definition, dossier, agency, dossier.updated_at, reason=_last_reason(dossier) or REASON
    )
    return tuple(compose(document, given) for document in fitting(definition, given))


def _last_reason(dossier: Dossier) -> str:
    """What somebody of the agency gave last as the reason of an action; what applicants write is not theirs."""
    for entry in reversed(dossier.history):
        if entry.type == _MOVED and entry.actor.kind == "staff" and entry.data["reason"]:
            return str(entry.data["reason"])
    return ""


def compare_documents(example: Example, made: tuple[Composed, ...]) -> Iterator[Mismatch]:
    """Expectations that were not met: which documents apply, and which phrases each holds."""
    texts = {each.document.id: _plain(each.text) for each in made}
    wanted = example.expect.get("documents")
    if isinstance(wanted, (list, tuple)) and set(wanted) != set(texts):
        here = ", ".join(texts) or "không có"
        message = f"Văn bản dùng được: mong đợi {', '.join(map(str, wanted)) or 'không có'}, thực tế {here}."
        yield Mismatch("documents", sorted(wanted), sorted(texts), message)
    told = example.expect.get("printed")
    for name, phrases in told.items() if isinstance(told, Mapping) else ():
        if name not in texts:
            message = f"Văn bản “{name}” không lập được từ hồ sơ này."
            yield Mismatch(f"printed.{name}", phrases, None, message)
            continue
        for at, phrase in enumerate(phrases):
            if _plain(phrase) not in texts[name]:
                message = f"Văn bản “{name}” không có câu “{phrase}”."
                yield Mismatch(f"printed.{name}.{at}", phrase, texts[name], message)


def _plain(text: str) -> str:
    """With single spaces: how lines break is not the example's business."""
    return " ".join(text.split())
