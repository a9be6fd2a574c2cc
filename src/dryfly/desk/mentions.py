"""Notes that mention a colleague: each is shown to them until they have heeded it, whatever becomes of the talk.

Who is mentioned may read that talk from then on: they were asked about it.
"""

from collections import defaultdict
from collections.abc import Iterable

from dryfly.conversations.model import MENTIONS_MAX
from dryfly.conversations.words import NoteWords
from dryfly.desk.words import Mention
from dryfly.floor import State
from dryfly.floor import model as floor
from dryfly.floor.model import AgentId, ContactId, NoteId, SiteId
from dryfly.ledger import Recorded, Topic
from dryfly.platform.database import Database
from dryfly.platform.errors import CallerError
from dryfly.platform.sql import load_sql

sql = load_sql(__file__, "mentions.sql")

PENDING_MAX = 50  # of one agent: the newest are kept
RECALLED_MAX = 2_000  # notes of a site that are looked through after a start


class Mentions:
    """Implements `ledger.View`: what each agent has not heeded yet."""

    def __init__(self, db: Database) -> None:
        self._db = db
        self._pending: dict[AgentId, list[Mention]] = {}

    def of(self, agent: AgentId) -> tuple[Mention, ...]:
        """The oldest first."""
        return tuple(self._pending.get(agent, ()))

    async def reset(self, site: SiteId, state: State) -> None:
        self._pending = defaultdict(list)
        async with self._db.site(site) as conn:
            rows = await conn.fetch(sql.recent, site, RECALLED_MAX)
        for row in reversed(rows):
            words = NoteWords(
                row["contact"], row["note"], row["text"], row["agent"], row["author_name"], row["mentions"]
            )
            note = words.as_note(row["seq"], row["at"])
            self._add(Mention(words.contact, note), (a for a in note.mentions if a not in row["heeded"]))

    def see(self, recorded: Recorded, state: State) -> list[tuple[Topic, bytes]]:
        match recorded.event:
            case floor.NoteWritten(contact=contact, mentions=mentions) if mentions:
                for words in recorded.words:
                    if isinstance(words, NoteWords):
                        self._add(Mention(contact, words.as_note(recorded.seq, recorded.at)), mentions)
            case floor.NoteHeeded(note=note, agent=agent):
                self._pending[agent] = [mention for mention in self._pending.get(agent, ()) if mention.note.id != note]
            case _:
                pass
        return []

    def _add(self, mention: Mention, agents: Iterable[AgentId]) -> None:
        for agent in agents:
            self._pending[agent] = [*self._pending.get(agent, ()), mention][-PENDING_MAX:]

    def require(self, agent: AgentId, note: NoteId) -> None:
        if all(mention.note.id != note for mention in self._pending.get(agent, ())):
            raise CallerError("mention_exists_not", "No such note waits for you.", status=404)

    async def allow_reading(self, site: SiteId, agent: AgentId, contact: ContactId) -> bool:
        async with self._db.site(site) as conn:
            return bool(await conn.fetchval(sql.is_mentioned, site, contact, agent))


def check_mentions(mentions: Iterable[str], author: AgentId, known: Iterable[str]) -> tuple[AgentId, ...]:
    """Colleagues of the same site, each once, without the author."""
    named = dict.fromkeys(AgentId(agent) for agent in mentions if agent != author)
    if len(named) > MENTIONS_MAX:
        raise CallerError("mentions_too_many", f"A note mentions at most {MENTIONS_MAX} people.", limit=MENTIONS_MAX)
    if unknown := named.keys() - set(known):
        raise CallerError("colleague_unknown", f"Nobody here is called {', '.join(sorted(unknown))}.", status=404)
    return tuple(named)
