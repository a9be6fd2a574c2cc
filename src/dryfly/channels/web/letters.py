"""The visitor's own talk, by mail: asked for on their page, let out by the gate, sent by a job that survives us.

Theory of operation
- Only the visitor's page can ask: it shows the secret that stands for the visitor, and the talk is theirs. Where they
  are the customer on file, proved, their address there is offered, masked; else they type one.
- The permit, the letter's row and its job are one transaction. The row says by which rule it went out, when it was
  asked for and what became of it; the address is forgotten when that is known, the row after `KEPT_S`.
- The words are read from the history when the letter is sent, and kept nowhere else.
- A letter goes out at least once: cut off between sending and writing it down, it is sent again under the same
  Message-ID. A no for good ends it at once; everything else is tried `ATTEMPTS_MAX` times, for some two hours.
"""

from collections.abc import Awaitable, Callable
from typing import Any, Protocol
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import structlog

from dryfly.channels.web.letter_text import language_of, write
from dryfly.channels.web.words import AskLetter, LetterAsked, LetterOffer, WhoTalked, WidgetLook
from dryfly.conversations.model import Message
from dryfly.conversations.store import Conversations
from dryfly.floor.model import AuthorKind, Channel, ContactId, Instant, MessageId, SiteId
from dryfly.gate import Circumstances, Denied, Outgoing, Permit, Purpose, Rule, may_go_out
from dryfly.ledger import Ledger
from dryfly.platform.database import Connection, Database
from dryfly.platform.errors import CallerError, PeerError
from dryfly.platform.ids import new_id
from dryfly.platform.jobs import Job, Worker, enqueue, worker
from dryfly.platform.mail import Letter, Mailer, MailRefused, check_address, masked
from dryfly.platform.security import digest_of
from dryfly.platform.sql import load_sql

sql = load_sql(__file__, "letters.sql")
log = structlog.get_logger(__name__)

MAIL = Channel("mail")
JOB = "letter"
HOUR_MS = 3_600_000  # three letters each: of a visitor, of a contact, to an address
KEPT_S = 30 * 86_400
ATTEMPTS_MAX = 12
MESSAGES_MAX = 5_000
CHARACTERS_MAX = 500_000
UNCONFIGURED = CallerError("mail_unconfigured", "This site sends no mail.", status=409)
DENIED = {
    Rule.NOT_ASKED_FOR: "Only the visitor whose talk it is may ask for it.",
    Rule.NOT_PROVED: "There is no address on file for you: write one.",
    Rule.TOO_MANY_LETTERS: "That was sent three times within the hour: please wait a while.",
}


class Town(Protocol):
    """What letters need to know from other rooms."""

    sends_mail: bool

    def look(self) -> WidgetLook: ...
    async def who_talked(self, contact: ContactId) -> WhoTalked: ...


