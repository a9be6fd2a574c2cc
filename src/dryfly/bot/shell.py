"""The bot at work: looks up, understands, takes its turn, and keeps it.

Whatever fails in here, a person takes over: a customer never waits for a bot that is broken.
"""

import asyncio
from collections.abc import Callable

import structlog
from msgspec import Struct
from msgspec.structs import replace

from dryfly.bot import dialogue, store
from dryfly.bot.encoder import Encoder
from dryfly.bot.model import (
    BotState,
    Context,
    CustomerLookup,
    Heard,
    Knowledge,
    Reason,
    Say,
    Turn,
    Understander,
    Understanding,
)
from dryfly.bot.playbook import Playbook
from dryfly.bot.understander import Lessons, LocalUnderstander
from dryfly.floor.model import ContactId, SiteId
from dryfly.platform.database import Database

log = structlog.get_logger()

UNDERSTAND_TIMEOUT_S = 5.0
REMEMBERED_MS = 7 * 24 * 3600 * 1000  # a question asked again within it is the same question

Outcome = tuple[Turn, Knowledge]


class Proposal(Struct, frozen=True):
    """An answer that nobody has given yet. `sources`: what it stands on. Without `texts`: none."""

    need: str = ""
    title: str = ""
    texts: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()


def lessons_of(playbook: Playbook) -> Lessons:
    return Lessons(
        needs={need.key: (*need.examples, need.title) for need in playbook.needs},
        signals={kind: rule.examples for kind, rule in playbook.signals.items()},
        background=playbook.off_topic,
        number_word=next((words.title for words in playbook.records.values()), ""),
    )


def train(playbook: Playbook, encoder: Encoder) -> LocalUnderstander:
    """The default understander for this playbook: some 100 ms once its examples are encoded, else a second or two."""
    return LocalUnderstander.train(encoder, lessons_of(playbook))


class Bot:
    """One site's bot. `hear` it message by message of a contact, in order; `known` is the service's to keep."""

    def __init__(
        self, site: SiteId, database: Database, playbook: Playbook, understander: Understander, lookup: CustomerLookup
    ) -> None:
        self.site = site
        self.playbook = playbook
        self._database = database
        self._understander = understander
        self._lookup = lookup

    async def hear(self, contact: ContactId, heard: Heard, before: Knowledge) -> Outcome:
        """The turn that `heard` gets, and what is known now. The same message again gets the same turn."""
        state, earlier_turn = await self._recall(contact, heard)
        if earlier_turn:
            return earlier_turn, before
        if state.silent:
            return Turn(state), before
        turn, known = await self._take_turn(contact, state, heard, before)
        await self._keep(contact, known, heard, turn)
        return turn, known

    async def let_go(self, contact: ContactId, heard: Heard, known: Knowledge, reason: Reason) -> Turn:
        """The customer pressed the button for a person (`heard.id`: the id of that), or the service gives up."""
        return await self._change(
            contact, heard, known, lambda state: dialogue.let_go(self.playbook, state, heard, known, reason)
        )

    async def go_on(self, contact: ContactId, heard: Heard, known: Knowledge) -> Turn:
        """The waiting customer chose to go on with the bot: it may speak again."""
        return await self._change(contact, heard, known, lambda state: Turn(dialogue.go_on(state)))

    async def propose(self, heard: Heard, before: Knowledge) -> Proposal:
        """What an answer would be, for a person to decide on: nothing is said, learned, asked or kept.

        Without an answer of its own (a question back, a person needed, not understood) it proposes none.
        """
        known = await self._lookup.recognise(heard.text, before)
        understood = await self._understand(heard.text, Context(name=known.name))
        turn = dialogue.turn(self.playbook, BotState(greeted=True), heard, understood, known)
        need = turn.state.need or (understood.needs[0].need if understood.confident else "")
        if turn.let_go or turn.ask or not turn.state.answered:
            return Proposal(need)
        titles = {known_need.key: known_need.title for known_need in self.playbook.needs}
        return Proposal(need, titles.get(need, ""), tuple(say.text for say in turn.say), _sources(turn))

    async def _change(
        self, contact: ContactId, heard: Heard, known: Knowledge, change: Callable[[BotState], Turn]
    ) -> Turn:
        state, earlier_turn = await self._recall(contact, heard)
        if earlier_turn:
            return earlier_turn
        turn = change(state)
        await self._keep(contact, known, heard, turn)
        return turn

    async def _take_turn(self, contact: ContactId, state: BotState, heard: Heard, before: Knowledge) -> Outcome:
        known = before
        try:
            known = await self._lookup.recognise(heard.text, before)
            known = replace(known, identified_now=before.customer is None and known.customer is not None)
            state = await self._with_earlier_answers(contact, state, known, heard.at)
            context = Context(tuple(answered.question for answered in state.answered), known.name)
            understood = await self._understand(heard.text, context)
            return dialogue.turn(self.playbook, state, heard, understood, known), known
        except Exception:
            log.exception("bot_failed", site=self.site, contact=contact)
            return dialogue.let_go(self.playbook, state, heard, known, Reason.BOT_ERROR), known

    async def _understand(self, text: str, context: Context) -> Understanding:
        """In a thread: it takes milliseconds, and nobody else waits for them."""
        async with asyncio.timeout(UNDERSTAND_TIMEOUT_S):
            return await asyncio.to_thread(self._understander.understand, text, context)

    async def _with_earlier_answers(self, contact: ContactId, state: BotState, known: Knowledge, at: int) -> BotState:
        """What this customer was answered lately elsewhere is not said again here."""
        if known.customer is None or state.answered:
            return state
        async with self._database.site(self.site) as conn:
            earlier = await store.answered_since(conn, self.site, known.customer, contact, at - REMEMBERED_MS)
        return replace(state, answered=earlier)

    async def _recall(self, contact: ContactId, heard: Heard) -> tuple[BotState, Turn | None]:
        """(state so far, the turn that `heard` has had already)."""
        async with self._database.site(self.site) as conn:
            newest, same = await store.turns_of(conn, self.site, contact, heard.id)
        return newest.state if newest else BotState(), same

    async def _keep(self, contact: ContactId, known: Knowledge, heard: Heard, turn: Turn) -> None:
        async with self._database.site(self.site) as conn:
            await store.keep_turn(conn, self.site, contact, known.customer, heard, turn)


def sources_of(say: Say) -> tuple[str, ...]:
    """What an answer stands on, for the agent's eyes."""
    return (*say.used, f"{say.source.name}, version {say.source.version}") if say.source else say.used


def _sources(turn: Turn) -> tuple[str, ...]:
    return tuple(dict.fromkeys(source for say in turn.say for source in sources_of(say)))
