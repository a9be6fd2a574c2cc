"""Plays a customer on the widget's socket and notes each moment as it comes."""

from collections.abc import Callable, Iterator

from dryfly.conversations.asking import questions_in
from dryfly.platform.clock import Clock, SystemClock
from dryfly.platform.errors import CallerError, PeerError
from dryfly.walk.line import Frame, Visitor
from dryfly.walk.path import DeadEnd, Moment, Walked, What, look_at
from dryfly.walk.script import Customer, Script, Step

TURNS_MAX = 12
SETTLE_S = 1.5  # what comes within it belongs to the same answer
Seen = Callable[[Moment], None]


class _Stop(Exception):
    """A dead end: the walk is over."""


class Walker:
    """One walk. `seen` is told each moment at once; `came` the contact, once there is one."""

    def __init__(
        self,
        visitor: Visitor,
        script: Script,
        *,
        clock: Clock | None = None,
        seen: Seen = lambda moment: None,
        came: Callable[[str], None] = lambda contact: None,
    ) -> None:
        self.moments: list[Moment] = []
        self._visitor = visitor
        self._script = script
        self._clock = clock or SystemClock()
        self._seen = seen
        self._came = came
        self._began = self._clock.monotonic()
        self._acted = self._began
        self._heard_count = 0
        self._stage = "none"

    async def walk(self) -> Walked:
        began_at = self._clock.now()
        self._began = self._acted = self._clock.monotonic()
        try:
            async with self._visitor:
                self._visitor.on_change = self._look
                await self._visitor.open(**({"login": self._script.login} if self._script.login else {}))
                await self._play()
                self._look()
        except _Stop:
            pass
        except CallerError as error:
            self._note(What.DEAD_END, f"Refused: {error.text}", "system", dead_end=DeadEnd.REFUSED)
        except PeerError as error:
            self._note(What.DEAD_END, error.text, "system", dead_end=DeadEnd.LOST)
        moments = tuple(self.moments)
        return Walked(self._script.name, began_at, moments, look_at(moments), self._visitor.contact)

    async def _play(self) -> None:
        if self._script.customer is not None:
            await self._be(self._script.customer)
        for step in self._script.steps:
            await self._do(step)

    # ---- noting ----------------------------------------------------------------------------------

    def _look(self) -> None:
        """What is new on the page, in the order of the page."""
        if self._visitor.stage != self._stage:
            self._stage = self._visitor.stage
            self._note(What.MOVED, self._stage, "system", name=self._visitor.agent_name)
        for message in self._unnoted():
            self._note(What.HEARD, message["text"], message["author"], name=message.get("author_name", ""))

    def _unnoted(self) -> Iterator[Frame]:
        heard = self._visitor.heard()
        new, self._heard_count = heard[self._heard_count :], max(self._heard_count, len(heard))
        yield from new

    def _note(
        self, what: What, text: str, who: str = "customer", *, name: str = "", dead_end: DeadEnd | None = None
    ) -> None:
        now = self._clock.monotonic()
        if who == "customer":
            self._acted = now
        waited_ms = round((now - self._acted) * 1000) if what is What.HEARD else 0
        moment = Moment(round((now - self._began) * 1000), what, text, who, name, waited_ms, dead_end)
        self.moments.append(moment)
        self._seen(moment)

    def _dead_end(self, kind: DeadEnd, text: str) -> _Stop:
        self._note(What.DEAD_END, text, "system", dead_end=kind)
        return _Stop()

    # ---- steps -----------------------------------------------------------------------------------

    async def _do(self, step: Step) -> None:
        if step.says:
            await self._say(step.says)
        elif step.picks:
            await self._pick(step.picks)
        elif step.expects:
            await self._expect(step.expects, step.within_s)
        elif step.person:
            await self._press_for_person()
        elif step.waits:
            await self._visitor.until(lambda: False, step.waits)
        elif step.waits_for_person:
            await self._wait_for_person(step.waits_for_person)
        else:
            await self._leave()

    async def _say(self, text: str) -> None:
        self._expected_from = len(self._visitor.heard())
        self._note(What.SAID, text)
        await self._visitor.say(text)
        if self._visitor.contact:
            self._came(self._visitor.contact)

    _expected_from = 0

    async def _pick(self, label: str) -> None:
        choice = next((choice for choice in self._choices() if label.lower() in choice["label"].lower()), None)
        if choice is None:
            raise self._dead_end(DeadEnd.NO_CHOICE, f"There was no choice “{label}”.")
        await self._say(choice["say"])

    def _choices(self) -> list[Frame]:
        heard = self._visitor.heard()
        return list(heard[-1].get("choices", [])) if heard else []

    async def _expect(self, words: str, within_s: float) -> None:
        def has_come() -> bool:
            return any(words.lower() in m["text"].lower() for m in self._visitor.heard()[self._expected_from :])

        if await self._visitor.until(has_come, within_s):
            return
        came = [message["text"] for message in self._visitor.heard()[self._expected_from :]]
        kind = DeadEnd.OTHER_ANSWER if came else DeadEnd.NO_ANSWER
        instead = f" It said: {came[-1]}" if came else " Nothing came."
        raise self._dead_end(kind, f"“{words}” did not come within {within_s:g} s.{instead}")

    async def _press_for_person(self) -> None:
        self._expected_from = len(self._visitor.heard())
        self._note(What.DID, "person")
        await self._visitor.ask("person")

    async def _wait_for_person(self, within_s: float) -> None:
        def speaks() -> bool:
            return any(message["author"] == "agent" for message in self._visitor.heard())

        if not await self._visitor.until(speaks, within_s):
            raise self._dead_end(DeadEnd.NO_PERSON, f"No person spoke within {within_s:g} s.")

    async def _leave(self) -> None:
        if self._visitor.stage not in ("none", "closed"):
            self._note(What.DID, "leave")
            await self._visitor.ask("leave")

    # ---- a customer with a need ------------------------------------------------------------------

    async def _be(self, customer: Customer) -> None:
        """Answers what is known, takes the answer, and a person where one is wanted or comes."""
        await self._say(customer.need)
        for _ in range(TURNS_MAX):
            if not await self._is_answered(customer.within_s):
                break
            reply = self._reply(customer)
            if reply is None:
                break
            await self._say(reply)
        if customer.wants_person and self._visitor.stage == "bot":
            await self._press_for_person()
        if self._visitor.stage in ("waiting", "agent"):
            await self._wait_for_person(customer.person_within_s)
        await self._leave()

    async def _is_answered(self, within_s: float) -> bool:
        """False: the assistant is out of it, a person will come."""

        def has_come() -> bool:
            return len(self._visitor.heard()) > self._expected_from or self._visitor.stage in ("waiting", "agent")

        if not await self._visitor.until(has_come, within_s):
            raise self._dead_end(DeadEnd.NO_ANSWER, f"No answer within {within_s:g} s.")
        await self._visitor.until(lambda: self._visitor.stage != "bot", SETTLE_S)
        return self._visitor.stage == "bot"

    def _reply(self, customer: Customer) -> str | None:
        """What the customer says to what they were asked; None: it was no question."""
        newest = self._visitor.heard()[-1]
        asked = questions_in(newest["text"])
        if not asked or (newest["author"] == "bot" and _is_courtesy(newest["text"])):
            return None
        question = " ".join(asked).lower()
        for words, answer in customer.knows.items():
            if words.lower() in question:
                return answer
        if choices := self._choices():
            return str(choices[0]["say"])
        raise self._dead_end(DeadEnd.UNKNOWN_QUESTION, f"The customer was asked what they do not know: {asked[-1]}")


def _is_courtesy(text: str) -> bool:
    return "anything else" in text.lower()
