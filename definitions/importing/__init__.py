"""Forms and records written for other systems → a draft in this product's language, with an account of every property.

Whatever the source says is carried over, told in the report, or stands in a list of properties without meaning here,
each with its reason; `definitions.importing.ledger` keeps the account. Pure: bytes in, draft and report out.
"""

from definitions.importing.kinds import KINDS, Kind, import_bytes
from definitions.importing.report import Assumed, Finding, Imported, Refused
from definitions.importing.source import ImportRefusedError

__all__ = ["KINDS", "Assumed", "Finding", "ImportRefusedError", "Imported", "Kind", "Refused", "import_bytes"]
