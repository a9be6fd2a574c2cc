"""Whatever is killed, whenever: what was acknowledged is there, once, in order; nobody is lost or served twice.

Customers and agents use a Dryfly in processes of its own over the real sockets, while its server or its PostgreSQL
is killed (SIGKILL) again and again at random moments, now and then while it is still getting up. A killed server
is started again on the same home, where it adopts its orphaned postmaster; a killed postmaster is the
supervisor's affair. `DRYFLY_TEST_SEED` replays the moments, as far as two cores and a disk allow.
"""

import asyncio
import os
import random
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from dryfly import floor
from dryfly.floor.model import QueueSpec
from tests.crash.crowd import EXPECTED, Customer, Deeds, Said, Servant
from tests.crash.history import History, newest_snapshot, read_history
from tests.crash.installation import Installation, installed, told_on_failure
from tests.crash.pages import LastingDesk, LastingVisitor

AGENTS_COUNT, CUSTOMERS_COUNT = 10, 40
CLOSING_S_MAX = 90.0
QUEUE = QueueSpec(offer_timeout_s=3, decline_cooldown_s=2, miss_cooldown_s=2, reply_clock_s=None, wrap_up_s=20)


@pytest.fixture
def installation() -> Iterator[Installation]:
    with tempfile.TemporaryDirectory(prefix="dryfly-crash-") as folder, installed(Path(folder) / "home") as made:
        yield made


async def test_nothing_is_lost_or_doubled_when_it_is_killed(installation: Installation) -> None:
    with told_on_failure(installation):
        await kills(installation, 20)


@pytest.mark.long
async def test_nothing_is_lost_or_doubled_when_it_is_killed_for_long(installation: Installation) -> None:
    with told_on_failure(installation):
        await kills(installation, 200)


async def kills(installation: Installation, count: int) -> None:
    seed = int(os.environ.get("DRYFLY_TEST_SEED") or random.randrange(1_000_000))
    print(f"\nseed {seed}")
    draw, began = random.Random(seed), time.monotonic()
    cookies = await installation.prepare([f"agent{n}" for n in range(AGENTS_COUNT)], QUEUE)
    installation.launch()
    await installation.ready()
    crowd = Crowd(installation, cookies, draw)
    try:
        crowd.begins()
        await asyncio.sleep(2)
        await _kill_again_and_again(installation, draw, count)
        await crowd.stands_still()
        await crowd.sees_what_is()
        history, rows = await read_history(installation.database_url)
        crowd.finds_everything_in(history, rows)
        await crowd.brings_everything_to_its_end()
    finally:
        await crowd.leaves()
    await installation.stop()
    history = await _stands_where_its_journal_ends(installation)
    assert history.arrived == history.closed, "a contact was never served to its end"
    print(crowd.account(history), f"{time.monotonic() - began:.0f} s")