class Letters:
    """One site's."""

    def __init__(self, ledger: Ledger, db: Database, conversations: Conversations, town: Town) -> None:
        self._ledger = ledger
        self._db = db
        self._conversations = conversations
        self._town = town

    # ---- asking --------------------------------------------------------------------------------

    async def offer(self, contact: ContactId | None) -> LetterOffer:
        who = await self._town.who_talked(contact) if contact else WhoTalked()
        return LetterOffer(masked(who.address) if who.is_proved and who.address else None)

    async def ask(self, visitor: str, contact: ContactId | None, asked: AskLetter) -> LetterAsked:
        """The letter is on its way. `asked.to` None: to the address on file."""
        if not self._town.sends_mail:
            raise UNCONFIGURED
        if contact is None:
            raise CallerError("no_contact", "Nothing was said yet: write first.", status=409)
        who = await self._town.who_talked(contact)
        to = check_address(asked.to) if asked.to is not None else who.address
        id, site, now = new_id(self._ledger.now()), self._ledger.site, Instant(self._ledger.now())
        outgoing = Outgoing(MessageId(id), contact, who.customer, MAIL, AuthorKind.SYSTEM, Purpose.TRANSCRIPT)
        async with self._db.site(site) as conn:
            await conn.execute(sql.take_turn, site)
            third = await conn.fetchval(sql.third_newest, site, visitor, contact, _hash(to))
            seen = Circumstances(
                None, who.customer, now, asked_for=True, to_file=asked.to is None,
                is_proved=who.is_proved and bool(who.address),
                letters_free_at=None if third is None else Instant(third + HOUR_MS),
            )  # fmt: skip
            permit = _require(may_go_out(outgoing, seen))
            await self._submit(conn, permit, visitor, to, asked)
        log.info("letter.permitted", site=site, letter=id, contact=contact, rule=permit.rule)
        return LetterAsked(masked(to))

    async def _submit(self, conn: Connection, permit: Permit, visitor: str, to: str, asked: AskLetter) -> None:
        """Nothing is mailed to a customer but by this row, and the row takes a permit."""
        site, now, out = self._ledger.site, permit.given_at, permit.outgoing
        assert permit.covers(out.message, out.contact)
        assert out.purpose is Purpose.TRANSCRIPT
        await conn.execute(
            sql.put_letter, site, out.message, out.contact, visitor, to, _hash(to), language_of(asked.language),
            zone_of(asked.zone).key, permit.rule, now,
        )  # fmt: skip
        await conn.execute(sql.forget_old, site, now - KEPT_S * 1000)
        await enqueue(conn, JOB, out.message, None, run_at=now)

    # ---- sending -------------------------------------------------------------------------------

    async def deliver(self, id: str, mailer: Mailer | None, *, is_last: bool) -> None:
        """One attempt. Raises PeerError where another one is worth it, and at the last one too."""
        async with self._db.site(self._ledger.site) as conn:
            row = await conn.fetchrow(sql.waiting_letter, self._ledger.site, id)
        if row is None:
            return  # sent by an attempt that was given up for lost
        try:
            if mailer is None:
                raise PeerError("mail_unconfigured", "mail is not set up any more")
            await mailer.send(await self._written(row))
        except MailRefused as error:
            await self._end(id, "failed", error.text)
            log.warning("letter.refused", site=self._ledger.site, letter=id, reason=error.text)
        except PeerError as error:
            if is_last:
                await self._end(id, "failed", error.text)
            raise
        else:
            await self._end(id, "sent")
            log.info("letter.sent", site=self._ledger.site, letter=id)

    async def _end(self, id: str, state: str, reason: str = "") -> None:
        async with self._db.site(self._ledger.site) as conn:
            await conn.execute(sql.end_letter, self._ledger.site, id, state, self._ledger.now(), reason)

    async def _written(self, row: Any) -> Letter:
        messages, is_whole = await self._said_in(ContactId(row["contact"]))
        look = self._town.look()
        subject, text = write(messages, look.title, look.bot_name, row["language"], zone_of(row["zone"]), is_whole)
        return Letter(row["letter"], row["recipient"], subject, text, row["asked_at"], row["language"])

    async def _said_in(self, contact: ContactId) -> tuple[list[Message], bool]:
        """The newest part that fits a letter, oldest first; and whether that is all."""
        messages: list[Message] = []
        more, length = True, 0
        while more and len(messages) < MESSAGES_MAX and length < CHARACTERS_MAX:
            before = messages[0].seq if messages else self._ledger.durable + 1
            part, more = await self._conversations.messages(self._ledger.site, contact, before)
            messages = [*part, *messages]
            length += sum(len(message.text) for message in part)
        return messages, not more


def letter_worker(letters_of: Callable[[SiteId], Awaitable[Letters]], mailer: Mailer | None) -> Worker:
    @worker(JOB, attempts_max=ATTEMPTS_MAX)
    async def send_letter(job: Job) -> None:
        letters = await letters_of(SiteId(job.site))
        await letters.deliver(job.key, mailer, is_last=job.attempts >= ATTEMPTS_MAX)

    return send_letter


def zone_of(name: str) -> ZoneInfo:
    """The reader's zone; UTC where there is none of that name."""
    try:
        return ZoneInfo(name[:64])
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return ZoneInfo("UTC")


def _require(decided: Permit | Denied) -> Permit:
    if isinstance(decided, Permit):
        return decided
    rule, text = decided.rule, DENIED.get(decided.rule, "This may not go out.")
    raise CallerError(f"gate_{rule}", text, status=429 if decided.earliest_at else 409, rule=rule)


def _hash(address: str) -> bytes:
    return digest_of(address.lower())
