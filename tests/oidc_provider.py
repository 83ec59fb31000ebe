"""A small OpenID Connect provider on this machine, whose every answer can be spoiled (authorization code, PKCE, RS256)."""

import base64
import hashlib
import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from urllib.parse import parse_qs, parse_qsl, urlencode, urlsplit

from joserfc import jwt
from joserfc.jwk import OctKey, RSAKey
from served import served
from werkzeug.utils import redirect
from werkzeug.wrappers import Request, Response

CLIENT, SECRET = "cong-dvc", "bi-mat-thu"
LAN = {
    "sub": "vneid-1",
    "name": "Quàng Thị Ban",
    "soDinhDanh": "014195001234",
    "birthdate": "1995-03-08",
    "acr": "2",
    "phone_number": "+84977000111",
    "phone_number_verified": True,
    "email": "ban@example.vn",
    "email_verified": False,
}


class TestProvider:
    """`person`: whose claims it tells; `spoil`: claims put over those of the next ID token; `signed_by`: "new" after
    `rotate`, "stranger" or "secret" for tokens nobody should believe; `down`: answers 503 to everything.
    """

    __test__ = False

    def __init__(self, clock) -> None:
        self.clock = clock
        self.issuer = ""
        self.person: dict[str, object] = dict(LAN)
        self.hidden: frozenset[str] = frozenset()  # claims told by userinfo alone
        self.spoil: dict[str, object] = {}
        self.told: dict[str, object] = {}  # put over what userinfo says
        self.published: dict[str, object] = {}
        self.signed_by = "own"
        self.down = False
        self.asked: list[Mapping[str, str]] = []
        self._keys = [RSAKey.generate_key(2048, {"kid": "k1"})]
        self._stranger = RSAKey.generate_key(2048, {"kid": "k1"})
        self._codes: dict[str, Mapping[str, str]] = {}

    def rotate(self) -> None:
        self._keys = [RSAKey.generate_key(2048, {"kid": f"k{len(self._keys) + 1}"})]

    def authorise(self, url: str, **changes: str) -> str:
        """The person agreed: the path to which the provider sends the browser back."""
        back = urlsplit(self._agreed(url, changes))
        return f"{back.path}?{back.query}"

    def _agreed(self, url: str, changes: Mapping[str, str]) -> str:
        asked = dict(parse_qsl(urlsplit(url).query))
        assert url.startswith(f"{self.issuer}/authorize?"), url
        assert asked["response_type"] == "code"
        assert asked["client_id"] == CLIENT
        assert asked["code_challenge_method"] == "S256"
        self.asked.append(asked)
        code = f"code-{len(self.asked)}"
        self._codes[code] = asked
        back = {"code": code, "state": asked["state"], "iss": self.issuer, **changes}
        return f"{asked['redirect_uri']}?{urlencode(back)}"

    def __call__(self, environ, start_response):
        request = Request(environ)
        return self._answer(request)(environ, start_response)

    def _answer(self, request: Request) -> Response:
        if self.down:
            return Response("down", 503)
        if request.path == "/.well-known/openid-configuration":
            return _json(
                {
                    "issuer": self.issuer,
                    "authorization_endpoint": f"{self.issuer}/authorize",
                    "token_endpoint": f"{self.issuer}/token",
                    "jwks_uri": f"{self.issuer}/keys",
                    "userinfo_endpoint": f"{self.issuer}/me",
                    "end_session_endpoint": f"{self.issuer}/leave",
                    **self.published,
                }
            )
        if request.path == "/authorize":  # whoever comes agrees
            return redirect(self._agreed(request.url, {}))
        if request.path == "/keys":
            return _json({"keys": [key.as_dict(private=False) for key in self._keys]})
        if request.path == "/token":
            return self._token(request)
        if request.path == "/me":
            assert request.headers["Authorization"] == "Bearer opaque"
            return _json({**self.person, **self.told})
        return Response("?", 404)

    def _token(self, request: Request) -> Response:
        user = base64.b64decode(request.headers["Authorization"].removeprefix("Basic ")).decode()
        asked = self._codes.pop(request.form["code"], None)  # each code counts once
        proof = base64.urlsafe_b64encode(hashlib.sha256(request.form["code_verifier"].encode()).digest())
        if (
            asked is None
            or user != f"{CLIENT}:{SECRET}"
            or proof.rstrip(b"=").decode() != asked["code_challenge"]
            or request.form["redirect_uri"] != asked["redirect_uri"]
        ):
            return _json({"error": "invalid_grant"}, 400)
        now = int(self.clock.now().timestamp())
        claims = {
            **{name: value for name, value in self.person.items() if name not in self.hidden},
            "iss": self.issuer,
            "aud": CLIENT,
            "iat": now,
            "exp": now + 300,
            "nonce": asked["nonce"],
            **self.spoil,
        }
        if self.signed_by == "secret":
            header, key = {"alg": "HS256", "kid": "k1"}, OctKey.import_key(SECRET * 4)
            token = jwt.encode(header, claims, key, algorithms=["HS256"])
        elif self.signed_by == "nobody":
            parts = [{"alg": "none"}, claims]
            token = ".".join(
                base64.urlsafe_b64encode(json.dumps(p).encode()).rstrip(b"=").decode() for p in parts
            )
            token += "."
        else:
            key = self._stranger if self.signed_by == "stranger" else self._keys[0]
            token = jwt.encode({"alg": "RS256", "kid": key.kid}, claims, key)
        return _json({"access_token": "opaque", "token_type": "Bearer", "id_token": token})


@contextmanager
def provider(clock) -> Iterator[TestProvider]:
    """Served on a free port of this machine until the block ends."""
    made = TestProvider(clock)
    with served(made) as made.issuer:
        yield made


def environment(issuer: str) -> dict[str, str]:
    """What an operator would set for it."""
    return {
        "TTHC_OIDC": "vneid",
        "TTHC_OIDC_VNEID_NAME": "VNeID (thử)",
        "TTHC_OIDC_VNEID_ISSUER": issuer,
        "TTHC_OIDC_VNEID_CLIENT_ID": CLIENT,
        "TTHC_OIDC_VNEID_CLIENT_SECRET": SECRET,
        "TTHC_OIDC_VNEID_CLAIMS": "citizen_number=soDinhDanh",
        "TTHC_OIDC_VNEID_VERIFIES": "on",
        "TTHC_OIDC_VNEID_ACR": "2 3",
    }


def _json(value: object, status: int = 200) -> Response:
    return Response(json.dumps(value), status, content_type="application/json")


def query(url: str) -> dict[str, str]:
    return {name: values[0] for name, values in parse_qs(urlsplit(url).query).items()}
