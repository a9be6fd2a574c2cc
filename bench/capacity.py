"""A working day in ten minutes: 400 agents, 1,200 open talks, 100 messages a second, and a restart.

Half of the messages are customers', each answered at once by the agent on whose screen it stands; two talks end each
second and two begin. Measured, at the pages: a customer's word until it stands on the agent's screen, and until the
answer to it stands on the customer's; a contact queued until it is offered on a desk; the age of a supervisor's board
just before the next one comes (the worst that anybody sees); the server's resident memory over time; and, after
SIGTERM and another start, how long until every page is back. The server is `dryfly up`, the load a process of its own.

    python -m bench.capacity [--minutes 10] [--long] [--json]        --long: eight hours
"""

import argparse
import asyncio
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psutil

from bench._report import Measure, report
from dryfly.floor.model import QueueSpec
from tests.crash.installation import ROOT, Installation, installed

AGENTS_COUNT, TALKS_COUNT, MESSAGES_A_S = 400, 1_200, 100.0
MINUTES, MINUTES_LONG = 10.0, 480.0
LOOK_EVERY_S = 5.0
MESSAGE_MS_MAX, OFFER_MS_MAX, BOARD_MS_MAX, BACK_S_MAX = 150.0, 250.0, 1_000.0, 10.0
MINUTES_TO_FILL = 12.0  # receipts are remembered for eleven minutes, and the ring of pushes has its bytes by then
GROWTH_SHARE_MAX = 0.05  # of the memory at half-time, in the second half: allocators breathe
QUEUE = QueueSpec(reply_clock_s=None, park_after_s=0)


class Load:
    """The process that plays everybody."""

    def __init__(
        self,
        base: str,
        cookies: Path,
        agents_count: int = AGENTS_COUNT,
        talks_count: int = TALKS_COUNT,
        messages_a_s: float = MESSAGES_A_S,
    ) -> None:
        arguments = [base, str(cookies), str(agents_count), str(talks_count), str(messages_a_s)]
        self._process = subprocess.Popen(
            [sys.executable, "-m", "bench._capacity_load", *arguments],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT,
            env=os.environ | {"PYTHONPATH": f"src{os.pathsep}."},
        )  # fmt: skip

    async def answer(self, line: str = "") -> str:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        if line:
            self._process.stdin.write(line + "\n")
            self._process.stdin.flush()
        said = (await asyncio.to_thread(self._process.stdout.readline)).strip()
        if not said:
            raise SystemExit("bench capacity: the load generator ended by itself")
        return said

    def end(self) -> None:
        self._process.terminate()
        self._process.wait()


@dataclass
class Seen:
    there: list[float] = field(default_factory=list)
    receipt: list[float] = field(default_factory=list)
    back: list[float] = field(default_factory=list)
    offer: list[float] = field(default_factory=list)
    board: list[float] = field(default_factory=list)
    errors: dict[str, int] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)
    resident_mib: list[tuple[float, float]] = field(default_factory=list)  # (s, MiB)
    busy_share: list[float] = field(default_factory=list)  # of all cores, everybody's
    server_cores: float = 0.0  # that the server's own process used

    def add(self, window: dict[str, Any]) -> None:
        for name in ("there", "receipt", "back", "offer", "board", "faults"):
            getattr(self, name).extend(window[name])
        for name, count in window["errors"].items():
            self.errors[name] = self.errors.get(name, 0) + count


async def main(minutes: float) -> None:
    with tempfile.TemporaryDirectory(prefix="dryfly-capacity-") as name, installed(Path(name) / "home") as house:
        cookies = Path(name) / "cookies"
        agents = [f"agent{n}" for n in range(AGENTS_COUNT)]
        cookies.write_text(json.dumps(await house.prepare(agents, QUEUE)))
        house.launch()
        await house.ready()
        load = Load(house.base, cookies)
        try:
            await load.answer()  # ready
            _tell(f"{AGENTS_COUNT} agents serve {TALKS_COUNT} talks; {minutes:g} minutes begin. {machine()}")
            seen = await watch(house, load, minutes * 60)
            back = await restart(house, load)
        finally:
            load.end()
        await house.stop()
    _tell_more(seen)
    report([*measures(seen, minutes * 60), *back])


async def watch(house: Installation, load: Load, seconds: float) -> Seen:
    seen, began = Seen(), time.monotonic()
    await load.answer("window")  # what happened while they came does not count
    psutil.cpu_percent()
    server, used_before = psutil.Process(house.pid), psutil.Process(house.pid).cpu_times()
    while (passed := time.monotonic() - began) < seconds:
        await asyncio.sleep(min(LOOK_EVERY_S, seconds - passed))
        seen.add(json.loads(await load.answer("window")))
        seen.resident_mib.append((time.monotonic() - began, house.resident_mib()))
        seen.busy_share.append(psutil.cpu_percent() / 100)
    used = server.cpu_times()
    seen.server_cores = (used.user + used.system - used_before.user - used_before.system) / (time.monotonic() - began)
    return seen


