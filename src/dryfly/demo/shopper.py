"""A simulated customer on the shop's page: writes, answers what they are asked, waits, thanks or gives up."""

import contextlib
from collections.abc import Callable
from dataclasses import dataclass, field

from dryfly.demo import phrases
from dryfly.demo.cases import Case
from dryfly.demo.pace import Pace
from dryfly.demo.told import Told
from dryfly.platform.errors import CallerError, PeerError
from dryfly.walk.line import Frame, Visitor

TURNS_MAX = 14
PATIENCE_S = (150, 420)
SILENCE_S = 240  # of an agent, before the customer goes
BYE = ("have a good day", "wish you a good day")


@dataclass
class Shopper:
    """`came` is told the contact's id, so that the simulated agents know what it is about."""

    visitor: Visitor
    case: Case
    told: Told
    pace: Pace
    login: str | None
    came: Callable[[str, Case], None]
    ending: str = "none"
    _heard: int = field(default=0, init=False)

    async def visit(self) -> str:
        """Until the talk is over one way or the other; how it ended."""
        with contextlib.suppress(CallerError, PeerError):  # the server stops, or somebody closed the talk just now
            async with self.visitor:
                await self.visitor.open(**({"login": self.login} if self.login else {}))
                await self.visitor.say(self.case.opening(self.pace.random))
                if self.visitor.contact:
                    self.came(self.visitor.contact, self.case)
                await self._talk()
        return self.ending

    async def _talk(self) -> None:
        for _ in range(TURNS_MAX):
            if not await self._hears():
                return await self._leave("gave_up")
            if self.visitor.stage == "closed":
                self.ending = "served"
                return await self._rate()
            if not await self._answers(self._newest()):
                return None
        return await self._leave("gave_up")

    async def _hears(self) -> bool:
        """Something new that wants an answer; nobody waits for ever, and the impatient ask once."""
        patience_s = self.pace.seconds(*PATIENCE_S)
        if self.visitor.stage == "waiting" and await self._until_new(patience_s / 2):
            return True
        if self.visitor.stage == "waiting":
            await self._writes(self._one_of(phrases.IMPATIENT), (0, 1))
        return await self._until_new(patience_s)

    async def _until_new(self, patience_s: float) -> bool:
        is_new = await self.visitor.until(self._has_new, patience_s)
        if is_new:  # whatever comes in the next moment belongs to it
            await self.pace.pause(1, 2)
        return is_new

    def _has_new(self) -> bool:
        return self.visitor.stage == "closed" or (
            len(self.visitor.heard()) > self._heard and self.visitor.stage in ("bot", "agent")
        )

    def _newest(self) -> Frame:
        heard = self.visitor.heard()
        self._heard = len(heard)
        return heard[-1]

    async def _answers(self, message: Frame) -> bool:
        """Whether the talk goes on."""
        if message["author"] == "bot":
            return await self._answers_bot(message)
        text = message["text"].lower()
        if any(bye in text for bye in BYE) or "anything else" in text:
            await self._writes(self._one_of(phrases.THANKS), (3, 15))
        elif text.endswith("?") or self.pace.random.random() < 0.7:
            await self._writes(self._one_of(phrases.FOLLOWS), (5, 25))
        return True

    async def _answers_bot(self, message: Frame) -> bool:
        text = message["text"]
        if said := self._reply_to(message):
            await self._writes(said, (4, 18))
            return True
        if text in (self.told.playbook.texts.handing_over, self.told.playbook.texts.asked_for_person):
            return True
        return await self._is_answered()

    def _reply_to(self, message: Frame) -> str | None:
        """What a question of the bot wants to hear; None: it is no question."""
        texts, text = self.told.playbook.texts, message["text"]
        if texts.ask_identity in text:
            return self.case.customer.email
        for fact, _, question in self.told.questions(self.case):
            if question == text:
                return self.case.fill(phrases.REASONS.get(fact, "it does not matter"))
        return self._choice(message.get("choices", []))

    def _choice(self, choices: list[Frame]) -> str | None:
        """The one that is theirs; else any, as people do who do not care."""
        record = self.case.order or self.case.invoice or self.case.subscription
        wanted = {record.key if record else "", self.told.title(self.case)}
        own = next((choice["say"] for choice in choices if choice["say"] in wanted), None)
        return own or (str(choices[0]["say"]) if choices else None)

    async def _is_answered(self) -> bool:
        luck = self.pace.random.random()
        if luck < 0.55:
            await self._writes(self._one_of(phrases.SOLVED), (5, 20))
            self.ending = "solved_by_bot"
            return True
        if luck < 0.8:
            await self.pace.pause(10, 40)
            await self._leave("left_bot")
            return False
        await self._writes(self._one_of(phrases.LINES["asked_for_person"].opens), (5, 20))
        return True

    def _one_of(self, texts: tuple[str, ...]) -> str:
        return phrases.mistyped(self.pace.random.choice(texts), self.pace.random, 0.1)

    async def _writes(self, text: str, pause_s: tuple[float, float]) -> None:
        await self.visitor.send({"do": "typing"})
        await self.pace.pause(*pause_s)
        await self.visitor.say(text)

    async def _leave(self, ending: str) -> None:
        self.ending = ending
        await self.visitor.ask("leave")

    async def _rate(self) -> None:
        """Some answer the one question after a talk."""
        if self.pace.random.random() < 0.4:
            await self.pace.pause(2, 8)
            await self.visitor.ask("rate", score=self.pace.random.choices((1, 2, 3, 4, 5), (4, 4, 10, 32, 50))[0])
