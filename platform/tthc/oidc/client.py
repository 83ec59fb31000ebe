"""One provider: where to send somebody, and whose word comes back (OpenID Connect Core 1.0, authorization code with PKCE).

Authlib makes the requests' parts and checks the ID token's claims; joserfc checks its signature. An ID token counts when
its issuer, audience, nonce, time and signature are right, by a key that the provider publishes and an algorithm with a
public key: a shared secret or none never signs.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from threading import Lock
from typing import Any, Final

from authlib.common.errors import AuthlibBaseError
from authlib.common.security import generate_token
from authlib.common.urls import add_params_to_uri
from authlib.oauth2.client import OAuth2Client
from authlib.oidc.core import CodeIDToken
from joserfc import jwt
from joserfc.errors import InvalidKeyIdError, JoseError
from joserfc.jwk import KeySet
from joserfc.jws import JWSRegistry

from forms.types.contacts import parse_email, parse_phone
from forms.types.identity import parse_citizen_number
from tthc.oidc.configured import Provider
from tthc.oidc.http import Http, ProviderError

ALGORITHMS: Final = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA")
LEEWAY: Final = 60  # seconds that clocks may differ
REMEMBERED: Final = timedelta(hours=1)
_NEEDED: Final = ("authorization_endpoint", "token_endpoint", "jwks_uri")


@dataclass(frozen=True, slots=True)
class Sent:
    """Where the browser goes, and what this side remembers until it comes back."""

    url: str
    state: str
    nonce: str
    verifier: str


@dataclass(frozen=True, slots=True)
class Facts:
    """What a provider says of somebody. `verified`: its word on the citizen number is believed; `phone`, `email`: only
    where the provider says that it proved them.
    """

    provider: str
    provider_name: str
    issuer: str
    subject: str
    name: str = ""
    citizen_number: str = ""
    birth_date: str = ""
    phone: str = ""
    email: str = ""
    address: str = ""
    verified: bool = False


class Client:
    """`now` is always given; what the provider publishes of itself is remembered for an hour."""

    def __init__(self, provider: Provider, http: Http) -> None:
        self.provider = provider
        self._http = http
        self._lock = Lock()
        self._metadata: Mapping[str, Any] | None = None
        self._keys: KeySet | None = None
        self._read_at: datetime | None = None

    def send(self, redirect_uri: str, now: datetime) -> Sent:
        """Raises ProviderError where it cannot be reached or is not whom it should be."""
        verifier, nonce = generate_token(64), generate_token(32)
        url, state = self._oauth(redirect_uri).create_authorization_url(
            self.metadata(now)["authorization_endpoint"], code_verifier=verifier, nonce=nonce
        )
        return Sent(url, state, nonce, verifier)

    def facts(self, code: str, sent: Sent, redirect_uri: str, now: datetime) -> Facts:
        """Exchange the code and believe what stands in a token that is right. Raises ProviderError."""
        metadata = self.metadata(now)
        try:
            token = self._oauth(redirect_uri).fetch_token(
                metadata["token_endpoint"],
                grant_type="authorization_code",
                code=code,
                code_verifier=sent.verifier,
            )
        except (AuthlibBaseError, ValueError) as error:
            raise ProviderError(f"token endpoint: {error}") from error
        claims = self._id_token(token, sent.nonce, now)
        wanted = self.provider.claims.values()
        if "userinfo_endpoint" in metadata and any(name not in claims for name in wanted):
            claims = {**self._userinfo(metadata["userinfo_endpoint"], token, claims["sub"]), **claims}
        return _facts(self.provider, claims)

    def leaving(self, back: str, now: datetime) -> str | None:
        """Where one signs out of the provider itself; none where it has no such place or cannot be reached."""
        try:
            end = self.metadata(now).get("end_session_endpoint")
        except ProviderError:
            return None
        if not end:
            return None
        query = [("client_id", self.provider.client_id), ("post_logout_redirect_uri", back)]
        return str(add_params_to_uri(end, query))

    def metadata(self, now: datetime) -> Mapping[str, Any]:
        """What the provider publishes of itself; its issuer must be the configured one."""
        with self._lock:
            if self._metadata is not None and self._read_at and now - self._read_at < REMEMBERED:
                return self._metadata
            url = f"{self.provider.issuer.rstrip('/')}/.well-known/openid-configuration"
            found = self._json(url)
            if found.get("issuer") != self.provider.issuer:
                raise ProviderError(f"issuer {found.get('issuer')!r} instead of {self.provider.issuer!r}")
            if lacking := [name for name in _NEEDED if not isinstance(found.get(name), str)]:
                raise ProviderError(f"not published: {', '.join(lacking)}")
            self._metadata, self._keys, self._read_at = found, None, now
            return found

    def _id_token(self, token: Mapping[str, Any], nonce: str, now: datetime) -> dict[str, Any]:
        raw = token.get("id_token")
        if not isinstance(raw, str):
            raise ProviderError("no ID token")
        registry = JWSRegistry(algorithms=list(ALGORITHMS), strict_check_header=False)
        try:
            try:
                decoded = jwt.decode(raw, self._key_set(now), registry=registry)
            except InvalidKeyIdError:  # the provider has new keys
                decoded = jwt.decode(raw, self._key_set(now, anew=True), registry=registry)
            claims = CodeIDToken(
                decoded.claims,
                decoded.header,
                {
                    "iss": {"essential": True, "value": self.provider.issuer},
                    "aud": {"essential": True, "value": self.provider.client_id},
                },
                {
                    "nonce": nonce,
                    "client_id": self.provider.client_id,
                    "access_token": token.get("access_token"),
                },
            )
            claims.validate(now=int(now.timestamp()), leeway=LEEWAY)
        except (JoseError, ValueError, KeyError, TypeError) as error:
            raise ProviderError(f"ID token: {error!r}") from error
        return dict(claims)

    def _key_set(self, now: datetime, *, anew: bool = False) -> KeySet:
        metadata = self.metadata(now)
        with self._lock:
            if self._keys is None or anew:
                try:
                    self._keys = KeySet.import_key_set(self._json(metadata["jwks_uri"]))  # type: ignore[arg-type]
                except (JoseError, ValueError, KeyError, TypeError) as error:
                    raise ProviderError(f"keys: {error!r}") from error
            return self._keys

    def _userinfo(self, url: str, token: Mapping[str, Any], subject: str) -> Mapping[str, Any]:
        found = self._json(url, {"Authorization": f"Bearer {token.get('access_token', '')}"})
        if found.get("sub") != subject:
            raise ProviderError("userinfo is about somebody else")
        return found

    def _json(self, url: str, headers: Mapping[str, str] | None = None) -> dict[str, Any]:
        answer = self._http.get(url, {"Accept": "application/json", **(headers or {})})
        answer.raise_for_status()
        try:
            found = answer.json()
        except ValueError as error:
            raise ProviderError(f"no JSON at {url}") from error
        if not isinstance(found, dict):
            raise ProviderError(f"no JSON object at {url}")
        return found

    def _oauth(self, redirect_uri: str) -> OAuth2Client:
        return OAuth2Client(
            self._http,
            client_id=self.provider.client_id,
            client_secret=self.provider.client_secret or None,
            scope=self.provider.scope,
            redirect_uri=redirect_uri,
            code_challenge_method="S256",
        )


def _facts(provider: Provider, claims: Mapping[str, Any]) -> Facts:
    """The claims as the profile has them; what is no proper value is left out."""

    def told(attribute: str) -> str:
        value = claims.get(provider.claims[attribute])
        return value.strip()[:300] if isinstance(value, str) else ""

    number = parse_citizen_number(told("citizen_number")).clean
    phone, email = parse_phone(told("phone")).clean, parse_email(told("email")).clean
    sure = provider.verifies and (not provider.acr or claims.get("acr") in provider.acr)
    return Facts(
        provider=provider.id,
        provider_name=provider.name,
        issuer=provider.issuer,
        subject=str(claims["sub"]),
        name=told("name")[:200],
        citizen_number=number if isinstance(number, str) else "",
        birth_date=told("birth_date")[:10],
        phone=phone if isinstance(phone, str) and claims.get("phone_number_verified") is True else "",
        email=email if isinstance(email, str) and claims.get("email_verified") is True else "",
        address=told("address"),
        verified=bool(sure and number and told("name")),
    )
