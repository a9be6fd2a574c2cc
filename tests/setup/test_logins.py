"""A page says who is there, and is believed only if it can prove it."""

from typing import Any

import pytest
from joserfc import jwt
from joserfc.jwk import ECKey, OctKey, OKPKey

from dryfly.floor.model import SiteId
from dryfly.platform.clock import HandClock
from dryfly.platform.errors import CallerError
from dryfly.setup.logins import Logins, check_key
from dryfly.setup.model import LoginAlgorithm, LoginKey, Site

SECRET = "a-secret-of-the-shop-and-of-nobody-else"
EC = ECKey.generate_key("P-256")
ED = OKPKey.generate_key("Ed25519")
KEYS = (
    LoginKey("shared", LoginAlgorithm.HS256, SECRET),
    LoginKey("ec", LoginAlgorithm.ES256, EC.as_pem(private=False).decode()),
    LoginKey("ed", LoginAlgorithm.EDDSA, ED.as_pem(private=False).decode()),
)
SITE = Site(SiteId("north"), "North", login_keys=KEYS)

Key = OctKey | ECKey | OKPKey


class Page:
    """A page of the shop that knows its customer."""

    def __init__(self, clock: HandClock) -> None:
        self.clock = clock

    def token(self, key: Key | None = None, alg: str = "HS256", kid: str | None = "shared", **claims: Any) -> str:
        now = self.clock.now() // 1000
        told = {"aud": "north", "sub": "customer-7", "jti": "one", "iat": now, "exp": now + 300} | claims
        header = {"alg": alg} | ({"kid": kid} if kid else {})
        told = {name: value for name, value in told.items() if value is not None}
        return jwt.encode(header, told, key or OctKey.import_key(SECRET), algorithms=[alg])


@pytest.fixture
def page(hand_clock: HandClock) -> Page:
    return Page(hand_clock)


@pytest.fixture
def logins(hand_clock: HandClock) -> Logins:
    return Logins(hand_clock)


def test_each_kind_of_key_is_believed(page: Page, logins: Logins) -> None:
    tokens = [
        page.token(jti="1", email="anna@shop.example"),
        page.token(EC, "ES256", "ec", jti="2"),
        page.token(ED, "Ed25519", "ed", jti="3"),
    ]
    found = [logins.accept(SITE, token, "visitor") for token in tokens]
    assert [login.subject for login in found] == ["customer-7"] * 3
    assert found[0].claims["email"] == "anna@shop.example"


@pytest.mark.filterwarnings("ignore:EdDSA is deprecated")
def test_the_old_name_of_ed25519_is_understood(page: Page, logins: Logins) -> None:
    assert logins.accept(SITE, page.token(ED, "EdDSA", "ed"), "visitor").token_id == "one"


def test_a_site_with_one_key_needs_no_key_id(page: Page, logins: Logins) -> None:
    one = Site(SiteId("north"), "North", login_keys=KEYS[:1])
    assert logins.accept(one, page.token(kid=None), "visitor").subject == "customer-7"
    with pytest.raises(CallerError, match="login_invalid"):
        logins.accept(SITE, page.token(kid=None, jti="two"), "visitor")


@pytest.mark.parametrize(
    ("claims", "code"),
    [
        ({"aud": "south"}, "login_invalid"),
        ({"aud": None}, "login_invalid"),
        ({"sub": None}, "login_invalid"),
        ({"sub": ""}, "login_invalid"),
        ({"sub": 7}, "login_invalid"),
        ({"sub": "x" * 301}, "login_invalid"),
        ({"jti": None}, "login_invalid"),
        ({"iat": None}, "login_invalid"),
        ({"exp": None}, "login_invalid"),
        ({"exp": 1}, "login_expired"),
        ({"exp": float("inf")}, "login_invalid"),
        ({"exp": 9_999_999_999}, "login_invalid"),
        ({"nbf": 9_999_999_999}, "login_invalid"),
        ({"iat": 9_999_999_999}, "login_invalid"),
    ],
)
def test_what_a_token_must_say(page: Page, logins: Logins, claims: dict[str, Any], code: str) -> None:
    with pytest.raises(CallerError) as refused:
        logins.accept(SITE, page.token(**claims), "visitor")
    assert (refused.value.code, refused.value.status) == (code, 401)


def test_a_token_does_not_choose_its_own_algorithm(page: Page, logins: Logins) -> None:
    """RFC 8725 section 2.1: the public key, known to all, taken for a shared secret."""
    public = OctKey(KEYS[1].key.encode(), KEYS[1].key.encode(), {})
    forged = page.token(public, "HS256", "ec")
    unsigned = page.token(kid="ec", alg="HS256").rsplit(".", 1)[0] + "."
    for token in (forged, unsigned, "", "a.b.c", "..", "x" * 5_000, "ü.ü.ü", "e30.e30.e30"):
        with pytest.raises(CallerError, match="login_invalid"):
            logins.accept(SITE, token, "visitor")


def test_alg_none_is_refused(page: Page, logins: Logins) -> None:
    import base64

    head, body, _ = page.token().split(".")
    none = base64.urlsafe_b64encode(b'{"alg":"none","kid":"shared"}').decode().rstrip("=")
    assert head != none
    with pytest.raises(CallerError, match="login_invalid"):
        logins.accept(SITE, f"{none}.{body}.", "visitor")


def test_a_stolen_token_is_of_no_use_to_another_visitor(page: Page, logins: Logins, hand_clock: HandClock) -> None:
    token = page.token()
    logins.accept(SITE, token, "anna")
    logins.accept(SITE, token, "anna")  # her connection broke
    with pytest.raises(CallerError, match="login_replayed"):
        logins.accept(SITE, token, "thief")
    hand_clock.turn(900)
    with pytest.raises(CallerError, match="login_expired"):
        logins.accept(SITE, token, "thief")


def test_what_is_remembered_is_bounded_and_forgotten(page: Page, hand_clock: HandClock) -> None:
    logins = Logins(hand_clock, remembered_max=2)
    logins.accept(SITE, page.token(jti="1"), "a")
    logins.accept(SITE, page.token(jti="2"), "b")
    with pytest.raises(CallerError, match="login_busy"):
        logins.accept(SITE, page.token(jti="3"), "c")
    hand_clock.turn(400)
    logins.accept(SITE, page.token(jti="4"), "c")


def test_a_site_without_keys_says_so(page: Page, logins: Logins) -> None:
    with pytest.raises(CallerError, match="login_unconfigured"):
        logins.accept(Site(SiteId("north"), "North"), page.token(), "visitor")


@pytest.mark.parametrize(
    "key",
    [
        LoginKey("k", LoginAlgorithm.HS256, "too short"),
        LoginKey("k", LoginAlgorithm.HS256, EC.as_pem(private=False).decode()),
        LoginKey("k", LoginAlgorithm.ES256, "no key at all"),
        LoginKey("k", LoginAlgorithm.ES256, EC.as_pem(private=True).decode()),
        LoginKey("k", LoginAlgorithm.ES256, ECKey.generate_key("P-384").as_pem(private=False).decode()),
        LoginKey("k", LoginAlgorithm.EDDSA, EC.as_pem(private=False).decode()),
    ],
)
def test_keys_that_could_not_work_are_refused_when_they_are_set_up(key: LoginKey) -> None:
    with pytest.raises(CallerError, match="login_key_wrong"):
        check_key(key)
