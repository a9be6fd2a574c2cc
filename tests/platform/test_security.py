"""Strangers stay out, and the tools that keep them out stay small."""

from typing import Any

import pytest

from dryfly.platform.clock import HandClock
from dryfly.platform.errors import CallerError
from dryfly.platform.security import (
    GrowingDelay,
    Places,
    RateLimiter,
    address_of,
    check_origin_pattern,
    cookie_of,
    guard_fits,
    guard_of,
    new_password,
    new_token,
    origin_allowed,
    require_origin,
    require_same_origin,
)


def request(client: str = "192.0.2.7", **headers: str) -> dict[str, Any]:
    pairs = [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()]
    return {"type": "http", "headers": pairs, "client": (client, 5000)}


class TestSecrets:
    def test_a_guard_belongs_to_one_token_and_does_not_show_it(self) -> None:
        token, other = new_token(), new_token()
        assert guard_fits(guard_of(token), token)
        assert not guard_fits(guard_of(token), other)
        assert not guard_fits("", token)
        assert not guard_fits("größer", token)
        assert token not in guard_of(token)

    def test_a_new_password_is_long_and_never_the_same(self) -> None:
        assert len(new_password()) == 24
        assert new_password() != new_password()


class TestOrigins:
    @pytest.mark.parametrize(
        ("origin", "allowed"),
        [
            ("https://shop.example", True),
            ("https://shop.example:443", True),
            ("http://shop.example", False),
            ("https://shop.example:8443", False),
            ("https://evil.example", False),
            ("https://shop.example.evil.example", False),
            ("https://notshop.example", False),
            ("https://a.brand.example", True),
            ("https://a.b.brand.example", True),
            ("https://brand.example", False),
            ("https://evilbrand.example", False),
            ("http://localhost:3000", True),
            ("http://localhost:3001", False),
            ("null", False),
            ("", False),
            ("https://user@shop.example", False),
            ("https://shop.example/path", False),
        ],
    )
    def test_exact_origins_and_hosts_below_one(self, origin: str, allowed: bool) -> None:
        patterns = ["https://shop.example", "https://*.brand.example", "http://localhost:3000"]
        assert origin_allowed(origin, patterns) is allowed

    @pytest.mark.parametrize(
        "pattern", ["*", "https://*", "https://*.com", "shop.example", "https://a.*.b", "ftp://a.b"]
    )
    def test_patterns_that_would_let_anybody_in_are_refused(self, pattern: str) -> None:
        with pytest.raises(CallerError, match="origin_pattern_wrong"):
            check_origin_pattern(pattern)

    def test_a_page_of_a_foreign_origin_opens_no_widget(self) -> None:
        require_origin(request(origin="https://desk.example", host="desk.example"), [])
        require_origin(request(origin="https://shop.example", host="desk.example"), ["https://shop.example"])
        for foreign in (request(origin="https://evil.example", host="desk.example"), request(host="desk.example")):
            with pytest.raises(CallerError, match="foreign_origin"):
                require_origin(foreign, ["https://shop.example"])

    @pytest.mark.parametrize(
        "foreign",
        [
            request(host="desk.example", origin="https://evil.example"),
            request(host="desk.example", origin="null"),
            request(host="desk.example", sec_fetch_site="cross-site"),
            request(host="desk.example", sec_fetch_site="same-site"),
            request(host="desk.example", sec_fetch_site="cross-site", origin="https://desk.example"),
        ],
    )
    def test_another_page_cannot_use_our_cookie(self, foreign: dict[str, Any]) -> None:
        with pytest.raises(CallerError, match="foreign_origin"):
            require_same_origin(foreign)

    def test_our_page_and_programs_can(self) -> None:
        require_same_origin(request(host="desk.example", origin="https://desk.example"))
        require_same_origin(request(host="desk.example", sec_fetch_site="same-origin", origin="https://desk.example"))
        require_same_origin(request(host="desk.example"))


