"""Reading what was said, and the fold that keeps one line a contact."""

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import msgspec

from dryfly.conversations.model import (
    ATTACHMENT_BYTES_MAX,
    ATTACHMENTS_MAX,
    AttachmentRef,
    Brief,
    Certainty,
    Delivery,
    Fact,
    Merged,
    Message,
    Note,
    Origin,
)
from dryfly.conversations.telling import TELLING, told_of
from dryfly.conversations.words import BriefWords, MessageWords
from dryfly.floor.model import AgentId, AuthorKind, ContactId, NoteId, SiteId
from dryfly.ledger import read_events
from dryfly.platform.database import Database
from dryfly.platform.errors import CallerError
from dryfly.platform.sql import load_sql, rows_as

if TYPE_CHECKING:
    from dryfly.conversations.talks import TalkWords

sql = load_sql(__file__, "store.sql")

MESSAGES_PAGE = 200
TOLD_PAGE = 200  # beside them
ATTACHMENTS_A_DAY_MAX = 100


class Attachment(msgspec.Struct, frozen=True):
    """A file. `owner` put it there; `contact` is None until it was sent."""

    name: str
    media_type: str
    content: bytes
    contact: ContactId | None
    owner: str


NameOfAgent = Callable[[SiteId, AgentId], str]


