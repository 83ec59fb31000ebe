"""Decision tables from and to DMN XML, so that any DMN modeller can edit them.

    text = write(sheet)          # DMN 1.3, what today's modellers open
    (sheet,) = read(text)        # DMN 1.1 to 1.5

`xml`: XML that is not trusted; `reading` and `writing`: DMN's elements as `rules.tables.sheet.Sheet`; `names`: the words
that both use.
"""

from rules.tables.dmn.errors import DmnError
from rules.tables.dmn.reading import read
from rules.tables.dmn.writing import write

__all__ = ["DmnError", "read", "write"]
