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

from dryfly.floor.model import Command, Event, Instant
from dryfly.ledger import Topic
from tests.days.generator import GeneratedDay
from tests.desk.test_screens import Screens, _me

WEB = Path(__file__).parents[2] / "web"
DAYS = range(6)


class Recorder(Screens):
    """Writes down what each agent's page hears, and what it should show then."""

    def __init__(self) -> None:
        super().__init__()
        self.lines_of: dict[str, list[dict[str, Any]]] = {}
        self._last_seq: dict[str, int] = {}
        self._fresh: dict[str, bytes] = {}
        self._now = Instant(0)

    def submit(self, command: Command, now: Instant) -> list[Event]:
        self._now = now
        return super().submit(command, now)

    def _deliver(self, topic: Topic, push: dict[str, Any]) -> None:
        kind, _, agent = topic.partition(":")
        if kind == "agent":
            prev, self._last_seq[agent] = self._last_seq.get(agent, 0), self.seq
            frame = {"is": "push", "prev": prev, "seq": self.seq, "at": self._now, "push": push}
            self.lines_of.setdefault(agent, []).append(frame)

    def _check(self) -> None:
        for agent in self.state.agents:
            desk = msgspec.json.encode(self.lines.desk(self.state, _me(agent)))
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
