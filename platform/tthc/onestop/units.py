"""In what an extension may be given, and on which clause of law."""

from collections.abc import Mapping

from tthc.dossiers.amounts import UNITS

__all__ = ["UNITS", "posted_ground"]


def posted_ground(form: Mapping[str, str]) -> str:
    """`khoản 2 Điều 17, 23/2015/NĐ-CP` of the two boxes; empty where neither is filled in."""
    told = (form.get("clause", "").strip()[:200], form.get("law", "").strip()[:200])
    return ", ".join(filter(None, told))
