"""The screens' own stores, in TypeScript, on recorded days: old state plus pushes equals a fresh state.

Seeded days with faults are played on the real floor, through the views that the server calls. Written down is each
push with its numbers as a page gets it, and what a page that came at that moment would be sent. The property is
tested where the stores are: `web/words/tests/recorded.test.ts`, from any moment to any later one.
"""

import os
import subprocess
from pathlib import Path
from typing import Any, cast

import msgspec
import pytest

from dryfly.desk.house import Duty, between, duty_lines, on_duty
from dryfly.desk.lines import set_up_now
from dryfly.floor.model import Command, Event, Instant, QueueId
from dryfly.ledger import Topic
from dryfly.setup.model import Agent, Catalogue, Queue, Site
from tests.days.generator import GeneratedDay
from tests.desk.test_screens import SITE, Screens, _me

WEB = Path(__file__).parents[2] / "web"
DAYS = range(6)
SET_UP_EVERY = 7  # commands; on the way people get new names, come and are removed


class Recorder(Screens):
    """Writes down what each agent's page hears, and what it should show then."""

    def __init__(self) -> None:
        super().__init__()
        self.lines_of: dict[str, list[dict[str, Any]]] = {}
        self._last_seq: dict[str, int] = {}
        self._fresh: dict[str, bytes] = {}
        self._now = Instant(0)
        self._turn = 0
        self._on_duty: Duty = {}

    def submit(self, command: Command, now: Instant) -> list[Event]:
        self._now = now
        self._turn += 1
        if self._turn % SET_UP_EVERY == 0:
            self._set_up(self._turn // SET_UP_EVERY)
        return super().submit(command, now)

    def _set_up(self, version: int) -> None:
        known = [agent for number, agent in enumerate(self.state.agents) if (number + version) % 4]
        agents = {agent: Agent(agent, f"{agent} the {version}th") for agent in known}
        queue = Queue(QueueId("q"), f"The {version}th queue")
        self.catalogue = Catalogue(Site(SITE, f"North {version}"), version, agents=agents, queues={queue.id: queue})
        self._tell_all(set_up_now(self.catalogue))

    def _tell_duty(self) -> None:
        before, self._on_duty = self._on_duty, on_duty(self.state)
        self._tell_all(between(before, self._on_duty))

    def _tell_all(self, frame: msgspec.Struct) -> None:
        for lines in self.lines_of.values():
            lines.append(msgspec.to_builtins(frame))

    def _deliver(self, topic: Topic, push: dict[str, Any]) -> None:
        kind, _, agent = topic.partition(":")
        if kind == "agent":
            prev, self._last_seq[agent] = self._last_seq.get(agent, 0), self.seq
            frame = {"is": "push", "prev": prev, "seq": self.seq, "at": self._now, "push": push}
            self.lines_of.setdefault(agent, []).append(frame)

    def _check(self) -> None:
        self._tell_duty()
        for agent in self.state.agents:
            me = msgspec.structs.replace(_me(agent), site_title=self.catalogue.site.title)
            shown = msgspec.structs.replace(self.lines.desk(self.state, me), on_duty=duty_lines(self._on_duty))
            desk = msgspec.json.encode(shown)
            if self._fresh.get(agent) != desk:
                self._fresh[agent] = desk
                seq = self._last_seq.setdefault(agent, self.seq)
                state = {"is": "state", "seq": seq, "desk": msgspec.Raw(desk)}
                self.lines_of.setdefault(agent, []).append(state)


def record(folder: Path) -> None:
    for seed in DAYS:
        day = Recorder()
        GeneratedDay(seed, cast(Any, day)).run()
        for agent, lines in day.lines_of.items():
            (folder / f"{seed}-{agent}.jsonl").write_bytes(msgspec.json.Encoder().encode_lines(lines))


@pytest.mark.skipif(not (WEB / "node_modules").is_dir(), reason="needs the web packages")
def test_the_stores_follow_recorded_days(tmp_path: Path) -> None:
    record(tmp_path)
    told = os.environ | {"DRYFLY_RECORDED": str(tmp_path)}
    done = subprocess.run(
        ["npx", "--no-install", "vitest", "run", "words/tests/recorded.test.ts"],
        cwd=WEB, env=told, check=False, capture_output=True, text=True,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout[-4000:]
