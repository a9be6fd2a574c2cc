"""`dryfly why` and `dryfly replay`: a day of a small house, told in words and played again."""

import re
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from dryfly.conversations.words import TABLES
from dryfly.desk.why_sentences import SENTENCES
from dryfly.floor import model as m
from dryfly.floor.model import AgentId, Channel, ContactId, QueueId, SiteId, SkillId
from dryfly.ledger import Actor, CommandId, Ledger, Submission
from dryfly.platform.clock import HandClock
from dryfly.platform.database import Database
from dryfly.platform.errors import CallerError
from dryfly.platform.ids import new_id
from dryfly.service import explaining, replaying
from dryfly.service.commands import open_sites

MAIN = SiteId("main")
WEB = Channel("web")
CHATS = (m.ChannelCapacity(WEB, 100, 1),)
GOOD = m.SkillNeed(SkillId("orders"), 5)
CONSOLE = Path(__file__).parents[2] / "web" / "console" / "src" / "messages.en.ts"


class SmallDay:
    """Two agents, one of whom is good at orders; thirty customers, each for two minutes of work."""

    def __init__(self, ledger: Ledger, clock: HandClock) -> None:
        self.ledger = ledger
        self.clock = clock

    async def do(self, *commands: m.Command) -> None:
        for command in commands:
            id = CommandId(new_id(self.clock.now()))
            await self.ledger.submit(Submission(id, Actor("test"), command))

    async def turn(self, seconds: float) -> None:
        self.clock.turn(seconds)
        await self.ledger.wake_up()

    async def set_up(self) -> None:
        rules = m.QueueSpec(
            (GOOD,),
            service_level_s=60,
            wrap_up_s=0,
            park_after_s=0,
            relaxations=(m.Relaxation(600, (m.SkillNeed(GOOD.skill, 0),)),),
        )
        await self.do(m.PutQueue(QueueId("orders"), rules))
        for name, skills in (("anna", {GOOD.skill: 8}), ("ben", {})):
            spec = m.AgentSpec(skills, channels=CHATS, auto_accept=True)
            await self.do(m.PutAgent(AgentId(name), spec), m.ConnectAgent(AgentId(name)))
            await self.do(m.SetPresence(AgentId(name), m.Presence.READY))

    async def customers(self, count: int) -> None:
        """Two come every four minutes: Anna has one after the other, and Ben nothing to do."""
        for number in range(0, count, 2):
            for name in (f"c{number}", f"c{number + 1}"):
                await self.do(m.OpenContact(ContactId(name), WEB, queue=QueueId("orders")))
            for name in (f"c{number}", f"c{number + 1}"):
                await self.turn(120)
                await self.do(m.FinishContact(ContactId(name), AgentId("anna")))


@pytest.fixture
async def day(db: Database, database_url: str, hand_clock: HandClock) -> AsyncIterator[SmallDay]:
    await open_sites(db, hand_clock)
    ledger = Ledger(database_url, MAIN, clock=hand_clock, tables=TABLES, views=[])
    await ledger.start()
    day = SmallDay(ledger, hand_clock)
    await day.set_up()
    yield day
    await ledger.stop()


async def told(tool: object, db: Database, clock: HandClock, *arguments: str) -> list[str]:
    said: list[str] = []
    assert await tool.main(arguments, db, clock=clock, say=said.append) == 0  # type: ignore[attr-defined]
    return said


def cells(lines: list[str], title: str) -> list[str]:
    line = next(line for line in lines if line.strip().startswith(title))
    return re.split(r"\s{3,}", line.strip())[1:]


async def test_a_day_is_played_again_and_otherwise(
    day: SmallDay, db: Database, hand_clock: HandClock, tmp_path: Path
) -> None:
    await day.customers(30)
    rules, page = tmp_path / "rules.yaml", tmp_path / "day.html"
    rules.write_text("queues: {orders: {spec: {requirement: []}}}")
    lines = await told(
        replaying, db, hand_clock, "today", "--rules", str(rules), "--page", str(page), "--replications", "2"
    )
    again, other, was = cells(lines, "Service level")
    assert (again, other, was) == ("50.0 % ± 0.0", "100.0 % ± 0.0", "50.0 %")
    assert any("other rules, against its own rules again" in line for line in lines)
    assert any("service level 50.0 points higher" in line for line in lines)
    assert "other rules" in page.read_text()


async def test_the_journal_is_applied_again(day: SmallDay, db: Database, hand_clock: HandClock) -> None:
    await day.customers(6)
    before = await told(replaying, db, hand_clock, "today", "--exact")
    assert "no snapshot is stored" in before[-1]
    await day.ledger.stop()  # leaves a snapshot
    after = await told(replaying, db, hand_clock, "today", "--exact")
    assert "stands where the stored snapshot says" in after[-1]
    async with db.site(MAIN) as conn:
        state = await conn.fetchval("select state from snapshot")
        await conn.execute("update snapshot set state = $1", state.replace(b'"anna"', b'"hanna"'))
    said: list[str] = []
    assert await replaying.main(("today", "--exact"), db, clock=hand_clock, say=said.append) == 1
    assert "says something else" in said[-1]


async def test_the_story_of_one_who_waited(day: SmallDay, db: Database, hand_clock: HandClock) -> None:
    await day.customers(2)
    story = "\n".join(await told(explaining, db, hand_clock, "c1"))
    assert "The customer came, by web." in story
    assert "In line for orders, due 2026-01-01 00:01:00." in story
    assert "Offered to anna: the closest skills (3 levels above the need), free for 0 s. It had waited 2 min." in story
    assert story.index("anna took it.") < story.index("Closed: served.")
    assert "Now" not in story


async def test_what_stands_in_the_way_of_one_who_waits(day: SmallDay, db: Database, hand_clock: HandClock) -> None:
    for name in ("c0", "c1", "c2"):
        await day.do(m.OpenContact(ContactId(name), WEB, queue=QueueId("orders")))
    await day.turn(30)
    story = "\n".join(await told(explaining, db, hand_clock, "c2"))
    assert "Now, at 2026-01-01 00:00:30:" in story
    assert "1 agent: has no room left." in story
    assert "1 agent: may serve it later, when the requirement relaxes." in story
    assert "It has waited 30 s, is due 2026-01-01 00:01:00; 1 contact of the same kind is due before it." in story
    assert "Its requirement relaxes after 10 min of waiting." in story
    await day.turn(600)
    story = "\n".join(await told(explaining, db, hand_clock, "c2"))
    assert "It has waited long: 1 relaxation of its queue hold" in story


@pytest.mark.parametrize(
    ("argument", "code"), [("soon", "day_wrong"), ("2100-01-01", "day_wrong"), ("2001-01-01", "day_empty")]
)
async def test_days_that_cannot_be(
    day: SmallDay, db: Database, hand_clock: HandClock, argument: str, code: str
) -> None:
    with pytest.raises(CallerError, match=code):
        await replaying.main((argument,), db, clock=hand_clock)


async def test_a_contact_that_is_not_there(day: SmallDay, db: Database, hand_clock: HandClock) -> None:
    with pytest.raises(CallerError, match="talk_exists_not"):
        await explaining.main(("x" * 200_000,), db, clock=hand_clock)


def test_the_terminal_tells_what_the_desk_tells() -> None:
    """A decision that one has words for, the other has words for too."""
    there = set(re.findall(r'"why\.step\.(\w+)"', CONSOLE.read_text()))
    assert there == set(SENTENCES)