class Conversations:
    """What was said on one or many sites, as it is durable. `name_of`: how customers see an agent called."""

    def __init__(self, db: Database, name_of: NameOfAgent = lambda site, agent: "") -> None:
        self._db = db
        self._name_of = name_of

    async def messages(
        self, site: SiteId, contact: ContactId, before: int, limit: int = MESSAGES_PAGE,
        merged: Sequence[ContactId] = (),
    ) -> tuple[tuple[Message, ...], bool]:  # fmt: skip
        """The newest messages numbered below `before`, oldest first, with what the talk says by itself between
        them; and whether there are more before them. Those of contacts `merged` into it say so (`Message.via`).
        """
        limit = min(limit, MESSAGES_PAGE)
        async with self._db.site(site) as conn:
            rows = await conn.fetch(sql.messages, site, [contact, *merged], before, limit + 1)
            more = len(rows) > limit
            after = rows[limit - 1]["seq"] if more else 0
            events = await read_events(conn, site, contact, TELLING, after, before, TOLD_PAGE)
        told = (told_of(recorded, lambda agent: self._name_of(site, agent)) for recorded in events)
        said = [_message(row, contact) for row in rows[:limit]]
        return tuple(sorted([*said, *filter(None, told)], key=lambda message: message.seq)), more

    async def notes(
        self, site: SiteId, contact: ContactId, until: int, merged: Sequence[ContactId] = ()
    ) -> tuple[Note, ...]:
        async with self._db.site(site) as conn:
            rows = await conn.fetch(sql.notes, site, [contact, *merged], until)
        return tuple(
            Note(
                r["note"],
                r["seq"],
                r["at"],
                r["text"],
                r["agent"],
                r["author_name"],
                tuple(r["mentions"].split()),
                r["whisper"],
            )
            for r in reversed(rows)
        )

    async def note_texts(
        self, site: SiteId, contacts: Sequence[ContactId], notes: Sequence[NoteId]
    ) -> dict[NoteId, str]:
        """The words of these notes of these contacts."""
        async with self._db.site(site) as conn:
            rows = await conn.fetch(sql.note_texts, site, contacts, notes)
        return {row["note"]: row["text"] for row in rows}

    async def facts(
        self, site: SiteId, contact: ContactId, until: int, merged: Sequence[ContactId] = ()
    ) -> tuple[Fact, ...]:
        """The newest fact of each key."""
        async with self._db.site(site) as conn:
            rows = await conn.fetch(sql.facts, site, [contact, *merged], until)
        return tuple(_fact(row) for row in rows)

    async def brief(
        self, site: SiteId, contact: ContactId, until: int, merged: Sequence[ContactId] = ()
    ) -> Brief | None:
        async with self._db.site(site) as conn:
            row = await conn.fetchrow(sql.brief, site, [contact, *merged], until)
        return None if row is None else BriefWords(row["contact"], row["body"]).as_brief()

    async def talk(self, site: SiteId, contact: ContactId) -> dict[str, Any] | None:
        """One contact's line, open or closed."""
        async with self._db.site(site) as conn:
            row = await conn.fetchrow(sql.talk_of_contact, site, contact)
        return None if row is None else dict(row)

    async def merged_into(self, site: SiteId, contact: ContactId) -> tuple[Merged, ...]:
        """The contacts that went on in this one."""
        async with self._db.site(site) as conn:
            return tuple(rows_as(Merged, await conn.fetch(sql.merged_into, site, contact)))

    async def recall_talks(
        self, site: SiteId, talks: "dict[ContactId, TalkWords]", mains: Mapping[ContactId, ContactId]
    ) -> None:
        """Fills the words of open contacts from the database, after a start. `mains`: what each goes on in."""
        contacts = list(talks)
        async with self._db.site(site) as conn:
            for row in await conn.fetch(sql.last_messages, site, contacts):
                talks[row["contact"]].hear(_message_words(row), row["at"])
            for row in await conn.fetch(sql.unread, site, contacts, [mains[name] for name in contacts]):
                talks[row["contact"]].unread_count = row["unread"]
            for row in await conn.fetch(sql.facts_of_talks, site, contacts, ["name", "need"]):
                talks[row["contact"]].learn(row["key"], row["value"])
            for row in await conn.fetch(sql.questions, site, contacts):
                talks[row["contact"]].follow_questions(AuthorKind(row["author"]), row["agent"], row["text"])
            for row in await conn.fetch(sql.facts_held, site, contacts, Certainty.GUESSED):
                talks[row["contact"]].questions.facts.add(row["key"])

    # ---- attachments ---------------------------------------------------------------------------

    async def put_attachment(
        self, site: SiteId, id: str, owner: str, name: str, media_type: str, content: bytes
    ) -> AttachmentRef:
        """Keeps a file until its owner sends it. At most so many a day."""
        if len(content) > ATTACHMENT_BYTES_MAX:
            raise CallerError(
                "attachment_too_large",
                f"A file has at most {ATTACHMENT_BYTES_MAX} bytes.",
                status=413,
                limit=ATTACHMENT_BYTES_MAX,
            )
        if not content:
            raise CallerError("attachment_empty", "The file is empty.")
        name = _file_name(name)
        async with self._db.site(site) as conn:
            kept = await conn.fetchval(
                sql.put_attachment,
                site,
                id,
                owner,
                name,
                media_type[:100],
                len(content),
                content,
                ATTACHMENTS_A_DAY_MAX,
            )
        if kept is None:
            raise CallerError(
                "attachments_too_many", "Too many files for today.", status=429, limit=ATTACHMENTS_A_DAY_MAX
            )
        return AttachmentRef(id, name, media_type[:100], len(content))

    async def claim_attachments(
        self, site: SiteId, owner: str, ids: Sequence[str], contact: ContactId
    ) -> tuple[AttachmentRef, ...]:
        """The files that `owner` put there, now part of this contact. Somebody else's are unknown."""
        if not ids:
            return ()
        if len(ids) > ATTACHMENTS_MAX:
            raise CallerError(
                "attachments_too_many", f"A message has at most {ATTACHMENTS_MAX} files.", limit=ATTACHMENTS_MAX
            )
        async with self._db.site(site) as conn:
            rows = await conn.fetch(sql.claim_attachments, site, owner, list(ids), contact)
        found = {
            r["attachment"]: AttachmentRef(r["attachment"], r["name"], r["media_type"], r["bytes_count"]) for r in rows
        }
        if len(found) != len(set(ids)):
            raise CallerError("attachment_unknown", "A file of this message is not there: attach it again.", status=404)
        return tuple(found[id] for id in ids)

    async def attachment(self, site: SiteId, id: str) -> "Attachment | None":
        """None where there is none, or it was erased."""
        async with self._db.site(site) as conn:
            row = await conn.fetchrow(sql.attachment, site, id)
        if row is None or row["content"] is None:
            return None
        return Attachment(row["name"], row["media_type"], row["content"], row["contact"], row["owner"])


def _message_words(row: Any) -> MessageWords:
    return MessageWords(
        row["contact"],
        row["message"],
        AuthorKind(row["author"]),
        row["agent"],
        row["author_name"],
        row["text"],
        row["code"],
        row["extra"],
    )


def _message(row: Any, shown_in: ContactId) -> Message:
    delivery = Delivery(row["state"]) if row["state"] else Delivery.RECORDED
    return _message_words(row).as_message(row["seq"], row["at"], delivery, shown_in)


def _fact(row: Any) -> Fact:
    return Fact(
        row["key"], row["value"], Origin(row["origin"]), Certainty(row["certainty"]), row["at"], row["label"],
        row["learned_by"], row["message"], row["valid_until"],
    )  # fmt: skip


def _file_name(name: str) -> str:
    """The last part of a path, without what could hide the true ending from a reader."""
    name = name.replace("\\", "/").rsplit("/", 1)[-1]
    return (
        "".join(c for c in name if c.isprintable() and c not in "\u202a\u202b\u202d\u202e\u2066\u2067\u2068")[:120]
        or "file"
    )
