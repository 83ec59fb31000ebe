"""Which providers the operator set up, read from the environment; names and defaults are in `docs/operations.md`."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import urlsplit

# what a profile can learn from a provider → the claim that standard providers tell it by
CLAIMS: Final[Mapping[str, str]] = {
    "name": "name",
    "citizen_number": "citizen_number",
    "birth_date": "birthdate",
    "phone": "phone_number",
    "email": "email",
    "address": "address",
}
_ID: Final = re.compile(r"[a-z][a-z0-9-]{0,30}")
_LOOPBACK: Final = frozenset({"127.0.0.1", "localhost", "::1"})


@dataclass(frozen=True, slots=True)
class Provider:
    """`issuer`: as its tokens name it; `claims`: attribute of the profile → claim; `verifies`: its citizen numbers are
    believed, so that an account signed in through it has a confirmed identity; `acr`: how somebody must have signed in
    there for that, anything where empty.
    """

    id: str
    name: str
    issuer: str
    client_id: str
    client_secret: str = field(default="", repr=False)
    scope: str = "openid profile"
    claims: Mapping[str, str] = field(default_factory=lambda: dict(CLAIMS))
    verifies: bool = False
    acr: frozenset[str] = frozenset()


def providers_from(environ: Mapping[str, str], *, production: bool) -> tuple[Provider, ...]:
    """In the order of TTHC_OIDC. Raises ValueError, a Vietnamese sentence that names the variable."""
    ids = [part.strip() for part in environ.get("TTHC_OIDC", "").split(",") if part.strip()]
    if len(set(ids)) != len(ids):
        raise ValueError("TTHC_OIDC có hai nơi đăng nhập trùng tên.")
    return tuple(_provider(environ, each, production=production) for each in ids)


def _provider(environ: Mapping[str, str], provider: str, *, production: bool) -> Provider:
    if _ID.fullmatch(provider) is None:
        raise ValueError(f"TTHC_OIDC: “{provider}” chỉ được gồm chữ thường không dấu, số, gạch ngang.")
    prefix = f"TTHC_OIDC_{provider.upper().replace('-', '_')}_"

    def text(name: str, default: str = "") -> str:
        return environ.get(prefix + name, "").strip() or default

    for needed in ("ISSUER", "CLIENT_ID"):
        if not text(needed):
            raise ValueError(f"Thiếu {prefix}{needed} cho nơi đăng nhập “{provider}”.")
    issuer = text("ISSUER")
    if not allowed(issuer, production=production):
        raise ValueError(f"{prefix}ISSUER phải là địa chỉ https://, không phải “{issuer}”.")
    verifies = text("VERIFIES", "off")
    if verifies not in {"on", "off"}:
        raise ValueError(f"{prefix}VERIFIES phải là “on” hoặc “off”, không phải “{verifies}”.")
    return Provider(
        id=provider,
        name=text("NAME", provider),
        issuer=issuer,
        client_id=text("CLIENT_ID"),
        client_secret=text("CLIENT_SECRET"),
        scope=text("SCOPE", "openid profile"),
        claims={**CLAIMS, **_claims(prefix, text("CLAIMS"))},
        verifies=verifies == "on",
        acr=frozenset(text("ACR").split()),
    )


def _claims(prefix: str, told: str) -> Mapping[str, str]:
    """`citizen_number=soDinhDanh,name=hoVaTen`."""
    found = {}
    for part in filter(None, (each.strip() for each in told.split(","))):
        attribute, _, claim = (each.strip() for each in part.partition("="))
        if attribute not in CLAIMS or not claim:
            raise ValueError(
                f"{prefix}CLAIMS: “{part}” phải có dạng thuộc_tính=tên; thuộc tính: {', '.join(CLAIMS)}."
            )
        found[attribute] = claim
    return found


def allowed(url: str, *, production: bool) -> bool:
    """HTTPS; outside production also a server on this machine, to try things with."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    if parts.scheme == "https":
        return bool(parts.netloc)
    return not production and parts.scheme == "http" and parts.hostname in _LOOPBACK
