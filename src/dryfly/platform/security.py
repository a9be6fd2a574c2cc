"""What keeps strangers out, without a word about contacts: secrets, limits, origins, addresses.

Everything that remembers is bounded (`keys_max`) and takes its time from a `Clock`. Everything that reads a
request takes the ASGI scope, so that HTTP handlers and plain web-socket apps share it.
"""

import base64
import hashlib
import hmac
import re
import secrets
from collections import OrderedDict
from collections.abc import Iterable, Mapping
from ipaddress import IPv6Address, ip_address
from typing import Any

from dryfly.platform.clock import Clock
from dryfly.platform.errors import CallerError

Scope = Mapping[str, Any]

KEYS_MAX = 20_000
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})

# ---- secrets -----------------------------------------------------------------------------------


def new_token() -> str:
    """256 random bits, as 43 characters that fit a cookie and an address."""
    return secrets.token_urlsafe(32)


def digest_of(token: str) -> bytes:
    """What is stored instead of the token. A random token needs no salt and no slow hash."""
    return hashlib.sha256(token.encode()).digest()


def guard_of(token: str) -> str:
    """The value that proves that a request was made by a page of ours: bound to the token, and not the token.

    A foreign page can have the browser send the cookie; it cannot read the guard, and nobody who reads the
    database can make one, because the token is not there.
    """
    return base64.urlsafe_b64encode(hmac.digest(token.encode(), b"dryfly guard", "sha256")).decode().rstrip("=")


def guard_fits(guard: str, token: str) -> bool:
    return hmac.compare_digest(guard.encode(), guard_of(token).encode())


_PASSWORD_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"  # none that is read as another one


def new_password() -> str:
    """Twenty letters in fours, 99 bits: to be read from a screen once and changed."""
    letters = [secrets.choice(_PASSWORD_LETTERS) for _ in range(20)]
    return "-".join("".join(letters[start : start + 4]) for start in range(0, 20, 4))


# ---- what a request says of itself -------------------------------------------------------------


def header_of(scope: Scope, name: str) -> str | None:
    """The first header of this (lower-case) name."""
    wanted = name.encode()
    return next((value.decode("latin-1") for key, value in scope["headers"] if key == wanted), None)


def cookie_of(scope: Scope, name: str) -> str | None:
    """Read by hand: one malformed cookie of somebody else's must not hide ours."""
    pairs = (part.strip().partition("=") for part in (header_of(scope, "cookie") or "").split(";"))
    return next((value for key, _, value in pairs if key == name), None)


def is_secure(scope: Scope) -> bool:
    return scope.get("scheme") in ("https", "wss")


def address_of(scope: Scope) -> str:
    """Who to count a request for: the IPv4 address, or the IPv6 network of 64 bits that one customer has."""
    client = scope.get("client")
    try:
        address = ip_address(client[0]) if client else None
    except ValueError:
        return str(client[0]) if client else "unknown"
    if not isinstance(address, IPv6Address):
        return str(address or "unknown")
    return str(address.ipv4_mapped or IPv6Address(int(address) >> 64 << 64)) + ("" if address.ipv4_mapped else "/64")


# ---- origins -----------------------------------------------------------------------------------

_ORIGIN = re.compile(r"(https?)://([a-z0-9](?:[a-z0-9.-]*[a-z0-9])?|\[[0-9a-f:]+\])(?::(\d{1,5}))?")
_PATTERN = re.compile(r"(https?)://(\*\.)?([a-z0-9](?:[a-z0-9.-]*[a-z0-9])?|\[[0-9a-f:]+\])(?::(\d{1,5}))?")
_USUAL_PORT = {"http": "80", "https": "443"}


def check_origin_pattern(pattern: str) -> None:
    """An exact origin (`https://shop.example`) or every host below one (`https://*.shop.example`)."""
    found = _PATTERN.fullmatch(pattern)
    if not found or (found[2] and "." not in found[3]):
        raise CallerError(
            "origin_pattern_wrong",
            "Write an origin as https://shop.example or https://*.shop.example, with a port if it is not the usual "
            "one, and without a path.",
            pattern=pattern,
        )


def origin_allowed(origin: str, patterns: Iterable[str]) -> bool:
    """`https://*.shop.example` allows hosts of any depth below it, and not `https://shop.example` itself."""
    found = _ORIGIN.fullmatch(origin)
    return bool(found) and any(_pattern_allows(pattern, found) for pattern in patterns if found)


def _pattern_allows(pattern: str, origin: re.Match[str]) -> bool:
    allowed = _PATTERN.fullmatch(pattern)
    if not allowed or allowed[1] != origin[1]:
        return False
    usual = _USUAL_PORT[origin[1]]
    if (allowed[4] or usual) != (origin[3] or usual):
        return False
    return origin[2].endswith("." + allowed[3]) if allowed[2] else origin[2] == allowed[3]


def require_origin(scope: Scope, patterns: Iterable[str]) -> None:
    """For sockets that other people's pages may open: a page of ours, or one of `patterns`; else `foreign_origin`."""
    origin = header_of(scope, "origin")
    if origin is None or not (_is_own(origin, scope) or origin_allowed(origin, patterns)):
        raise _foreign(origin)


