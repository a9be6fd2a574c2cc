"""A simulated agent: takes offers, greets, does what is to be done, writes the talk up. Goes when a person comes.

What a simulated customer wants is known; what a real one wants is read from the talk's page, as an agent would.
"""

import asyncio
import contextlib
from collections.abc import Callable
from dataclasses import dataclass, field

from dryfly.demo import phrases
from dryfly.demo.cases import Case
from dryfly.demo.desk import Desk
from dryfly.demo.pace import Pace
from dryfly.demo.phrases import LINES
from dryfly.platform.errors import CallerError, PeerError
from dryfly.walk.line import Frame

OVERTAKEN = (CallerError, PeerError)  # the customer left, a supervisor took it: that is how it is
QUIET_S = 45  # of the customer, before the agent goes on
GIVE_UP_S = 150


@dataclass(frozen=True)
class Known:
    """What the agent has before them."""

    need: str
    given: str
    order: str
    item: str
    is_real: bool = False  # nobody simulated: the visitor

    @classmethod
    def of(cls, case: Case) -> "Known":
        return cls(case.need, case.customer.given, case.order.key if case.order else "", case.item)

    @classmethod
    def read(cls, page: Frame) -> "Known":
        facts = {fact["key"]: fact["value"] for fact in page["facts"]}
        brief = page.get("brief") or {}
        need = brief.get("need") or brief.get("reason") or ""
        given = (facts.get("name") or "").split(" ")[0]
        item = facts.get("return_items") or "it"
        return cls(need if need in LINES else "asked_for_person", given, facts.get("order", ""), item, is_real=True)

    def fill(self, text: str, agent: str) -> str:
        order = self.order or "of yours"
        return phrases.filled(text, given=self.given or "there", order=order, item=self.item, agent=agent)


@dataclass
class StandIn:
    """`leaves_to_people`: whether a real agent is ready, who should have what real customers write."""

    name: str
    desk: Desk
    pace: Pace
    case_of: Callable[[str], Case | None]
    leaves_to_people: Callable[[], bool]
    served_count: int = 0
    _tasks: dict[str, asyncio.Task[None]] = field(default_factory=dict, init=False)
    _left: set[str] = field(default_factory=set, init=False)

    async def work(self) -> None:
        """Until cancelled, or the desk is closed. The desk goes without signing out: the talks wait for who comes."""
        try:
            await self.desk.open()
            await self.desk.ask("presence", presence="ready")
            alive = self._tasks["alive"] = asyncio.create_task(self.desk.keep_alive())
            alive.add_done_callback(_forget_error)
            while await self.desk.until(self._has_work, 3600) or not self.desk.is_over:
                self._begin_work()
        finally:
            for task in self._tasks.values():
                task.cancel()
            await asyncio.gather(*self._tasks.values(), return_exceptions=True)
            await self.desk.close()

    def _has_work(self) -> bool:
        return any(offer not in self._tasks for offer in self.desk.offers) or any(
            self.desk.is_serving(contact) and contact not in self._tasks for contact in self.desk.talks
        )

    def _begin_work(self) -> None:
        self._tasks = {key: task for key, task in self._tasks.items() if not task.done()}
        for offer, shown in self.desk.offers.items():
            if offer not in self._tasks:
                self._tasks[offer] = asyncio.create_task(self._consider(offer, shown["talk"]["contact"]))
        for contact in self.desk.talks:
            if self.desk.is_serving(contact) and contact not in self._tasks:
                self._tasks[contact] = asyncio.create_task(self._serve(contact))

    async def _consider(self, offer: str, contact: str) -> None:
        with contextlib.suppress(*OVERTAKEN):
            if self.case_of(contact) is None and contact not in self._left and self.leaves_to_people():
                self._left.add(contact)
                await self.desk.ask("decline", offer=offer, reason="for_a_person")
                return
            await self.pace.pause(2, 9)
            if offer in self.desk.offers:
                await self.desk.ask("accept", offer=offer)

    # ---- serving ---------------------------------------------------------------------------------

    async def _serve(self, contact: str) -> None:
        with contextlib.suppress(*OVERTAKEN, OSError):
            known = await self._known(contact)
            texts = [phrases.greeting(self.pace.random, known.order), *self._lines(known)]
            for text in texts:
                await self._says(contact, known.fill(text, self.name))
                await self._listens(contact, QUIET_S)
            if known.is_real:
                await self._stays_with(contact)
            await self._ends(contact, known)

    async def _known(self, contact: str) -> Known:
        case = self.case_of(contact)
        return Known.of(case) if case else Known.read(await self.desk.page(contact))

    def _lines(self, known: Known) -> list[str]:
        return [self.pace.random.choice(some) for some in LINES[known.need].agent] or [
            "I have had a look: all is well."
        ]

    async def _says(self, contact: str, text: str) -> None:
        await self.desk.send({"do": "typing", "contact": contact})
        await self.pace.pause(4, 12)
        await self.desk.ask("say", contact=contact, text=text)

    async def _listens(self, contact: str, patience_s: float) -> str | None:
        """What the customer says next; None: they are silent."""
        before = len(self.desk.heard.get(contact, []))
        patience_s = self.pace.seconds(patience_s * 0.6, patience_s)
        await self.desk.until(
            lambda: len(self.desk.heard.get(contact, [])) > before or not self._is_here(contact), patience_s
        )
        if not self._is_here(contact):
            raise PeerError("talk_gone", "The talk is not on the desk any more.")
        heard = self.desk.heard.get(contact, [])
        return str(heard[-1]["text"]) if len(heard) > before else None

    def _is_here(self, contact: str) -> bool:
        return self.desk.is_serving(contact)

    async def _stays_with(self, contact: str) -> None:
        """Whatever a real customer goes on to say has an answer, for as long as they write."""
        while (said := await self._listens(contact, GIVE_UP_S)) is not None:
            await self._says(contact, self._reply(said))

    def _reply(self, said: str) -> str:
        if any(word in said.lower() for word in ("thank", "thx", "bye")):
            return "You are welcome! Have a good day."
        if said.rstrip().endswith("?"):
            return self.pace.random.choice(phrases.ANSWERS)
        return "I have noted that for my colleagues, and take care of it today."

    async def _ends(self, contact: str, known: Known) -> None:
        await self._says(contact, known.fill(self.pace.random.choice(phrases.BYES[1:]), self.name))
        await self._listens(contact, 20)
        await self.desk.ask("finish", contact=contact)
        await self.pace.pause(5, 25)
        note = self.pace.random.choice(phrases.NOTES) if self.pace.random.random() < 0.35 else ""
        disposition = self.pace.random.choice(LINES[known.need].closes)
        await self.desk.ask("wrap_up", contact=contact, disposition=disposition, note=note)
        self.served_count += 1


def _forget_error(task: "asyncio.Task[None]") -> None:
    if not task.cancelled():
        task.exception()  # the line was lost: whoever reads it hears that too
