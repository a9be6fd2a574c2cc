"""People come in as a table: looked at first, then all of it or nothing, and the same file again changes nothing."""

from typing import Any

import pytest

from dryfly.floor.model import AgentId, PutAgent, SkillId
from dryfly.platform.clock import HandClock
from dryfly.setup.change import Change
from dryfly.setup.model import Catalogue, Person, PersonId, PersonRole, Skill, Team, TeamId
from dryfly.setup.people_file import ROWS_MAX, plan_people
from dryfly.setup.sites import SYSTEM
from tests.setup.conftest import NORTH, Browser, Company

SKILLS = (Skill(SkillId("returns"), "Returns"), Skill(SkillId("de"), "German"), Team(TeamId("service"), "Service"))
FILE = """email,name,role,team,display_name,skills,languages
carl@north.example,Carl Ångström,agent,Service,Carl,returns=5,de
dora@north.example,Dora,supervisor,,,,
"""


@pytest.fixture(autouse=True)
async def skills(company: Company) -> None:
    await company.installation.sites.change(NORTH, Change(puts=SKILLS), SYSTEM)


async def look(browser: Browser, text: str) -> Any:
    status, told = await browser.ask("POST", "/api/setup/people-file", text)
    assert status == 200, told
    return told


async def act(browser: Browser, text: str, version: int) -> tuple[int, Any]:
    return await browser.ask("POST", f"/api/setup/people-file?act=true&version={version}", text)


async def test_they_can_sign_in_and_serve(alma: Browser, company: Company) -> None:
    seen = await look(alma, FILE)
    assert seen["problems"] == []
    assert seen["lines"] == ["+ people/carl@north.example", "+ people/dora@north.example", "+ agents/carl-angstrom"]
    status, done = await act(alma, FILE, seen["version"])
    assert (status, done["done"], done["lines"]) == (200, True, seen["lines"])
    agent = (await company.installation.sites.refresh(NORTH)).agents["carl-angstrom"]  # type: ignore[index]
    assert (agent.name, agent.shown_name, agent.team) == ("Carl Ångström", "Carl", "service")
    assert agent.spec.skills == {"returns": 5, "de": 10}
    assert company.installation.floors.at(NORTH).agents["carl-angstrom"].spec == agent.spec  # type: ignore[index]
    for one in done["passwords"]:
        session = await Browser(company.installation).sign_in(one["email"], one["password"])
        assert session["must_change"] is True


async def test_the_same_file_again_changes_nothing(alma: Browser) -> None:
    await act(alma, FILE, (await look(alma, FILE))["version"])
    seen = await look(alma, FILE)
    assert seen["lines"] == []
    status, done = await act(alma, FILE, seen["version"])
    assert (status, done["lines"], done["passwords"]) == (200, [], [])


async def test_what_is_left_empty_stays_and_a_dash_empties(alma: Browser) -> None:
    await act(alma, FILE, (await look(alma, FILE))["version"])
    again = "email;role;skills;team\nCARL@north.example;supervisor;;-\n"
    assert (await look(alma, again))["lines"] == [
        '~ people/carl@north.example.role: "agent" -> "supervisor"',
        '~ agents/carl-angstrom.team: "service" -> null',
    ]


async def test_each_problem_has_its_line_and_column_and_nothing_is_done(alma: Browser, company: Company) -> None:
    text = (
        'email,name,role,team,skills\n"eva@north.example","Eva\nMaria",agent,,\nno address,Fin,,,\n\n'
        "gil@north.example,Gil,boss,,\ngil2@north.example,Gil,,nowhere,\ngil3@north.example,Gil,,,returns=11\n"
        "gil3@north.example,Gil,,,\nhal@north.example,Hal,,,french=3\n,,,,,,x\nida@north.example,I\u202eda,,,\n"
    )
    seen = await look(alma, text)
    assert [(problem["line"], problem["column"]) for problem in seen["problems"]] == [
        (2, "name"), (4, "email"), (6, "role"), (7, "team"), (8, "skills"), (9, "email"), (10, "skills"), (11, ""),
        (12, "name"),
    ]  # fmt: skip
    before = await company.installation.sites.refresh(NORTH)
    status, refused = await act(alma, text, seen["version"])
    assert (status, refused["error"]["code"]) == (400, "file_wrong")
    assert await company.installation.sites.refresh(NORTH) == before
    assert len(await company.installation.people.everybody(NORTH)) == 3


