"""A ledger on a real database, a clock turned by hand, and a small floor to talk about."""

from collections.abc import AsyncIterator, Callable, Coroutine

import pytest

from dryfly.conversations.words import TABLES, MessageWords
from dryfly.floor import State
from dryfly.floor import model as floor
from dryfly.floor.model import AuthorKind, Channel, ContactId, MessageId, SiteId
from dryfly.ledger import Actor, CommandId, Ledger, Recorded, Submission, Topic
from dryfly.platform.clock import HandClock
from dryfly.platform.ids import new_id

SITE = SiteId("north")


class EverybodySees:
    """A view that tells the topic `all` of every event, by its kind."""

    async def reset(self, site: SiteId, state: State) -> None:
        pass

    def see(self, recorded: Recorded, state: State) -> list[tuple[Topic, bytes]]:
        return [(Topic("all"), b'"%b"' % type(recorded.event).__name__.encode())]


class Pen:
    """Writes commands with ids by the hand-turned clock."""

    def __init__(self, clock: HandClock) -> None:
        self._clock = clock

    def id(self) -> CommandId:
        return CommandId(new_id(self._clock.now()))

    def opens(self, contact: str, id: CommandId | None = None) -> Submission:
        return Submission(id or self.id(), Actor("customer"), floor.OpenContact(ContactId(contact), Channel("web")))

    def says(self, contact: str, text: str, id: CommandId | None = None) -> Submission:
        id = id or self.id()
        words = MessageWords(ContactId(contact), MessageId(id), AuthorKind.CUSTOMER, text=text)
        return Submission(id, Actor("customer"), floor.HearCustomer(ContactId(contact), MessageId(id)), (words,))


OpenLedger = Callable[[], Coroutine[None, None, Ledger]]


@pytest.fixture
def pen(hand_clock: HandClock) -> Pen:
    return Pen(hand_clock)


@pytest.fixture
async def open_ledger(database_url: str, hand_clock: HandClock) -> AsyncIterator[OpenLedger]:
    opened: list[Ledger] = []

    async def open() -> Ledger:
        ledger = Ledger(database_url, SITE, clock=hand_clock, tables=TABLES, views=[EverybodySees()])
        opened.append(ledger)
        await ledger.start()
        return ledger

    yield open
    for ledger in opened:
        await ledger.stop()


@pytest.fixture
async def ledger(open_ledger: OpenLedger) -> Ledger:
    return await open_ledger()