async def _kill_again_and_again(installation: Installation, draw: random.Random, count: int) -> None:
    """Two of five hit the server. Now and then the next comes before it stands again."""
    victims = draw.sample(["server", "store"], k=count, counts=[count * 2 // 5, count - count * 2 // 5])
    for victim in victims:
        await asyncio.sleep(draw.uniform(0.2, 1.5))
        if victim == "server":
            installation.kill_server()
            await asyncio.sleep(draw.uniform(0, 0.3))
            installation.launch()
        elif (killed := await _living_postmaster(installation)) is not None:
            await asyncio.sleep(0 if draw.random() < 0.2 else 0.1)
            await _another_postmaster_than(installation, killed)
        if draw.random() < 0.75:
            await installation.ready()
    await installation.ready()


async def _living_postmaster(installation: Installation) -> int | None:
    for _ in range(600):
        if installation.postmaster_pid() is not None:
            return installation.kill_postmaster()
        await asyncio.sleep(0.05)
    raise AssertionError("no postmaster came up within 30 s")


async def _another_postmaster_than(installation: Installation, killed: int) -> None:
    for _ in range(600):
        if installation.postmaster_pid() not in (None, killed):
            return
        await asyncio.sleep(0.05)
    raise AssertionError("the supervisor started no other postmaster within 30 s")


async def _stands_where_its_journal_ends(installation: Installation) -> History:
    """The server, when it was stopped, had the state that its journal gives to an empty floor."""
    installation.launch()
    await installation.ready()
    seq, digest = await newest_snapshot(installation.database_url)
    history, _ = await read_history(installation.database_url, until=seq)
    await installation.stop()
    assert floor.digest(history.state) == digest
    return history


class Crowd:
    """All pages of one test, and what must be true of them."""

    def __init__(self, installation: Installation, cookies: dict[str, str], draw: random.Random) -> None:
        self._installation = installation
        self._cookies = cookies
        self.deeds = Deeds()
        self.visitors = [LastingVisitor(installation.base) for _ in range(CUSTOMERS_COUNT)]
        self.desks = {name: LastingDesk(installation.base, cookie) for name, cookie in cookies.items()}
        self._customers = [
            Customer(page, f"customer{n}", self.deeds, random.Random(draw.random()))
            for n, page in enumerate(self.visitors)
        ]
        self._servants = [
            Servant(page, name, self.deeds, random.Random(draw.random()))
            for name, page in self.desks.items() if name != "supervisor"
        ]  # fmt: skip
        self.desks["supervisor"].also = [{"do": "look_at_floor"}]
        self._lives: list[asyncio.Task[None]] = []

    @property
    def pages(self) -> list[LastingVisitor | LastingDesk]:
        return [*self.visitors, *self.desks.values()]

    def begins(self) -> None:
        for page in self.pages:
            page.start()
        self._live()

    def _live(self) -> None:
        living = [*(customer.live() for customer in self._customers), *(servant.live() for servant in self._servants)]
        self._lives = [asyncio.create_task(life) for life in living]

    async def stands_still(self) -> None:
        """Everybody finishes what they began, and then only looks."""
        self.deeds.is_over = True
        await asyncio.gather(*self._lives)

    async def brings_everything_to_its_end(self) -> None:
        self.deeds.is_over, self.deeds.is_closing_time = False, True
        self._live()
        supervisor = self.desks["supervisor"]
        is_empty = lambda: supervisor.board.counts.get("open_count") == 0  # noqa: E731
        closed = asyncio.create_task(supervisor.until(is_empty, CLOSING_S_MAX))
        await asyncio.wait([closed, *self._lives], return_when=asyncio.FIRST_COMPLETED)
        await closed
        await self.stands_still()

    async def leaves(self) -> None:
        for life in self._lives:
            life.cancel()
        await asyncio.gather(*self._lives, return_exceptions=True)
        await asyncio.gather(*(page.leave_page() for page in self.pages))

    # ---- what must be true ---------------------------------------------------------------------

    async def sees_what_is(self) -> None:
        """Each screen, kept up through all kills, shows what a page that was opened just now does."""
        assert [fault for page in self.pages for fault in page.faults] == []
        assert set(self.deeds.refusals) <= EXPECTED
        for visitor in self.visitors:
            fresh = LastingVisitor(self._installation.base, resume=visitor.resume)
            await _becomes_equal(visitor, fresh, lambda page: page.talk)
        for name, desk in self.desks.items():
            fresh_desk = LastingDesk(self._installation.base, self._cookies[name])
            await _becomes_equal(desk, fresh_desk, _desk_shows)

    def finds_everything_in(self, history: History, rows: list[Any]) -> None:
        """What was acknowledged is stored once under its number; what was refused is not; each writer's order holds."""
        stored = {row["message"]: row for row in rows}
        for said in self.deeds.done.values():
            row = stored.get(said.id)
            assert row is not None, f"{said} was acknowledged, and is not there"
            assert row["text"] == said.text
            assert row["seq"] <= said.seq, "a receipt names the last event of the command; the words lie at its first"
        assert stored.keys() == self.deeds.done.keys(), "what is stored was acknowledged"
        self._are_in_order()

    def _are_in_order(self) -> None:
        """But for those that had to be asked again later, since the store was away."""
        delayed = set().union(*(page.delayed for page in self.pages))
        by_writer: dict[str, list[Said]] = {}
        for said in sorted(self.deeds.done.values(), key=lambda said: said.seq):
            if said.id not in delayed:
                by_writer.setdefault(said.by, []).append(said)
        for writer, sayings in by_writer.items():
            numbers = [said.number for said in sayings]
            assert numbers == sorted(numbers), f"{writer}'s messages stand in another order"

    def account(self, history: History) -> str:
        lives = sum(page.lives_count for page in self.pages)
        delayed = sum(len(page.delayed) for page in self.pages)
        unwelcomed = sum(page.unwelcomed_count for page in self.pages)
        return (
            f"{len(self.deeds.done)} messages acknowledged, {len(history.arrived)} contacts, {lives} connections, "
            f"{len(history.epochs)} epochs, {history.seq} events, {delayed} asked again later, "
            f"{unwelcomed} unwelcomed, offers {history.ended_offers}, refusals {self.deeds.refusals}"
        )


async def _becomes_equal(page: Any, fresh: Any, shows: Any) -> None:
    """The floor's own timers may ring between two looks, and what they change arrives a moment later."""
    await page.until(lambda: page.is_live)
    fresh.start()
    try:
        await fresh.until(lambda: fresh.last is not None)
        for _ in range(60):
            if shows(page) == shows(fresh):
                return
            await asyncio.sleep(0.05)
        assert shows(page) == shows(fresh)
    finally:
        await fresh.leave_page()


def _desk_shows(desk: LastingDesk) -> Any:
    """Words in a line (the last message, how many are unread) are the page's own doing, and not compared here."""
    of_talk = ("contact", "state", "owner", "queue", "customer", "held", "wrap_up_until", "participants")
    return (
        {contact: [talk[key] for key in of_talk] for contact, talk in desk.talks.items()},
        {id: (offer["talk"]["contact"], offer["expires_at"]) for id, offer in desk.offers.items()},
        [message for contact in sorted(desk.talks) for _, message in sorted(desk.screens.get(contact, {}).items())],
        [desk.desk["presence"][key] for key in ("presence", "reason")],
    )  # fmt: skip
