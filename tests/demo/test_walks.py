"""Walking the customer's path: what a script may say, what is found in a path, and a walk on a living demo."""

import asyncio
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest

from dryfly.demo.people import Crew
from dryfly.platform.errors import CallerError
from dryfly.platform.security import guard_of
from dryfly.service import walking
from dryfly.walk import cli
from dryfly.walk.line import Visitor
from dryfly.walk.path import DeadEnd, Moment, Walked, What, look_at
from dryfly.walk.play import Walker
from dryfly.walk.running import scripts
from dryfly.walk.script import Script, Step, parse_script
from dryfly.walk.show import page_of
from tests.demo.conftest import Company
from tests.demo.test_life import PATIENCE_S

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("name: nothing", "either `steps:` or a `customer:`"),
        ("name: two\nsteps: [{says: a, expects: b}]", "Step 1 says 2 things"),
        ("name: none\nsteps: [{within_s: 3}]", "Step 1 says 0 things"),
        ("name: odd\nsteps: [{shouts: a}]", "shouts"),
        ("[1, 2", "cannot be read"),
        ("x" * 200_000, "at most"),
    ],
)
def test_a_script_that_does_not_fit_says_why(text: str, why: str) -> None:
    with pytest.raises(CallerError, match=why):
        parse_script(text)


def test_the_scripts_that_come_along_can_be_read() -> None:
    assert len(scripts()) >= 3
    for path in (ROOT / "examples" / "walks").glob("*.yaml"):
        assert parse_script(path.read_text(encoding="utf-8")).name


def test_what_was_asked_twice_is_a_dead_end() -> None:
    moments = [
        Moment(0, What.SAID, "where is my order?"),
        Moment(900, What.HEARD, "Hello! Who are you?", "bot", waited_ms=900),
        Moment(2_000, What.SAID, "Anna"),
        Moment(3_000, What.MOVED, "waiting", "system"),
        Moment(9_500, What.HEARD, "Hi. Who  are you?", "agent", waited_ms=7_500),
    ]
    found = look_at(moments)
    assert found.asked_twice == ("Who  are you?",)
    assert found.dead_ends == ("Asked twice: Who  are you?",)
    assert (found.first_answer_s, found.longest_wait_s, found.person_after_s) == (0.9, 7.5, 6.5)


async def test_a_walk_that_nobody_answers_ends_in_words(unused_tcp_port: int) -> None:
    walked = await Walker(Visitor(f"http://127.0.0.1:{unused_tcp_port}"), Script("x", (Step(says="hello"),))).walk()
    assert [moment.dead_end for moment in walked.moments] == [DeadEnd.LOST]
    assert not walked.is_good


async def test_paths_of_the_demo_are_walked_from_the_shell_and_by_a_supervisor(
    company: Company, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    order = company.demo.tour._whose("on_its_way")
    script = tmp_path / "order.yaml"
    script.write_text(
        "name: My order\nsteps:\n- says: where is my order?\n- {expects: e-mail, within_s: 60}\n"
        f"- says: {order[0].email}\n- {{expects: {order[1].key} is on its way, within_s: 60}}\n"
        "- says: can I talk to a person?\n- waits_for_person: 90\n- leaves: true\n"
    )
    marks = walking.marking(company.server.db)
    assert await cli.main([str(script), "--url", company.base, "--out", str(tmp_path / "seen")], mark=marks) == 0
    seen = json.loads((tmp_path / "seen" / "order.json").read_text())
    assert await marks_of(company, seen["contact"]) == 1
    told = capsys.readouterr().out
    assert "counts in its numbers" not in told
    assert "My order: good" in told
    assert seen["found"]["dead_ends"] == []
    assert order[1].key in (tmp_path / "seen" / "order.html").read_text()

    script.write_text(
        "name: Blocked\nsteps:\n- says: hello\n- {expects: no such words, within_s: 2}\n- says: never said\n"
    )
    assert await cli.main([str(script), "--url", company.base]) == 1
    told = capsys.readouterr().out
    assert "counts in its numbers" in told
    assert "did not come within 2 s" in told
    assert "never said" not in told
    await _walks_from_the_console(company)


async def marks_of(company: Company, contact: str) -> int:
    async with company.server.db.site("main") as conn:
        query = "select count(*)::int from fact where contact = $1 and key = 'test_contact'"
        return int(await conn.fetchval(query, contact))


class _Console:
    """The walk's page of somebody who is signed in, from another thread: the server runs in this one."""

    def __init__(self, base: str, token: str) -> None:
        self._base = base
        self._headers = {"cookie": f"dryfly_session={token}", "x-dryfly-guard": guard_of(token)}

    async def ask(self, method: str = "GET", body: object = None) -> dict[str, Any]:
        return await asyncio.to_thread(self._ask, method, body)

    async def refused(self, body: object) -> str:
        with pytest.raises(HTTPError) as refusal:
            await self.ask("POST", body)
        told: dict[str, Any] = json.loads(refusal.value.read())
        refusal.value.close()
        return str(told["error"]["code"])

    async def has(self, holds: Callable[[dict[str, Any]], bool]) -> dict[str, Any]:
        async with asyncio.timeout(PATIENCE_S):
            while not holds(page := await self.ask()):
                await asyncio.sleep(0.1)
        return page

    def _ask(self, method: str, body: object) -> dict[str, Any]:
        data = None if body is None else json.dumps(body).encode()
        headers = {**self._headers, "content-type": "application/json", "origin": self._base}
        request = Request(f"{self._base}/api/walk", data, headers, method=method)
        with urlopen(request, timeout=30) as answer:
            told: dict[str, Any] = json.load(answer)
            return told


async def _walks_from_the_console(company: Company) -> None:
    crew = Crew(company.server.db, company.server.clock, company.server.people, company.server.sessions)
    walks = _Console(company.base, await crew.enter("supervisor"))
    text = "name: Hi\nsteps:\n- says: what are your opening hours?\n- {expects: every day, within_s: 60}\n"
    assert (await walks.ask("POST", {"script": text + "- waits: 600\n"}))["is_walking"]
    assert await walks.refused({"script": text}) == "walk_running"
    page = await walks.has(lambda page: any("every day" in moment["text"] for moment in page["moments"]))
    assert not (await walks.ask("DELETE"))["is_walking"]
    contact = page["contact"]
    assert await marks_of(company, contact) == 1
    agent = _Console(company.base, await crew.enter("agent"))
    assert await agent.refused({"script": text}) == "not_allowed"


def test_a_page_of_a_walk_runs_nothing() -> None:
    moments = (Moment(0, What.SAID, "<script>alert(1)</script>"),)
    html = page_of(Walked("<img src=x>", 0, moments, look_at(moments)))
    assert "<script" not in html
    assert "<img" not in html
