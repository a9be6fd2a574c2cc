"""Customers who write and agents who serve them, for as long as a test wants, whatever happens to the server.

What each was told is done is written down (`done`), and so is what was refused for good.
"""

import asyncio
import random
from dataclasses import dataclass, field

from tests.crash.pages import LastingDesk, LastingVisitor
from tests.people import Frame, Refused

# Somebody else was quicker, or the floor's clock was: no page is surprised by these.
EXPECTED = {
    "offer_gone", "not_your_offer", "contact_closed", "not_your_contact", "contact_not_active",
    "contact_not_wrapping_up", "agent_not_connected", "gate_contact_closed",
}  # fmt: skip


@dataclass
class Said:
    """One message as its writer knows it: `text` counts up, so that order can be seen."""

    id: str
    by: str
    number: int
    text: str
    seq: int = 0


@dataclass
class Deeds:
    """What all of them did."""

    done: dict[str, Said] = field(default_factory=dict)
    refused: dict[str, Said] = field(default_factory=dict)
    refusals: dict[str, int] = field(default_factory=dict)
    is_over: bool = False  # nobody writes or answers any more, all look at their screens
    is_closing_time: bool = False  # customers write no more; agents bring everything to its end

    def refuse(self, code: str) -> None:
        self.refusals[code] = self.refusals.get(code, 0) + 1


class Customer:
    """Writes, one to three lines at a time; now and then reads what came, leaves, or loses the network."""

    def __init__(self, page: LastingVisitor, name: str, deeds: Deeds, draw: random.Random) -> None:
        self.page = page
        self.name = name
        self._deeds = deeds
        self._draw = draw
        self._number = 0

    async def live(self) -> None:
        await asyncio.sleep(self._draw.uniform(0, 2))
        while not (self._deeds.is_over or self._deeds.is_closing_time):
            lines = [self._line() for _ in range(self._draw.choice((1, 1, 2, 3)))]
            if self._draw.random() < 0.1:
                self.page.cut()
            await asyncio.gather(*lines)
            await self._reads()
            if self._draw.random() < 0.03 and self.page.stage in ("waiting", "agent"):
                await self._leaves()
            await asyncio.sleep(self._draw.uniform(0.5, 2.5))

    async def _line(self) -> None:
        self._number += 1
        id, text = self.page.fresh_id(), f"{self.name} says {self._number}"
        said = Said(id, self.name, self._number, text)
        try:
            said.seq = (await self.page.ask("say", id, text=text))["seq"]
        except Refused as no:
            self._deeds.refuse(no.code)
            self._deeds.refused[id] = said
            self.page.faults.append(f"refused to hear {text!r}: {no}")
        else:
            self._deeds.done[id] = said

    async def _reads(self) -> None:
        answers = [m for m in self.page.talk.get("messages", ()) if m["author"] == "agent"]
        if answers and self._draw.random() < 0.3:
            await self._asks("seen", message=answers[-1]["id"])

    async def _leaves(self) -> None:
        await self._asks("leave")

    async def _asks(self, do: str, **fields: str) -> None:
        try:
            await self.page.ask(do, **fields)
        except Refused as no:
            self._deeds.refuse(no.code)


class Servant:
    """An agent: takes most offers, declines some, overlooks a few; answers; brings talks to an end."""

    def __init__(self, page: LastingDesk, name: str, deeds: Deeds, draw: random.Random) -> None:
        self.page = page
        self.name = name
        self._deeds = deeds
        self._draw = draw
        self._number = 0
        self._overlooked: set[str] = set()

    async def live(self) -> None:
        while not self._deeds.is_over:
            await self._is_there()
            for offer in list(self.page.offers.values()):
                await self._considers(offer)
            for talk in list(self.page.talks.values()):
                await self._serves(talk)
            await asyncio.sleep(self._draw.uniform(0.1, 0.5))

    async def _is_there(self) -> None:
        """After a long absence, or offers that were missed, the floor has set the agent aside."""
        if self.page.desk and self.page.desk["presence"]["presence"] != "ready":
            await self._asks("presence", presence="ready")

    async def _considers(self, offer: Frame) -> None:
        fate = 1.0 if self._deeds.is_closing_time else self._draw.random()
        if offer["offer"] in self._overlooked or fate < 0.05:
            self._overlooked.add(offer["offer"])
        elif fate < 0.2:
            await self._asks("decline", offer=offer["offer"], reason="busy")
        else:
            await self._asks("accept", offer=offer["offer"])

    async def _serves(self, talk: Frame) -> None:
        contact, fate = talk["contact"], self._draw.random()
        if talk["state"] == "wrap_up":
            await self._asks("wrap_up", contact=contact, disposition="solved", note="done")
        elif talk["state"] != "active":
            return
        elif self._deeds.is_closing_time or fate < 0.06:
            await self._brings_to_an_end(contact)
        elif fate < 0.5:
            await self._says(contact)

    async def _brings_to_an_end(self, contact: str) -> None:
        """Quick hands: the last word, the end and the wrap-up are on their way before the first is answered."""
        await asyncio.gather(
            self._says(contact),
            self._asks("note", contact=contact, text=f"{self.name} is done"),
            self._asks("finish", contact=contact),
            self._asks("wrap_up", contact=contact, disposition="solved"),
        )

    async def _says(self, contact: str) -> None:
        self._number += 1
        id, text = self.page.fresh_id(), f"{self.name} says {self._number}"
        said = Said(id, self.name, self._number, text)
        try:
            said.seq = (await self.page.ask("say", id, contact=contact, text=text))["seq"]
        except Refused as no:
            self._deeds.refused[id] = said
            self._refused(no)
        else:
            self._deeds.done[id] = said

    async def _asks(self, do: str, **fields: str) -> None:
        try:
            await self.page.ask(do, **fields)
        except Refused as no:
            self._refused(no)

    def _refused(self, no: Refused) -> None:
        self._deeds.refuse(no.code)
