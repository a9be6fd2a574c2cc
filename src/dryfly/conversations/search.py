"""Finding talks by what was said in them: messages, notes and facts, with PostgreSQL's text search.

A durable follower writes a line of words for each of them (`fold_search`), so that saying something costs nothing
more. Words are found as they are written ('simple': names, numbers and all languages alike), the last one by its
beginning, since people search while they type. A telephone number is found in any writing by its last digits.

Newest first: what people look for was mostly said lately. So a common word is looked for in the last month, then in
the last year, then in everything, until there is enough; and within a time limit, after which what was found is told
as not all.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import asyncpg

from dryfly.conversations.model import TalkRef
from dryfly.conversations.words import FactWords, MessageWords, NoteWords
from dryfly.floor import model as floor
from dryfly.floor.model import AgentId, ContactId, CustomerId, SiteId
from dryfly.ledger import Recorded
from dryfly.platform.database import Connection, Database
from dryfly.platform.errors import CallerError
from dryfly.platform.sql import load_sql, row_as

sql = load_sql(__file__, "search.sql")

DAY_MS = 86_400_000
SPANS_DAYS = (31, 366, 100_000)
TIME_LIMIT_MS = 2_000
LINE_MAX = 20_000  # characters that are made words of: a message, or all facts of one moment
PHONE_DIGITS = 9  # the end of a telephone number, which no way of writing it changes
_PHONE = re.compile(r"\+?\d[\d ()/.-]{5,}\d")
_OPEN, _CLOSE = "\x02", "\x03"


@dataclass(frozen=True, slots=True)
class Sight:
    """What somebody may find: everything of the site, or what is or was theirs, or their customers'."""

    everything: bool
    agent: AgentId | None = None
    customers: tuple[CustomerId, ...] = ()
    contacts: tuple[ContactId, ...] = ()


@dataclass(frozen=True, slots=True)
class Found:
    """A talk, and the newest line in it that has the words. `marked` alternates: plain, found, plain..."""

    talk: TalkRef
    customer: CustomerId | None
    customer_name: str
    at: int
    count: int  # how many of its lines have them
    kind: str = ""
    marked: tuple[str, ...] = ()


class Searches:
    """Searches what was said on one site."""

    def __init__(self, db: Database, site: SiteId) -> None:
        self._db = db
        self._site = site

    async def find(self, words: str, sight: Sight, now: int, after: str | None, limit: int) -> tuple[list[Found], bool]:
        """The talks, newest first; and whether the time ran out before all of them were looked at."""
        before, contact = _place(after, now)
        found: list[Any] = []
        is_cut = False
        for days in SPANS_DAYS:
            since = max(0, now - days * DAY_MS)
            try:
                found = await self._within(words, sight, since, before, contact, limit)
            except asyncpg.QueryCanceledError:
                is_cut = True
            if is_cut or len(found) >= limit:
                break
        return found, is_cut

    async def _within(self, words: str, sight: Sight, since: int, before: int, contact: str, limit: int) -> list[Found]:
        async with self._db.site(self._site) as conn:
            await conn.execute(sql.be_done_within, f"{TIME_LIMIT_MS}ms")
            if not await conn.fetchval(sql.look_for, words, phone_end(words)):
                return []
            rows = await conn.fetch(
                sql.find, self._site, since, before, contact, sight.everything, sight.agent,
                list(sight.customers), list(sight.contacts), limit,
            )  # fmt: skip
            lines = [row["contact"] for row in rows], [row["seq"] for row in rows]
            marked = {row["contact"]: row for row in await conn.fetch(sql.snippets, self._site, *lines)}
        return [_found(row, marked.get(row["contact"])) for row in rows]


def place_of(found: Found) -> str:
    return f"{found.at}.{found.talk.contact}"


def _place(after: str | None, now: int) -> tuple[int, str]:
    """Where a page begins: before this time, and before this contact where the time is the same."""
    if after is None:
        return now + DAY_MS, ""
    at, dot, contact = after.partition(".")
    if not (dot and at.isdigit() and len(at) < 16):
        raise CallerError("bad_cursor", "`after` is no place in a list: pass the `next` of the page before.")
    return int(at), contact


def phone_end(text: str) -> str | None:
    """The end of the telephone number that the text is; None: it is none."""
    digits = "".join(filter(str.isdigit, text))
    is_phone = _PHONE.fullmatch(text.strip()) and len(digits) >= 7
    return digits[-PHONE_DIGITS:] if is_phone else None


def _found(row: Any, line: Any) -> Found:
    marked = re.split(f"[{_OPEN}{_CLOSE}]", line["marked"]) if line else []
    talk = row_as(TalkRef, {key: row[key] for key in TalkRef.__struct_fields__})
    assert talk is not None
    return Found(
        talk, row["customer"], row["customer_name"], row["at"], row["count"], line["kind"] if line else "",
        tuple(marked),
    )  # fmt: skip


# ---- the follower ------------------------------------------------------------------------------

SAYS_WORDS = (
    floor.MessageHeard, floor.MessageSaid, floor.NoteWritten, floor.FactsRecorded, floor.CustomerIdentified,
)  # fmt: skip


def can_be_found(recorded: Recorded) -> bool:
    return isinstance(recorded.event, SAYS_WORDS)


async def fold_search(site: SiteId, conn: Connection, records: Sequence[Recorded]) -> None:
    """Keeps the lines that are searched: work of a durable follower."""
    lines = [line for recorded in records if (line := _line(site, recorded)) is not None]
    if lines:
        await conn.executemany(sql.add_line, lines)


def _line(site: SiteId, recorded: Recorded) -> tuple[Any, ...] | None:
    kind, text = _said(recorded)
    text = text[:LINE_MAX]
    ends = {end for number in _PHONE.findall(text) if (end := phone_end(number))}
    words = " ".join([text, *sorted(ends)])
    return (site, recorded.contact, recorded.seq, recorded.at, kind, words) if text.strip() else None


def _said(recorded: Recorded) -> tuple[str, str]:
    facts = []
    for words in recorded.words:
        match words:
            case MessageWords():
                return "message", words.text
            case NoteWords():
                return "note", words.text
            case FactWords():
                facts.append(words.value)
            case _:
                pass  # briefs repeat what was said
    return "facts", "\n".join(facts)
