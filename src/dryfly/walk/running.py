"""Walks that the server itself goes, for its supervisors: one at a time."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from dryfly.floor.model import ContactId, SiteId
from dryfly.platform.clock import Clock
from dryfly.platform.errors import CallerError
from dryfly.walk.line import Visitor
from dryfly.walk.path import Moment, Walked
from dryfly.walk.play import Walker
from dryfly.walk.script import Script, parse_script
from dryfly.walk.words import WalkPage, WalkScript

WALK_S_MAX = 900
Mark = Callable[[SiteId, ContactId], None]


@dataclass
class _Run:
    script: Script
    began_at: int
    moments: list[Moment] = field(default_factory=list)
    contact: str | None = None
    walked: Walked | None = None
    task: asyncio.Task[None] | None = None


class Walks:
    """`mark`: says on the contact that it is a test, so that nobody counts it by mistake."""

    def __init__(self, clock: Clock, mark: Mark) -> None:
        self._clock = clock
        self._mark = mark
        self._runs: dict[SiteId, _Run] = {}

    def page(self, site: SiteId) -> WalkPage:
        run = self._runs.get(site)
        if run is None:
            return WalkPage(False, scripts=scripts())
        found = run.walked.found if run.walked else None
        return WalkPage(
            self._is_walking(run), run.script.name, run.began_at, tuple(run.moments), found, run.contact, scripts()
        )

    def begin(self, site: SiteId, base: str, text: str) -> None:
        """Raises `script_wrong`, and `walk_running` while anybody's walk goes on."""
        script = parse_script(text)
        if any(self._is_walking(run) for run in self._runs.values()):
            raise CallerError("walk_running", "A walk is going on: wait until it is over, or end it.", status=409)
        run = self._runs[site] = _Run(script, self._clock.now())
        run.task = asyncio.create_task(self._walk(run, site, base), name="walk")

    async def _walk(self, run: _Run, site: SiteId, base: str) -> None:
        def came(contact: str) -> None:
            if run.contact is None:
                run.contact = contact
                self._mark(site, ContactId(contact))

        walker = Walker(
            Visitor(base, site, self._clock), run.script, clock=self._clock, seen=run.moments.append, came=came
        )
        async with asyncio.timeout(WALK_S_MAX):
            run.walked = await walker.walk()

    async def end(self, site: SiteId) -> None:
        run = self._runs.get(site)
        if run is not None and run.task is not None:
            run.task.cancel()
            await asyncio.gather(run.task, return_exceptions=True)

    def _is_walking(self, run: _Run) -> bool:
        return run.task is not None and not run.task.done()


def scripts() -> tuple[WalkScript, ...]:
    """Those that come along; a company keeps its own in files."""
    folder = Path(__file__).with_name("scripts")
    texts = [path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.yaml"))]
    return tuple(WalkScript(parse_script(text).name, text) for text in texts)
