"""Where to go next, when the address says so: only within this site."""

from urllib.parse import urlsplit

from flask import request

_CONTROL = frozenset(chr(c) for c in range(32)) | {"\x7f"}


def is_local(target: str) -> bool:
    r"""True for a path of this site. A browser reads `\` as `/` and drops control characters: both are refused."""
    if not target.startswith("/") or target.startswith("//") or "\\" in target or _CONTROL & set(target):
        return False
    try:
        parts = urlsplit(target)
    except ValueError:
        return False
    return not parts.scheme and not parts.netloc and not parts.path.startswith("//")


def safe_next(fallback: str) -> str:
    """The `next` of the form or the address, if it is a path of this site; else `fallback`."""
    target = request.form.get("next") or request.args.get("next") or ""
    return target if is_local(target) else fallback


def here() -> str:
    """The page to come back to after signing in: this one if it can be shown again, else the one it was sent from."""
    if request.method in {"GET", "HEAD"}:
        return request.full_path.rstrip("?")
    referrer = urlsplit(request.referrer or "")
    back = referrer.path + (f"?{referrer.query}" if referrer.query else "")
    return back if referrer.netloc == request.host and is_local(back) else "/"
