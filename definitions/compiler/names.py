"""What expressions may read besides the fields, and their types."""

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Final

from forms.model import Field
from forms.names import feel_names
from forms.types import REGISTRY
from rules.feel import FeelType, T

QUESTION_SCOPE: Final[Mapping[str, FeelType]] = MappingProxyType(
    {
        "channel": T.STRING,
        "agency": T.context(
            {"id": T.STRING, "name": T.STRING, "level": T.STRING, "area": T.STRING, "identifier": T.STRING}
        ),
        "submitted_at": T.DATE_TIME,
        "applicant": T.context({"kind": T.STRING, "name": T.STRING}),
    }
)
"""What questions and the conditions of cases read: which case it is cannot depend on which case it is."""

SCOPE: Final[Mapping[str, FeelType]] = MappingProxyType({**QUESTION_SCOPE, "case": T.STRING})
DOSSIER: Final = "dossier"
DOCUMENT_SCOPE: Final[Mapping[str, FeelType]] = MappingProxyType(
    {
        **SCOPE,
        "agency": T.context({**dict(SCOPE["agency"].fields or ()), "phone": T.STRING, "address": T.STRING}),
        "applicant": T.context(
            {
                "kind": T.STRING,
                "name": T.STRING,
                "citizen_number": T.STRING,
                "tax_number": T.STRING,
                "address": T.STRING,
                "phone": T.STRING,
                "email": T.STRING,
            }
        ),
        DOSSIER: T.context(
            {
                "code": T.STRING,
                "procedure": T.STRING,
                "procedure_code": T.STRING,
                "submitted_at": T.DATE_TIME,
                "accepted_at": T.DATE_TIME,
                "due": T.DATE_TIME,
                "fees": T.NUMBER,
                "reason": T.STRING,
            }
        ),
    }
)
"""What printed documents read: they are made when the dossier is known (`definitions.documents.facts`)."""

SCOPE_NAMES: Final = frozenset(DOCUMENT_SCOPE)


def names_of(fields: Iterable[Field], scope: Mapping[str, FeelType]) -> dict[str, FeelType]:
    """Names of fields over those of the scope; fields of an unknown type are left out (told elsewhere)."""
    return {**scope, **feel_names(field for field in fields if field.type in REGISTRY)}
