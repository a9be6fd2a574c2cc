"""The widget's signed login: a page that knows its customer says so in a short-lived token (JWT, RFC 7519).

What a token must be:
- signed with one of the site's keys, by the algorithm that this key is for (never by the token's own choice
  alone: RFC 8725 section 3.1);
- `aud` names the site, `sub` the customer; `exp`, `iat` and `jti` are there; `nbf` is kept if it is there;
- made at most ten minutes ago and for at most ten minutes: it says who is there now;
- used by one visitor only. The same visitor may show it again when the connection broke.
"""

from collections import OrderedDict
from typing import Any

import msgspec
from joserfc import jwt
from joserfc.errors import ExpiredTokenError, JoseError
from joserfc.jwa import JWSAlgModel
from joserfc.jwk import ECKey, OctKey, OKPKey
from joserfc.jws import JWSRegistry, extract_compact
from joserfc.jwt import JWTClaimsRegistry

from dryfly.platform.clock import Clock
from dryfly.platform.errors import CallerError
from dryfly.setup.model import LoginAlgorithm, LoginKey, Site

TOKEN_MAX = 4_096  # characters
LIFE_MAX_S = 600
LEEWAY_S = 30  # clocks of two companies differ
SECRET_BYTES_MIN = 32  # RFC 7518 section 3.2
TEXT_MAX = 300  # of a claim
REMEMBERED_MAX = 200_000

_ALGORITHM = {LoginAlgorithm.HS256: "HS256", LoginAlgorithm.ES256: "ES256", LoginAlgorithm.EDDSA: "Ed25519"}


class _Registry(JWSRegistry):
    """RFC 9864 gave EdDSA on this curve a name of its own; most libraries still write the old one."""

    def get_alg(self, name: str) -> JWSAlgModel:
        return super().get_alg("Ed25519" if name == "EdDSA" else name)


class Login(msgspec.Struct, frozen=True):
    """Who the page says is there. `claims`: what else it told as text (`email`, `name`, `account` ...)."""

    subject: str
    claims: dict[str, str]
    token_id: str
    expires_at: int


class Logins:
    """Verifies login tokens, and remembers for their lifetime who has used them."""

    def __init__(self, clock: Clock, *, remembered_max: int = REMEMBERED_MAX) -> None:
        self._clock = clock
        self._remembered_max = remembered_max
        self._used: OrderedDict[tuple[str, str], tuple[str, int]] = OrderedDict()

    def accept(self, site: Site, token: str, visitor: str) -> Login:
        """Raises CallerError `login_invalid`, `login_expired`, `login_replayed` or `login_unconfigured`."""
        login = verify(site, token, self._clock.now())
        self._remember(site, login, visitor)
        return login

    def _remember(self, site: Site, login: Login, visitor: str) -> None:
        key = (site.id, login.token_id)
        self._forget()
        used_by, _ = self._used.get(key, (visitor, 0))
        if used_by != visitor:
            raise _refused("login_replayed", "This login token was used by another visitor: make a new one each time.")
        if key not in self._used and len(self._used) >= self._remembered_max:
            raise CallerError("login_busy", "Too many people log in at once: try again in a minute.", status=503)
        self._used[key] = (visitor, login.expires_at)

    def _forget(self) -> None:
        """Tokens live about equally long, so the oldest expire first; a few at each call are enough."""
        expired_before = self._clock.now() - LEEWAY_S * 1000
        for _ in range(4):
            oldest = next(iter(self._used), None)
            if oldest is None or self._used[oldest][1] > expired_before:
                return
            del self._used[oldest]


def verify(site: Site, token: str, now: int) -> Login:
    """The token's content, if it may be believed at `now` (ms)."""
    if len(token) > TOKEN_MAX:
        raise _refused("login_invalid", f"A login token has at most {TOKEN_MAX} characters.")
    try:
        claims = _signed_claims(site, token)
        _check_claims(site, claims, now // 1000)
    except ExpiredTokenError:
        raise _refused("login_expired", "This login token has expired: make a new one when the page opens.") from None
    except (JoseError, ValueError, TypeError, OverflowError, RecursionError) as error:
        raise _refused("login_invalid", f"This login token cannot be believed: {error}.") from None
    texts = {name: value[:TEXT_MAX] for name, value in claims.items() if isinstance(value, str)}
    return Login(claims["sub"], texts, claims["jti"], int(claims["exp"]) * 1000)


def _signed_claims(site: Site, token: str) -> dict[str, Any]:
    header = extract_compact(token.encode()).headers()
    key = _key_for(site, header.get("kid"))
    return jwt.decode(token, _import(key), registry=_Registry(algorithms=[_ALGORITHM[key.algorithm]])).claims


def _key_for(site: Site, kid: object) -> LoginKey:
    """The key that the token names; a site with one key needs no name."""
    if not site.login_keys:
        raise _refused("login_unconfigured", "This site has no key for login tokens: an administrator adds one.")
    found = [key for key in site.login_keys if kid == key.id or (kid is None and len(site.login_keys) == 1)]
    if not found:
        raise _refused("login_invalid", "This login token was signed with a key that the site does not know.")
    return found[0]


def _check_claims(site: Site, claims: dict[str, Any], now_s: int) -> None:
    JWTClaimsRegistry(
        now=now_s,
        leeway=LEEWAY_S,
        aud={"essential": True, "value": str(site.id)},
        sub={"essential": True},
        jti={"essential": True},
        exp={"essential": True},
        iat={"essential": True},
    ).validate(claims)
    if len(claims["sub"]) > TEXT_MAX or len(claims["jti"]) > TEXT_MAX:
        raise ValueError(f"sub and jti have at most {TEXT_MAX} characters")
    if claims["exp"] - claims["iat"] > LIFE_MAX_S or now_s - claims["iat"] > LIFE_MAX_S + LEEWAY_S:
        raise ValueError(f"it may live for {LIFE_MAX_S} seconds at most")


def check_key(key: LoginKey) -> None:
    """Raises CallerError `login_key_wrong` for a key that could not verify anything, or that is too weak."""
    try:
        _import(key)
    except (JoseError, ValueError, TypeError) as error:
        text = f"site.login_keys/{key.id}: {error}. {_WANTED[key.algorithm]}"
        raise CallerError("login_key_wrong", text, key=key.id) from None


_WANTED = {
    LoginAlgorithm.HS256: f"Give a random secret of at least {SECRET_BYTES_MIN} characters.",
    LoginAlgorithm.ES256: "Give the public key of the curve P-256 as PEM.",
    LoginAlgorithm.EDDSA: "Give the public key of the curve Ed25519 as PEM.",
}


def _import(key: LoginKey) -> OctKey | ECKey | OKPKey:
    match key.algorithm:
        case LoginAlgorithm.HS256:
            if len(key.key.encode()) < SECRET_BYTES_MIN or "-----" in key.key:
                raise ValueError("this secret is too short, or a key of another kind")
            return OctKey.import_key(key.key)
        case LoginAlgorithm.ES256:
            return _public(ECKey.import_key(key.key), "P-256")
        case LoginAlgorithm.EDDSA:
            return _public(OKPKey.import_key(key.key), "Ed25519")


def _public(key: ECKey | OKPKey, curve: str) -> ECKey | OKPKey:
    if key.is_private or key.curve_name != curve:
        raise ValueError("this is another kind of key, or a private one, which must stay where tokens are made")
    return key


def _refused(code: str, text: str) -> CallerError:
    return CallerError(code, text, status=401)