async def restart(house: Installation, load: Load) -> list[Measure]:
    """Stopped and started by an operator; pages come back by themselves."""
    coming = asyncio.create_task(load.answer("down"))
    await asyncio.sleep(0.5)
    began = time.time()
    await house.stop()
    stopped = time.time()
    house.launch()
    await house.ready()
    ready = time.time()
    back = json.loads(await coming)
    return [
        Measure("restart_stop", stopped - began, "s"),
        Measure("restart_start", ready - stopped, "s"),
        limit(f"restart_{back['pages']:.0f}_pages_back_after_ready", back["at"] - ready, "s", BACK_S_MAX),
        Measure("restart_all_in_all", back["at"] - began, "s"),
    ]


def measures(seen: Seen, seconds: float) -> list[Measure]:
    return [
        Measure("messages_both_ways", (len(seen.there) + len(seen.back)) / seconds, "msg/s"),
        limit("message_to_agents_screen_p95", share(seen.there, 0.95), "ms", MESSAGE_MS_MAX),
        limit("message_receipt_p95", share(seen.receipt, 0.95), "ms", MESSAGE_MS_MAX),
        limit("message_there_and_answer_back_p95", share(seen.back, 0.95), "ms", MESSAGE_MS_MAX),
        Measure("message_there_and_answer_back_p50", share(seen.back, 0.5), "ms"),
        Measure("message_there_and_answer_back_p99", share(seen.back, 0.99), "ms"),
        limit(f"offer_p95_of_{len(seen.offer)}", share(seen.offer, 0.95), "ms", OFFER_MS_MAX),
        limit("board_oldest_p95", share(seen.board, 0.95), "ms", BOARD_MS_MAX),
        Measure("board_oldest_p50", share(seen.board, 0.5), "ms"),
        *memory(seen.resident_mib, is_filled=seconds >= 2 * 60 * MINUTES_TO_FILL),
    ]


def memory(taken: Sequence[tuple[float, float]], *, is_filled: bool) -> list[Measure]:
    """How much the second half added, as medians of its first and last tenth.

    It is held against the goal only where all that has a bound had reached it at half-time (`is_filled`).
    """
    half = [mib for _, mib in taken[len(taken) // 2 :]]
    tenth = max(1, len(half) // 10)
    begins, ends = share(half[:tenth], 0.5), share(half[-tenth:], 0.5)
    growth = ends / begins - 1
    goal = f"<= {GROWTH_SHARE_MAX:g}" if is_filled else None
    return [
        Measure("memory_at_half_time", begins, "MiB"),
        Measure("memory_at_the_end", ends, "MiB"),
        Measure("memory_growth_in_second_half", growth, "", goal=goal, ok=growth <= GROWTH_SHARE_MAX if goal else None),
    ]


def limit(measure: str, value: float, unit: str, at_most: float) -> Measure:
    return Measure(measure, value, unit, goal=f"<= {at_most:g} {unit}", ok=value <= at_most)


def share(values: Sequence[float], of: float) -> float:
    if not values:
        return float("nan")
    return sorted(values)[min(len(values) - 1, int(len(values) * of))]


def machine() -> str:
    memory_gib = psutil.virtual_memory().total / 2**30
    return f"Machine: {os.cpu_count()} cores, {memory_gib:.0f} GiB; load before {os.getloadavg()[0]:.1f}."


def _tell(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


def _tell_more(seen: Seen) -> None:
    """What a figure alone does not tell: the memory's way, how busy the machine was, what went wrong."""
    every = max(1, len(seen.resident_mib) // 10)
    way = ", ".join(f"{s / 60:.0f} min {mib:.0f}" for s, mib in seen.resident_mib[::every])
    _tell(f"memory (MiB): {way}")
    _tell(f"cores busy (everybody's): median {share(seen.busy_share, 0.5):.0%}, p95 {share(seen.busy_share, 0.95):.0%}")
    _tell(f"the server's process took {seen.server_cores:.2f} of a core")
    _tell(f"errors: {seen.errors or 'none'}; faults on screens: {seen.faults[:3] or 'none'}")


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--minutes", type=float, default=MINUTES)
    parser.add_argument("--long", action="store_true", help="eight hours")
    parser.add_argument("--json", action="store_true")
    said = parser.parse_args()
    asyncio.run(main(MINUTES_LONG if said.long else said.minutes))
