"""The customer's story: one line for each contact, whoever served it on whatever channel.

The table `talk` is a fold over the journal, kept by a durable follower; `Stories` reads it. A reader who has seen
number `seq` waits for the follower first (`reached`), so that the story is never older than the rest of the page.
"""

from collections.abc import Awaitable, Callable, Sequence

from dryfly.conversations.model import StoryTalk
from dryfly.conversations.words import BriefWords, FactWords
from dryfly.floor import model as floor
from dryfly.floor.model import AuthorKind, ContactId, CustomerId, SiteId
from dryfly.ledger import Recorded
from dryfly.platform.database import Connection, Database
from dryfly.platform.sql import load_sql, rows_as

sql = load_sql(__file__, "story.sql")

STORY_PAGE = 20

Reached = Callable[[int], Awaitable[None]]


class Stories:
    """The stories of one site's customers. `reached` waits until the fold has come as far as a number."""

    def __init__(self, db: Database, site: SiteId, reached: Reached) -> None:
        self._db = db
        self._site = site
        self._reached = reached

    async def read(
        self, customer: CustomerId, but: ContactId, seq: int, after: str | None = None
    ) -> tuple[tuple[StoryTalk, ...], bool]:
        """The customer's contacts but one, newest first, from after the one named; and whether there are more."""
        await self._reached(seq)
        async with self._db.site(self._site) as conn:
            rows = await conn.fetch(sql.story, self._site, customer, but, after, STORY_PAGE + 1)
        return tuple(rows_as(StoryTalk, rows[:STORY_PAGE])), len(rows) > STORY_PAGE


# ---- the fold ----------------------------------------------------------------------------------

TALK_CHANGES = (
    floor.ContactArrived, floor.CustomerIdentified, floor.ContactQueued, floor.ContactEngaged, floor.ContactClosed,
    floor.FactsRecorded, floor.ContactBegun, floor.ContactMerged, floor.ContactUnmerged,
)  # fmt: skip


def changes_talk(recorded: Recorded) -> bool:
    return isinstance(recorded.event, TALK_CHANGES) or _is_bots_word(recorded)


def _is_bots_word(recorded: Recorded) -> bool:
    return isinstance(recorded.event, floor.MessageSaid) and recorded.event.author is AuthorKind.BOT


async def fold_talks(site: SiteId, conn: Connection, records: Sequence[Recorded]) -> None:
    """Keeps the table `talk`: work of a durable follower."""
    for recorded in records:
        if recorded.contact is not None:
            await _fold_event(site, conn, recorded, recorded.contact)
            await _fold_words(site, conn, recorded, recorded.contact)


async def _fold_event(site: SiteId, conn: Connection, recorded: Recorded, contact: ContactId) -> None:
    match recorded.event:
        case floor.ContactArrived(channel=channel, customer=customer):
            await conn.execute(sql.arrived, site, contact, channel, customer, recorded.at)
        case floor.CustomerIdentified(customer=customer):
            await conn.execute(sql.identified, site, contact, customer)
        case floor.ContactQueued(queue=queue, need=need):
            await conn.execute(sql.queued, site, contact, queue, need)
        case floor.ContactBegun(agent=agent, queue=queue):
            await conn.execute(sql.queued, site, contact, queue, None)
            await conn.execute(sql.engaged, site, contact, agent)
        case floor.ContactEngaged(agent=agent):
            await conn.execute(sql.engaged, site, contact, agent)
        case floor.ContactMerged(into=main):
            await conn.execute(sql.merged, site, contact, main, recorded.at)
        case floor.ContactUnmerged():
            await conn.execute(sql.merged, site, contact, None, None)
        case floor.ContactClosed(ending=ending, disposition=disposition):
            await conn.execute(sql.closed, site, contact, recorded.at, ending, disposition)
        case floor.MessageSaid():
            await conn.execute(sql.bot_spoke, site, contact)
        case _:
            pass  # told by its words, or not at all


async def _fold_words(site: SiteId, conn: Connection, recorded: Recorded, contact: ContactId) -> None:
    told = {words.key: words.value for words in recorded.words if isinstance(words, FactWords)}
    briefs = (words.as_brief() for words in recorded.words if isinstance(words, BriefWords))
    need = told.get("need") or next((brief.need_title for brief in briefs if brief.need_title), None)
    if need or "name" in told:
        await conn.execute(sql.named, site, contact, told.get("name"), need)
