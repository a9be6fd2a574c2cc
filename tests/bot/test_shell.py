"""The bot at work with a database: what it remembers, and what it does when something breaks."""

import pytest
from msgspec.structs import replace

from dryfly.bot import store
from dryfly.bot.model import Context, Heard, Knowledge, Reason, Understander, Understanding
from dryfly.bot.playbook import Playbook
from dryfly.bot.shell import REMEMBERED_MS, Bot
from dryfly.floor.model import ContactId, CustomerId, MessageId, SiteId
from dryfly.platform.database import Database
from tests.bot.conftest import CANCELLED, DELIVERED, PENDING, customer_with, said

SITE = SiteId("north")
NOW = 1_767_225_600_000
ROBIN = customer_with(PENDING, DELIVERED, CANCELLED)


class Lookup:
    """Knows Robin by the mail address."""

    def __init__(self) -> None:
        self.fails = False

    async def recognise(self, text: str, before: Knowledge) -> Knowledge:
        if self.fails:
            raise ConnectionError("the image is gone")
        return ROBIN if before.customer or "robin.hale@example.com" in text else before


class Broken:
    def understand(self, text: str, context: Context) -> Understanding:
        raise TimeoutError


@pytest.fixture
def lookup() -> Lookup:
    return Lookup()


@pytest.fixture
def bot(db: Database, retail: Playbook, retail_understander: Understander, lookup: Lookup) -> Bot:
    return Bot(SITE, db, retail, retail_understander, lookup)


def heard(number: int, text: str, at: int = NOW) -> Heard:
    return Heard(MessageId(f"m{number}"), text, at + number)


ONE, TWO = ContactId("one"), ContactId("two")


async def test_the_talk_goes_on_after_a_restart(
    db: Database, bot: Bot, retail: Playbook, retail_understander: Understander, lookup: Lookup
) -> None:
    asked, known = await bot.hear(ONE, heard(1, "where is my order W2611340"), Knowledge())
    assert asked.ask == "identity"
    restarted = Bot(SITE, db, retail, retail_understander, lookup)
    turn, known = await restarted.hear(ONE, heard(2, "robin.hale@example.com"), known)
    assert "#W2611340 is pending" in said(turn)
    assert known.customer == ROBIN.customer


async def test_the_same_message_again_gets_the_same_turn(bot: Bot) -> None:
    first, _ = await bot.hear(ONE, heard(1, "where is my order W2611340"), ROBIN)
    second, _ = await bot.hear(ONE, heard(2, "agent please"), ROBIN)
    assert (await bot.hear(ONE, heard(1, "where is my order W2611340"), ROBIN))[0] == first
    assert (await bot.hear(ONE, heard(2, "agent please"), ROBIN))[0] == second


async def test_whatever_fails_a_person_takes_over(bot: Bot, lookup: Lookup) -> None:
    lookup.fails = True
    turn, _ = await bot.hear(ONE, heard(1, "where is my order"), Knowledge())
    assert turn.let_go is not None
    assert turn.let_go.reason is Reason.BOT_ERROR
    assert turn.state.silent


async def test_an_understander_that_hangs_is_no_reason_to_wait(db: Database, retail: Playbook, lookup: Lookup) -> None:
    turn, _ = await Bot(SITE, db, retail, Broken(), lookup).hear(ONE, heard(1, "where is my order"), ROBIN)
    assert turn.let_go is not None
    assert turn.let_go.reason is Reason.BOT_ERROR
    assert turn.let_go.brief.customer == ROBIN.customer


async def test_silent_until_the_customer_goes_on(bot: Bot) -> None:
    pressed = await bot.let_go(ONE, heard(1, ""), ROBIN, Reason.ASKED_FOR_PERSON)
    assert pressed.let_go is not None
    assert (await bot.hear(ONE, heard(2, "where is W2611340"), ROBIN))[0].say == ()
    await bot.go_on(ONE, heard(3, ""), ROBIN)
    assert "pending" in said((await bot.hear(ONE, heard(4, "where is W2611340"), ROBIN))[0])


async def test_answered_on_another_channel_yesterday_is_not_said_again(bot: Bot) -> None:
    await bot.hear(ONE, heard(1, "where is W2611340"), ROBIN)
    turn, _ = await bot.hear(TWO, heard(2, "where's my order W2611340", NOW + REMEMBERED_MS // 7), ROBIN)
    assert turn.let_go is not None
    assert turn.let_go.reason is Reason.REPEATED_QUESTION


async def test_last_months_answer_may_be_said_again(bot: Bot) -> None:
    await bot.hear(ONE, heard(1, "where is W2611340"), ROBIN)
    turn, _ = await bot.hear(TWO, heard(2, "where is W2611340", NOW + 4 * REMEMBERED_MS), ROBIN)
    assert turn.let_go is None


async def test_a_forgotten_customer_leaves_no_word_behind(db: Database, bot: Bot) -> None:
    await bot.hear(ONE, heard(1, "where is W2611340"), Knowledge())
    await bot.hear(ONE, heard(2, "robin.hale@example.com"), Knowledge())
    await bot.hear(TWO, heard(3, "hello"), replace(ROBIN, customer=CustomerId("c2")))
    async with db.site(SITE) as conn:
        await store.forget_customer(conn, SITE, CustomerId("c1"))
        assert await store.turns_of(conn, SITE, ONE, MessageId("m1")) == (None, None)


async def test_sites_do_not_see_each_other(
    db: Database, bot: Bot, retail: Playbook, retail_understander: Understander, lookup: Lookup
) -> None:
    await bot.hear(ONE, heard(1, "agent please"), ROBIN)
    south = Bot(SiteId("south"), db, retail, retail_understander, lookup)
    assert (await south.hear(ONE, heard(2, "where is W2611340"), ROBIN))[0].say


async def test_the_newest_playbook_is_in_use(db: Database) -> None:
    async with db.site(SITE) as conn:
        assert await store.newest_playbook(conn, SITE) is None
        assert await store.put_playbook(conn, SITE, "name: first", NOW) == 1
        assert await store.put_playbook(conn, SITE, "name: second", NOW) == 2
        assert await store.newest_playbook(conn, SITE) == (2, "name: second")
