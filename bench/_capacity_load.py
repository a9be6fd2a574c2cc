"""The people of `bench capacity`: 400 agents, 1,200 open talks and a supervisor, in a process of their own.

`python -m bench._capacity_load BASE COOKIES AGENTS TALKS RATE` keeps that many talks open and that many messages a
second going, half from customers, each answered at once by the agent on whose screen it stands; every talk ends after
a while and another customer comes. It says "ready" when all talks are served. Then each line that it is sent ends a
window: it answers with what it saw since the last one, as JSON. A line "down" says that the server is about to be
restarted: the answer comes when every page is back.

Pages come from many addresses of the loopback, as customers do, and come back with the pause of the real ones.
"""

import asyncio
import json
import random
import sys
import time
from pathlib import Path
from typing import Any

import uvloop

from tests.crash.pages import Frame, LastingDesk, LastingVisitor
from tests.people import Refused

TALKS_A_DESK = 4
TALK_S = 600.0  # a talk's length: two end each second, and two begin
PAGES_AN_ADDRESS = 300
BACKOFF_S = (0.5, 8.0)  # web/words/src/connection.ts
COMING_S = 0.01  # between two pages that come at the beginning


class Window:
    """What was seen since the last question, in milliseconds."""

    def __init__(self) -> None:
        self.there: list[float] = []  # customer writes -> on the agent's screen
        self.receipt: list[float] = []  # customer writes -> the customer's page knows that it is stored
        self.back: list[float] = []  # customer writes -> the agent's answer is on the customer's screen
        self.offer: list[float] = []  # queued -> on a desk
        self.board: list[float] = []  # how old the board was when the next one came
        self.errors: dict[str, int] = {}

    def said(self) -> dict[str, Any]:
        return self.__dict__