def require_same_origin(scope: Scope) -> None:
    """For everything that a session cookie gives power to. A browser says where a request comes from.

    `Sec-Fetch-Site` is the browser's own word; older ones send `Origin` alone; what sends neither is no browser,
    and no browser's cookies can be abused through it.
    """
    site, origin = header_of(scope, "sec-fetch-site"), header_of(scope, "origin")
    own = site in ("same-origin", "none") if site is not None else origin is None or _is_own(origin, scope)
    if not own:
        raise _foreign(origin)


def _is_own(origin: str, scope: Scope) -> bool:
    host = header_of(scope, "host")
    return host is not None and origin.partition("://")[2] == host.lower()


def _foreign(origin: str | None) -> CallerError:
    return CallerError(
        "foreign_origin",
        "Pages of this origin may not do this. An administrator can add it to the site's origins.",
        status=403,
        origin=(origin or "")[:200],
    )


# ---- limits ------------------------------------------------------------------------------------


class RateLimiter:
    """So many a second, and `burst` at once, for each key (an address, a person, a contact).

    A token bucket kept as one number a key: the time at which its bucket is full again (GCRA, ITU-T I.371).
    A full bucket is forgotten, since it says no more than none.
    """

    def __init__(self, clock: Clock, *, per_s: float, burst: int, keys_max: int = KEYS_MAX) -> None:
        assert per_s > 0
        assert burst >= 1
        self._clock = clock
        self._cost_s = 1 / per_s
        self._span_s = burst / per_s
        self._keys_max = keys_max
        self._full_at: OrderedDict[str, float] = OrderedDict()

    def wait_s(self, key: str, count: int = 1) -> float:
        """Takes `count` and returns 0.0, or takes nothing and returns after how many seconds they will be there."""
        now = self._clock.monotonic()
        full_at = max(now, self._full_at.get(key, now)) + count * self._cost_s
        wait_s = full_at - now - self._span_s
        if wait_s > 1e-9:
            return wait_s
        self._full_at[key] = full_at
        self._full_at.move_to_end(key)
        self._forget(now)
        return 0.0

    def allows(self, key: str, count: int = 1) -> bool:
        return self.wait_s(key, count) == 0.0

    def give_back(self, key: str, count: int = 1) -> None:
        """What was taken for something that turned out not to count."""
        if key in self._full_at:
            self._full_at[key] -= count * self._cost_s

    def require(self, key: str, count: int = 1) -> None:
        """Raises CallerError `too_many_requests` with `retry_after_s`."""
        if wait_s := self.wait_s(key, count):
            raise too_many(wait_s)

    def _forget(self, now: float) -> None:
        """Two keys at most for each one that came: the work is bounded, and so is the memory."""
        for _ in range(2):
            oldest = next(iter(self._full_at))
            if len(self._full_at) <= self._keys_max and self._full_at[oldest] > now:
                return
            del self._full_at[oldest]
            if not self._full_at:
                return


class GrowingDelay:
    """Each failure of a key doubles the time until its next try; a success forgets them."""

    def __init__(self, clock: Clock, *, free: int = 3, first_s: float = 1, max_s: float = 300) -> None:
        self._clock = clock
        self._free = free
        self._first_s = first_s
        self._max_s = max_s
        self._failures: OrderedDict[str, tuple[int, float]] = OrderedDict()

    def require(self, key: str) -> None:
        """Raises CallerError `too_many_requests` while the delay of `key` lasts."""
        _, until = self._failures.get(key, (0, 0.0))
        wait_s = until - self._clock.monotonic()
        if wait_s > 0:
            raise too_many(wait_s)

    def failed(self, key: str) -> None:
        count = self._failures.get(key, (0, 0.0))[0] + 1
        doubled = self._first_s * 2.0 ** min(count - self._free - 1, 30)
        delay_s = 0.0 if count <= self._free else min(self._max_s, doubled)
        self._failures[key] = (count, self._clock.monotonic() + delay_s)
        self._failures.move_to_end(key)
        if len(self._failures) > KEYS_MAX:
            self._failures.popitem(last=False)

    def succeeded(self, key: str) -> None:
        self._failures.pop(key, None)


class Places:
    """At most so many at once for each key, such as open sockets of one address."""

    def __init__(self, each_max: int) -> None:
        self._each_max = each_max
        self._taken: dict[str, int] = {}

    def take(self, key: str) -> None:
        """Raises CallerError `too_many_at_once`. Whoever takes a place frees it."""
        taken = self._taken.get(key, 0)
        if taken >= self._each_max:
            raise CallerError("too_many_at_once", "Close some of them first.", status=429, limit=self._each_max)
        self._taken[key] = taken + 1

    def free(self, key: str) -> None:
        left = self._taken[key] - 1
        if left:
            self._taken[key] = left
        else:
            del self._taken[key]


def too_many(wait_s: float) -> CallerError:
    seconds = max(1, round(wait_s + 0.5))
    return CallerError("too_many_requests", "Wait a moment and try again.", status=429, retry_after_s=seconds)
