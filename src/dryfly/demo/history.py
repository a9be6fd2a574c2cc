"""Four weeks at the demo company: who came when, who was at work, how each talk went. Pure, from a seed.

`plan_history` plays the weeks on a floor in memory and yields every command in order. Days have a shape (a hump before
noon, one in the afternoon), Mondays are busy, and a campaign that goes out makes its own wave.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from functools import partial
from random import Random

from dryfly.conversations.record import agent_actor
from dryfly.demo.cases import Cases
from dryfly.demo.company import WORKERS, Worker
from dryfly.demo.goods import CAMPAIGNS
from dryfly.demo.shop import Shop
from dryfly.demo.stage import Act, Planned, Stage
from dryfly.demo.talks import Talks
from dryfly.demo.told import Told
from dryfly.floor import State, new_state
from dryfly.floor import model as floor
from dryfly.floor.model import AgentId, Command, CustomerId, Event, Presence
from dryfly.ledger import Actor

DAYS = 28
A_DAY = 95  # contacts on a usual Wednesday
QUIET_BEFORE_MS = 12 * 60_000  # nobody comes in the last minutes, so that all talks end before now
DAY_MS = 86_400_000
HOURS = (1, 1, 1, 1, 1, 2, 8, 20, 55, 85, 100, 95, 78, 72, 85, 88, 80, 66, 55, 48, 34, 20, 9, 3)
WEEKDAYS = (1.25, 1.05, 1.0, 0.98, 0.95, 0.7, 0.75)
SYSTEM = Actor("system:setup")


@dataclass
class History:
    """`setting_up`: what the floor is told before the first day. `customer_of`: a customer's id, by account.

    `goes_on`: the floor as it was left, and when: the days since then are played after it.
    """

    seed: int
    shop: Shop
    told: Told
    until: int
    customer_of: Mapping[str, CustomerId]
    setting_up: tuple[Command, ...] = ()
    days: int = DAYS
    a_day: float = A_DAY
    goes_on: tuple[State, int] | None = None
    random: Random = field(init=False)
    begins_at: int = field(init=False)

    def __post_init__(self) -> None:
        state, left_at = self.goes_on or (new_state(), 0)
        self.random = Random(f"history {self.seed} {left_at or ''}".rstrip())
        self.today = day_of(self.until)
        self.begins_at = max(_midnight(self.today) - self.days * DAY_MS, left_at)
        self.stage = Stage(self.random, self.begins_at, self._react, state)
        self.talks = Talks(self.stage, self.told, self.customer_of)
        self.cases = Cases(self.shop, self.random)

    def plan(self) -> Iterator[Planned]:
        for command in self.setting_up:
            self.stage.do(SYSTEM, command)
        if self.goes_on:
            self._close_shop()
        days = (self.today - day_of(self.begins_at)).days
        for number in range(days + 1):
            self._plan_day(self.today - timedelta(days=days - number))
        yield from self.stage.run(self.until - QUIET_BEFORE_MS // 2)
        self._close_shop()
        yield from self.stage.run(self.until)

    def _react(self, event: Event) -> None:
        self.talks.react(event)

    def _close_shop(self) -> None:
        """What is still open now ends: the people of the present begin with a clean floor."""
        for contact in list(self.stage.state.contacts.values()):
            self.stage.do(Actor("customer"), floor.LeaveContact(contact.id))
        for contact in list(self.stage.state.contacts.values()):
            if contact.agent is not None:
                self.stage.do(agent_actor(contact.agent), floor.WrapUpContact(contact.id, contact.agent, "solved"))
        for agent in self.stage.state.agents:
            self._present(agent, Presence.OFFLINE)

    # ---- a day -----------------------------------------------------------------------------------

    def _plan_day(self, day: date) -> None:
        for at in self._arrivals(day):
            if self.begins_at < at < self.until - QUIET_BEFORE_MS:
                self.stage.at(at, self._coming(day))
        for worker in WORKERS:
            if AgentId(worker.id) not in self.stage.state.agents:
                continue  # somebody tried out what an administrator may
            if day.weekday() not in worker.days_off and self.random.random() > 0.05:
                self._plan_shift(worker, day)

    def _arrivals(self, day: date) -> Iterator[int]:
        for hour, weight in enumerate(HOURS):
            expected = self.a_day * weight / sum(HOURS) * WEEKDAYS[day.weekday()] * lift_on(day, self.today)
            at = _midnight(day) + hour * 3_600_000
            ends = at + 3_600_000
            while (at := at + round(self.random.expovariate(expected / 3_600_000))) < ends:
                yield at

    def _coming(self, day: date) -> Act:
        return lambda: self.talks.begin(self.cases.draw(day, self.today))

    def _plan_shift(self, worker: Worker, day: date) -> None:
        """Sits down about when the shift begins, has breaks, and goes when the last talk is over."""
        agent = AgentId(worker.id)
        begins = _midnight(day) + worker.starts * 3_600_000 + round(self.random.gauss(0, 180) * 1000)
        ends = begins + worker.hours * 3_600_000
        self._at(begins, lambda: self._sit_down(agent))
        for share, reason, minutes in ((0.25, "break", 12), (0.5, "lunch", 32), (0.78, "break", 14)):
            away = begins + round((ends - begins) * (share + self.random.uniform(-0.04, 0.04)))
            back = away + round(self.random.uniform(0.8, 1.3) * minutes * 60_000)
            self._at(away, partial(self._present, agent, Presence.AWAY, reason))
            self._at(back, lambda: self._present(agent, Presence.READY))
        self._at(ends, lambda: self._present(agent, Presence.AWAY, "break"))
        self._at(ends + 60_000, lambda: self._go_home(agent))

    def _at(self, instant: int, act: Act) -> None:
        """What was due before the beginning is made up for: who had come to work is there."""
        if instant < self.until - QUIET_BEFORE_MS:
            self.stage.at(max(instant, self.begins_at), act)

    def _sit_down(self, agent: AgentId) -> None:
        self.stage.do(agent_actor(agent), floor.ConnectAgent(agent))
        self._present(agent, Presence.READY)

    def _go_home(self, agent: AgentId) -> None:
        if any(contact.agent == agent for contact in self.stage.state.contacts.values()):
            self.stage.after(60, lambda: self._go_home(agent))
        else:
            self._present(agent, Presence.OFFLINE)

    def _present(self, agent: AgentId, presence: Presence, reason: str | None = None) -> None:
        if self.stage.state.agents[agent].presence is not presence:
            self.stage.do(agent_actor(agent), floor.SetPresence(agent, presence, reason))


def lift_on(day: date, today: date) -> float:
    """So many times the usual contacts come, because of what went out."""
    age = (today - day).days
    lifts = [c.lift for c in CAMPAIGNS if -c.lasts_days < age - c.days_ago <= 0]
    return max(lifts, default=1.0)


def day_of(instant: int) -> date:
    return datetime.fromtimestamp(instant / 1000, UTC).date()


def _midnight(day: date) -> int:
    return int(datetime(day.year, day.month, day.day, tzinfo=UTC).timestamp() * 1000)
