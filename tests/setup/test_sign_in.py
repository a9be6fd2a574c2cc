"""Guessing is slow, the owner gets in, and nobody learns who has an account."""

import asyncio
import threading
from typing import Literal

from argon2 import PasswordHasher

from dryfly.platform.clock import HandClock
from dryfly.platform.errors import CallerError
from dryfly.setup.passwords import Passwords, strong_hasher
from tests.setup.conftest import PASSWORD, Browser, Company, Installation, cheap_passwords

ANNA = "anna@north.example"
OFFICE, CAFE = "192.0.2.1", "198.51.100.9"


async def _try(company: Company, email: str, password: str, address: str) -> str:
    try:
        await company.installation.sign_ins.sign_in(email, password, address)
    except CallerError as error:
        return error.code
    return "in"


async def test_addresses_are_compared_as_people_write_them(company: Company) -> None:
    assert await _try(company, "  Anna@North.Example ", PASSWORD, OFFICE) == "in"


async def test_whoever_guesses_waits_longer_each_time(company: Company, hand_clock: HandClock) -> None:
    tries = [await _try(company, ANNA, "guess", CAFE) for _ in range(6)]
    assert tries == ["sign_in_failed"] * 4 + ["too_many_requests"] * 2
    hand_clock.turn(1.5)
    assert [await _try(company, ANNA, "guess", CAFE) for _ in range(2)] == ["sign_in_failed", "too_many_requests"]
    hand_clock.turn(1.5)
    assert await _try(company, ANNA, PASSWORD, CAFE) == "too_many_requests"
    hand_clock.turn(1.5)
    assert await _try(company, ANNA, PASSWORD, CAFE) == "in"


async def test_strangers_everywhere_do_not_lock_the_owner_out(company: Company) -> None:
    """A thousand addresses guess; the account is closed to new addresses, and open to the owner's own."""
    answers = [await _try(company, ANNA, "guess", f"10.0.{n // 250}.{n % 250}") for n in range(100)]
    assert answers.count("sign_in_failed") <= 31
    assert await _try(company, ANNA, PASSWORD, OFFICE) == "in"
    assert await _try(company, "sven@north.example", PASSWORD, CAFE) == "in"


async def test_one_address_cannot_try_everybody(company: Company) -> None:
    answers = [await _try(company, f"p{n}@north.example", "guess", CAFE) for n in range(80)]
    assert answers.count("sign_in_failed") == 50


async def test_an_office_signs_in_at_eight(company: Company) -> None:
    """What was right does not count against the address."""
    for _ in range(60):
        assert await _try(company, ANNA, PASSWORD, OFFICE) == "in"


class WatchedHasher(PasswordHasher):
    """Notes the parameters of each hash that it compares, and waits for the gate if there is one."""

    def __init__(self, gate: threading.Event | None = None) -> None:
        super().__init__(time_cost=1, memory_cost=8, parallelism=1)
        self.compared: list[str] = []
        self.running = self.running_most = 0
        self._gate = gate

    def verify(self, hash: str | bytes, password: str | bytes) -> Literal[True]:
        self.compared.append(str(hash).rsplit("$", 2)[0])
        self.running += 1
        self.running_most = max(self.running_most, self.running)
        if self._gate is not None:
            self._gate.wait(5)
        self.running -= 1
        return super().verify(hash, password)


async def test_an_unknown_address_costs_and_says_the_same(company: Company) -> None:
    """The same answer after the same work: one comparison with a hash of the same parameters."""
    hasher = WatchedHasher()
    company.installation.sign_ins._passwords = Passwords(hasher)
    browser = Browser(company.installation)
    answers = []
    for email in (ANNA, "nobody@north.example", "no address at all"):
        answers.append(await browser.ask("POST", "/api/session", {"email": email, "password": "guess"}))
    assert answers[0] == answers[1] == answers[2]
    assert answers[0][0] == 401
    assert len(hasher.compared) == 3
    assert len(set(hasher.compared)) == 1


async def test_the_password_of_nobody_is_never_right(installation: Installation) -> None:
    passwords = cheap_passwords()
    passwords._nobodys = await passwords.hash("known")
    assert await passwords.fits("known", passwords._nobodys)
    assert not await passwords.fits("known", None)
    assert not await passwords.fits("known", "no hash at all")


async def test_a_flood_of_sign_ins_waits_in_bounds() -> None:
    """Two are looked at, three wait, the others are told at once; then everything is free again."""
    gate = threading.Event()
    hasher = WatchedHasher(gate)
    passwords = Passwords(hasher, at_once=2, waiting_max=3)
    hashed = await passwords.hash("right")
    tries = [asyncio.create_task(passwords.fits("right", hashed)) for _ in range(9)]
    await asyncio.wait(tries, return_when=asyncio.FIRST_EXCEPTION)
    gate.set()
    answers = await asyncio.gather(*tries, return_exceptions=True)
    assert answers.count(True) == 5
    assert sum(isinstance(answer, CallerError) for answer in answers) == 4
    assert hasher.running_most <= 2
    assert await passwords.fits("right", hashed)


async def test_an_outdated_hash_is_made_anew_when_its_owner_comes(company: Company) -> None:
    stronger = PasswordHasher(time_cost=2, memory_cost=16, parallelism=1)
    company.installation.sign_ins._passwords = Passwords(stronger)
    assert await _try(company, ANNA, PASSWORD, OFFICE) == "in"
    async with company.installation.db.site("*") as conn:
        hashed = await conn.fetchval("select password_hash from account where email = $1", ANNA)
    assert not stronger.check_needs_rehash(hashed)
    assert await _try(company, ANNA, PASSWORD, OFFICE) == "in"


def test_the_parameters_are_those_that_we_state() -> None:
    hashed = strong_hasher().hash("x")
    assert hashed.startswith("$argon2id$v=19$m=65536,t=3,p=1$")


async def test_the_first_administrator_is_made_once(installation: Installation) -> None:
    """Two servers start at once: one password is printed, and it is good."""
    await installation.sites.ensure_first_site()
    made = await asyncio.gather(*(installation.people.ensure_first_administrator() for _ in range(2)))
    password = next(filter(None, made))
    assert made.count(None) == 1
    answer = await Browser(installation).sign_in("admin@localhost", password)
    assert answer["must_change"] is True
    assert (answer["me"]["site"], answer["me"]["role"]) == ("main", "administrator")
    assert await installation.people.ensure_first_administrator() is None


async def test_one_person_has_a_bounded_number_of_sessions(company: Company) -> None:
    first = Browser(company.installation)
    await first.sign_in(ANNA, PASSWORD)
    for _ in range(20):
        company.installation.clock.turn(1)
        await company.installation.sign_ins.sign_in(ANNA, PASSWORD, OFFICE)
    assert await first.refused("GET", "/api/session") == (401, "not_signed_in")
