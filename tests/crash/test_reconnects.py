"""Connections that break without a word: on every screen each message stands once, and no push is missing.

Customers and agents talk as fast as they can on a server in a process of its own, and one message in twenty costs
its writer the connection: it is cut behind the message, before anybody can know whether it arrived. The page comes
back, says hello with its last number and sends again what has no receipt.
"""

import asyncio
import os
import random
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from dryfly.floor.model import QueueSpec
from tests.crash.history import read_history
from tests.crash.installation import Installation, installed, told_on_failure
from tests.crash.pages import Lasting, LastingDesk, LastingVisitor

TALKS_COUNT, TALKS_EACH = 60, 4
CUT_SHARE = 0.05
FEW, MANY = 12_000, 100_000
QUEUE = QueueSpec(reply_clock_s=None, park_after_s=0, offer_timeout_s=60)


@pytest.fixture
def installation() -> Iterator[Installation]:
    with (
        tempfile.TemporaryDirectory(prefix="dryfly-cut-") as folder,
        installed(Path(folder) / "home", program="tests.crash.generous") as made,
    ):
        yield made


async def test_what_breaks_is_mended(installation: Installation) -> None:
    with told_on_failure(installation):
        await reconnects(installation, FEW)


@pytest.mark.long
async def test_what_breaks_is_mended_a_hundred_thousand_times(installation: Installation) -> None:
    with told_on_failure(installation):
        await reconnects(installation, MANY)


async def reconnects(installation: Installation, count: int) -> None:
    seed = int(os.environ.get("DRYFLY_TEST_SEED") or random.randrange(1_000_000))
    print(f"\nseed {seed}")
    names = [f"agent{n}" for n in range(TALKS_COUNT // TALKS_EACH)]
    cookies = await installation.prepare(names, QUEUE, chats_max=TALKS_EACH)
    installation.launch()
    await installation.ready()
    talks = Talks(installation.base, [cookies[name] for name in names], random.Random(seed))
    try:
        await talks.begin()
        began = time.monotonic()
        await talks.say(count)
        took_s = time.monotonic() - began
        await talks.settle()
        talks.are_whole()
        _, rows = await read_history(installation.database_url)
        stored = {(row["contact"], row["message"]): row["text"] for row in rows}
        assert stored == talks.said, "what was acknowledged is stored, and nothing else"
        print(f"{count} messages in {took_s:.0f} s, {talks.cuts_count} connections cut, {talks.states_count} states")
    finally:
        await talks.leave()
    await installation.stop()


class Talks:
    """Sixty customers, each with an agent; all write to each other."""

    def __init__(self, base: str, cookies: list[str], draw: random.Random) -> None:
        self._draw = draw
        self._visitors = [LastingVisitor(base, backoff_s=(0.02, 0.5)) for _ in range(TALKS_COUNT)]
        self._desks = [LastingDesk(base, cookie, backoff_s=(0.02, 0.5)) for cookie in cookies]
        self._desk_of: dict[str, LastingDesk] = {}
        self._states_before = 0
        self.said: dict[tuple[str, str], str] = {}
        self.cuts_count = 0

    @property
    def pages(self) -> list[LastingVisitor | LastingDesk]:
        return [*self._visitors, *self._desks]

    async def begin(self) -> None:
        """Every customer has said a word, and every one is served."""
        for desk in self._desks:
            desk.start()
            await desk.until(lambda desk=desk: desk.last is not None)  # type: ignore[misc]
            await desk.ask("presence", presence="ready")
        await asyncio.gather(*(self._come(n, visitor) for n, visitor in enumerate(self._visitors)))
        await asyncio.gather(*(self._take(desk) for desk in self._desks))
        self._states_before = self.states_count

    async def _come(self, n: int, visitor: LastingVisitor) -> None:
        visitor.start()
        await visitor.until(lambda: visitor.last is not None)
        id = visitor.fresh_id()
        await visitor.ask("say", id, text=f"I am {n}")
        await visitor.until(lambda: bool(visitor.talk["contact"]))
        self.said[visitor.talk["contact"], id] = f"I am {n}"

    async def _take(self, desk: LastingDesk) -> None:
        while len(desk.talks) < TALKS_EACH:
            await desk.until(lambda: bool(desk.offers))
            for offer in list(desk.offers.values()):
                await desk.ask("accept", offer=offer["offer"])
        await desk.until(lambda: desk.is_settled)
        self._desk_of |= dict.fromkeys(desk.talks, desk)

    async def say(self, count: int) -> None:
        each = count // (2 * TALKS_COUNT)
        await asyncio.gather(*(self._talk(visitor, each) for visitor in self._visitors))

    async def _talk(self, visitor: LastingVisitor, count: int) -> None:
        """The customer and the agent write at the same time, each one line after the other."""
        contact = str(visitor.talk["contact"])
        await asyncio.gather(
            self._write(visitor, contact, "customer", count, {}),
            self._write(self._desk_of[contact], contact, "agent", count, {"contact": contact}),
        )

    async def _write(self, page: Lasting, contact: str, who: str, count: int, fields: dict[str, str]) -> None:
        for n in range(count):
            id, text = page.fresh_id(), f"{who} {n}"
            answer = page.asking("say", id, text=text, **fields)
            if self._draw.random() < CUT_SHARE:
                await asyncio.sleep(self._draw.choice((0, 0.001, 0.005)))  # on the way there, there, on the way back
                page.cut()
                self.cuts_count += 1
            await answer
            self.said[contact, id] = text

    async def settle(self) -> None:
        """What was sent to every page has arrived."""
        for page in self.pages:
            await page.until(lambda page=page: page.is_live)  # type: ignore[misc]
        for visitor in self._visitors:
            expected = sum(contact == visitor.talk["contact"] for contact, _ in self.said)
            await visitor.until(lambda v=visitor, e=expected: len(v.talk["messages"]) >= e)  # type: ignore[misc]
        for contact, desk in self._desk_of.items():
            expected = sum(each == contact for each, _ in self.said)
            await desk.until(lambda d=desk, c=contact, e=expected: len(d.screens.get(c, {})) >= e)  # type: ignore[misc]

    def are_whole(self) -> None:
        assert [fault for page in self.pages for fault in page.faults] == []
        for visitor in self._visitors:
            contact = visitor.talk["contact"]
            self._is_whole(contact, visitor.talk["messages"])
            self._is_whole(contact, sorted(self._desk_of[contact].screens[contact].values(), key=_seq))

    def _is_whole(self, contact: str, shown: list[dict[str, object]]) -> None:
        """Each message once, in the order of the journal, which is each writer's own."""
        assert [m["seq"] for m in shown] == sorted({_seq(m) for m in shown})
        said = [m for m in shown if m["author"] != "system"]  # beside what the talk tells by itself
        assert {(contact, str(m["id"])): m["text"] for m in said} == {
            key: text for key, text in self.said.items() if key[0] == contact
        }
        for who in ("customer", "agent"):
            numbers = [int(str(m["text"]).split()[1]) for m in shown if str(m["text"]).startswith(who)]
            assert numbers == list(range(len(numbers)))

    @property
    def states_count(self) -> int:
        """How often a page was sent a fresh state, after its first."""
        return sum(page.states_count for page in self.pages) - self._states_before

    async def leave(self) -> None:
        await asyncio.gather(*(page.leave_page() for page in self.pages))


def _seq(message: dict[str, object]) -> int:
    return int(str(message["seq"]))