class Crowd:
    def __init__(self, base: str, cookies: dict[str, str], agents: int, talks: int, rate: float) -> None:
        self.window = Window()
        self.is_down = False
        self._is_morning = True  # those who are there at the beginning have been there for a while
        self._base = base
        self._draw = random.Random(1)
        self._pages_count = 0
        self._rate = rate
        self._talks_max = talks
        self._talks: dict[LastingVisitor, float] = {}
        self._written: dict[str, tuple[float, LastingVisitor]] = {}  # message -> when, by whom
        self._answered: dict[str, float] = {}  # the answer's id -> when its question was written
        self._desks = [self._page(LastingDesk, cookies[f"agent{n}"]) for n in range(agents)]
        self._taken: set[str] = set()
        self._board_at = 0
        self.supervisor = self._page(LastingDesk, cookies["supervisor"])
        self.supervisor.also = [{"do": "look_at_floor", "talks": {}}]
        self._tasks: set[asyncio.Task[Any]] = set()

    def _page(self, kind: type[Any], *arguments: str) -> Any:
        page = kind(self._base, *arguments, backoff_s=BACKOFF_S)
        page.source = (f"127.0.0.{2 + self._pages_count // PAGES_AN_ADDRESS % 200}", 0)
        page.draw = self._draw
        self._pages_count += 1
        return page

    @property
    def pages(self) -> list[Any]:
        return [*self._desks, self.supervisor, *self._talks]

    # ---- coming --------------------------------------------------------------------------------

    async def begin(self) -> None:
        for desk in [*self._desks, self.supervisor]:
            self._sit_down(desk)
            await asyncio.sleep(COMING_S)
        for desk in self._desks:
            await desk.until(lambda desk=desk: desk.last is not None, 120)
            await desk.ask("presence", presence="ready")
        while len(self._talks) < self._talks_max:
            self._spawn(self._customer())
            await asyncio.sleep(COMING_S)
        await asyncio.gather(*(page.until(lambda page=page: page.stage == "agent", 120) for page in self._talks))
        self._is_morning = False
        self._spawn(self._customers_come_and_go())
        self._spawn(self._customers_write())

    def _spawn(self, work: Any) -> None:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._over)

    def _over(self, task: "asyncio.Task[Any]") -> None:
        self._tasks.discard(task)
        if not task.cancelled() and (error := task.exception()):
            self._error(error)

    def _error(self, error: BaseException) -> None:
        name = error.code if isinstance(error, Refused) else type(error).__name__
        self.window.errors[name] = self.window.errors.get(name, 0) + 1

    def _sit_down(self, desk: LastingDesk) -> None:
        show, hint = desk.take_push, desk.take_hint

        def take_push(push: Frame) -> None:
            show(push)
            if push["kind"] == "offer_shown":
                self._offered(desk, push["offer"])
            elif push["kind"] == "message_added":
                self._arrived(desk, push["contact"], push["message"])

        def take_hint(frame: Frame) -> None:
            hint(frame)
            if frame["is"] == "board":
                self._board(frame["at"])

        desk.take_push, desk.take_hint = take_push, take_hint  # type: ignore[method-assign]
        desk.reads_talks = False
        desk.start()

    async def _customer(self) -> None:
        page: LastingVisitor = self._page(LastingVisitor)
        life_s = TALK_S * (self._draw.random() if self._is_morning else self._draw.uniform(0.5, 1.5))
        self._talks[page] = time.monotonic() + life_s
        show = page.take_push

        def take_push(push: Frame) -> None:
            show(push)
            if push["kind"] == "message_added" and (began := self._answered.pop(push["message"]["id"], None)):
                self.window.back.append((time.perf_counter() - began) * 1000)

        page.take_push = take_push  # type: ignore[method-assign]
        page.start()
        await page.until(lambda: page.last is not None, 120)
        await page.ask("say", text="Good morning")

    async def _customers_come_and_go(self) -> None:
        while True:
            await asyncio.sleep(0.1)
            now = time.monotonic()
            for page in [page for page, until in self._talks.items() if until < now and not self.is_down]:
                del self._talks[page]
                self._spawn(self._goes(page))
                self._spawn(self._customer())

    async def _goes(self, page: LastingVisitor) -> None:
        """The agent ends the talk; the page is closed."""
        contact = page.talk["contact"]
        desk = next((desk for desk in self._desks if contact in desk.talks), None)
        if desk is not None:
            await asyncio.gather(desk.ask("finish", contact=contact), desk.ask("wrap_up", contact=contact))
            desk.messages.pop(contact, None)
        await page.leave_page()

    # ---- talking -------------------------------------------------------------------------------

    async def _customers_write(self) -> None:
        """At a steady pace, whoever it is and however long the answers take."""
        due = time.perf_counter()
        while True:
            due += 2 / self._rate
            await asyncio.sleep(max(0.0, due - time.perf_counter()))
            page = self._draw.choice(list(self._talks))
            if not self.is_down and page.is_live and page.stage == "agent":
                self._spawn(self._write(page))

    async def _write(self, page: LastingVisitor) -> None:
        id, began = page.fresh_id(), time.perf_counter()
        self._written[id] = began, page
        await page.ask("say", id, text="Where is the parcel that was to come on Tuesday?")
        self.window.receipt.append((time.perf_counter() - began) * 1000)

    def _arrived(self, desk: LastingDesk, contact: str, message: Frame) -> None:
        began, _ = self._written.pop(message["id"], (0.0, None))
        if began:
            self.window.there.append((time.perf_counter() - began) * 1000)
            id = desk.fresh_id()
            self._answered[id] = began
            self._spawn(desk.ask("say", id, contact=contact, text="It left the house yesterday and comes today."))

    def _offered(self, desk: LastingDesk, offer: Frame) -> None:
        """Told again when the customer goes on writing; taken once."""
        if offer["offer"] in self._taken:
            return
        self._taken.add(offer["offer"])
        waited = time.time_ns() / 1e6 - offer["talk"]["waiting_since"]
        self.window.offer.append(waited)
        self._spawn(desk.ask("accept", offer=offer["offer"]))

    def _board(self, at: int) -> None:
        """Until this board came, what the last one did not have yet was not to be seen."""
        if self._board_at:
            self.window.board.append(time.time_ns() / 1e6 - self._board_at)
        self._board_at = at

    # ---- the restart ---------------------------------------------------------------------------

    async def comes_back(self) -> dict[str, float]:
        """Until every page that was there was welcomed anew."""
        self.is_down = True
        lives = {page: page.lives_count for page in self.pages}
        while any(page.lives_count == count for page, count in lives.items()):  # noqa: ASYNC110 - one look at thousands of pages
            await asyncio.sleep(0.02)
        self.is_down, self._board_at = False, 0
        self._written.clear()
        self._answered.clear()
        return {"at": time.time(), "pages": len(lives)}


async def main(base: str, cookies: Path, agents: int, talks: int, rate: float) -> None:
    crowd = Crowd(base, json.loads(cookies.read_text()), agents, talks, rate)
    await crowd.begin()
    print("ready", flush=True)
    while line := await asyncio.to_thread(sys.stdin.readline):
        if line.strip() == "down":
            print(json.dumps(await crowd.comes_back()), flush=True)
        else:
            window, crowd.window = crowd.window, Window()
            faults = [fault for page in crowd.pages for fault in page.faults]
            print(json.dumps(window.said() | {"faults": faults[:5], "talks": len(crowd._talks)}), flush=True)


if __name__ == "__main__":
    base, cookies, agents, talks, rate = sys.argv[1:]
    uvloop.run(main(base, Path(cookies), int(agents), int(talks), float(rate)))