class TestRequests:
    def test_addresses_count_as_their_network(self) -> None:
        assert address_of(request("192.0.2.7")) == "192.0.2.7"
        assert address_of(request("2001:db8::1")) == address_of(request("2001:db8::ffff"))
        assert address_of(request("2001:db8::1")) != address_of(request("2001:db8:0:1::1"))
        assert address_of(request("::ffff:192.0.2.7")) == "192.0.2.7"
        assert address_of({"client": None, "headers": []}) == "unknown"

    def test_a_broken_cookie_does_not_hide_ours(self) -> None:
        assert cookie_of(request(cookie="a=1; dryfly_session=abc"), "dryfly_session") == "abc"
        assert cookie_of(request(cookie=";;=\x00; a b=c; dryfly_session=abc"), "dryfly_session") == "abc"
        assert cookie_of(request(), "dryfly_session") is None


class TestRateLimiter:
    def test_a_burst_then_a_steady_rate(self) -> None:
        clock = HandClock()
        limiter = RateLimiter(clock, per_s=2, burst=3)
        assert [limiter.allows("anna") for _ in range(4)] == [True, True, True, False]
        assert limiter.allows("bert")
        assert limiter.wait_s("anna") == pytest.approx(0.5)
        clock.turn(0.5)
        assert [limiter.allows("anna") for _ in range(2)] == [True, False]
        clock.turn(60)
        assert [limiter.allows("anna") for _ in range(4)] == [True, True, True, False]

    def test_it_says_when_to_come_again(self) -> None:
        limiter = RateLimiter(HandClock(), per_s=0.1, burst=1)
        limiter.require("anna")
        with pytest.raises(CallerError) as refused:
            limiter.require("anna")
        assert (refused.value.status, refused.value.values["retry_after_s"]) == (429, 10)

    def test_a_flood_of_keys_does_not_grow_it(self) -> None:
        limiter = RateLimiter(HandClock(), per_s=1, burst=1, keys_max=100)
        for number in range(10_000):
            limiter.allows(str(number))
        assert len(limiter._full_at) <= 100

    def test_full_buckets_are_forgotten(self) -> None:
        clock = HandClock()
        limiter = RateLimiter(clock, per_s=1, burst=5)
        for number in range(100):
            limiter.allows(str(number))
        clock.turn(10)
        for number in range(100, 200):
            limiter.allows(str(number))
        assert len(limiter._full_at) == 100

    def test_what_did_not_count_is_given_back(self) -> None:
        limiter = RateLimiter(HandClock(), per_s=0.1, burst=1)
        for _ in range(5):
            limiter.require("anna")
            limiter.give_back("anna")

    def test_a_wall_clock_that_jumps_changes_nothing(self) -> None:
        clock = HandClock()
        limiter = RateLimiter(clock, per_s=1, burst=1)
        assert limiter.allows("anna")
        clock.jump(-3600)
        clock.turn(1)
        assert limiter.allows("anna")


class TestGrowingDelay:
    def test_it_grows_has_an_end_and_is_forgotten_after_a_success(self) -> None:
        clock = HandClock()
        delay = GrowingDelay(clock, free=2, first_s=1, max_s=4)
        waits = []
        for _ in range(7):
            delay.failed("anna")
            try:
                delay.require("anna")
                waits.append(0)
            except CallerError as refused:
                waits.append(int(refused.values["retry_after_s"] or 0))
            clock.turn(5)
            delay.require("anna")
        assert waits == sorted(waits)
        assert waits[:2] == [0, 0]
        assert max(waits) <= 5
        delay.succeeded("anna")
        delay.failed("anna")
        delay.require("anna")


def test_places_are_taken_and_freed() -> None:
    sockets = Places(each_max=2)
    sockets.take("a")
    sockets.take("a")
    with pytest.raises(CallerError, match="too_many_at_once"):
        sockets.take("a")
    sockets.free("a")
    sockets.take("a")
    sockets.free("a")
    sockets.free("a")
    assert sockets._taken == {}