async def test_a_file_that_is_no_table_is_refused(alma: Browser) -> None:
    for text in ("", '"open', "\n"):
        assert await alma.refused("POST", "/api/setup/people-file", text or " ") == (400, "file_wrong")
    headers = {"x-dryfly-guard": alma.guard, "origin": alma.origin}
    latin = await alma.client.post(
        "/api/setup/people-file",
        content="email\näöü".encode("latin-1"),
        headers=headers,
    )
    assert latin.json()["error"]["code"] == "file_wrong"
    assert [p["column"] for p in (await look(alma, "name,shoe size\nAnna,40\n"))["problems"]] == ["shoe_size", "email"]


async def test_a_set_up_that_moved_meanwhile_is_looked_at_again(alma: Browser, company: Company) -> None:
    seen = await look(alma, FILE)
    await company.installation.sites.change(NORTH, Change(puts=(Team(TeamId("new"), "New"),)), SYSTEM)
    assert (await act(alma, FILE, seen["version"]))[1]["error"]["code"] == "setup_moved"
    assert len(await company.installation.people.everybody(NORTH)) == 3


async def test_where_the_floor_fails_nobody_is_hired(alma: Browser, company: Company) -> None:
    seen = await look(alma, FILE)
    company.installation.floors.fails_at = PutAgent
    assert (await act(alma, FILE, seen["version"]))[0] == 500
    assert len(await company.installation.people.everybody(NORTH)) == 3
    assert "carl-angstrom" not in company.installation.floors.at(NORTH).agents


async def test_nobody_of_another_company_is_taken_over(alma: Browser, company: Company) -> None:
    """Somebody with an account at another site gets a role here, and keeps their password and their role there."""
    text = "email,name,role\nsven@south.example,Sven S.,supervisor\n"
    _, done = await act(alma, text, (await look(alma, text))["version"])
    assert done["passwords"] == []
    guest = Browser(company.installation)
    await guest.sign_in("sven@south.example", "four words do very well")
    assert (await guest.ask("GET", "/api/setup/queues?site=south"))[0] == 200


def test_an_agent_of_somebody_else_stays_theirs(hand_clock: HandClock) -> None:
    anna = Person(PersonId("1"), "anna@x.example", "Anna", PersonRole.AGENT, None)
    people = [Person(anna.id, anna.email, anna.name, anna.role, AgentId("anna"))]
    catalogue = Catalogue(site=None)  # type: ignore[arg-type]
    plan = plan_people(b"email,name,agent\nann@x.example,Anna,anna\nanna2@x.example,Anna,\n", catalogue, people)
    assert [(problem.line, problem.column) for problem in plan.problems] == [(2, "agent")]
    assert [row.agent_id for row in plan.rows] == ["anna-2"]


def test_twenty_thousand_are_read_and_more_are_refused() -> None:
    head, catalogue = "email,name\n", Catalogue(site=None)  # type: ignore[arg-type]
    rows = [f"p{number}@x.example,Person\n" for number in range(ROWS_MAX)]
    plan = plan_people((head + "".join(rows)).encode(), catalogue, [])
    assert (len(plan.rows), len({row.agent_id for row in plan.rows}), plan.problems) == (ROWS_MAX, ROWS_MAX, [])
    with pytest.raises(Exception, match="file_wrong"):
        plan_people((head + "".join(rows) + "one@x.example,More\n").encode(), catalogue, [])
