"""The table of a fee as a sheet that can be edited elsewhere, and back into the text of the definition.

`exporting`: definition → `rules.tables.sheet.Sheet`; `updating`: sheet → YAML, everything else left as it was written.
"""

from definitions.sheets.exporting import SheetError, sheet_of
from definitions.sheets.updating import Updated, update

__all__ = ["SheetError", "Updated", "sheet_of", "update"]
