"""In what an extension may be given."""

from tthc.dossiers.amounts import UNITS

__all__ = ["UNITS"]
