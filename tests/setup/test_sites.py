"""The set-up is data: it is changed as a whole or not at all, and the floor follows."""

import json
from typing import Any

import pytest

from dryfly.floor.model import (
    AgentId,
    AgentSpec,
    Channel,
    Command,
    ContactId,
    OpenContact,
    PutAgent,
    PutQueue,
    PutSite,
    QueueId,
    QueueSpec,
    RemoveQueue,
    SiteSpec,
    SkillId,
    SkillNeed,
)
from dryfly.platform.errors import CallerError
from dryfly.setup.change import Change, specs_on_floor, specs_wanted
from dryfly.setup.look import Look
from dryfly.setup.model import (
    SECRET_SHOWN,
    Agent,
    Entry,
    Kind,
    LoginAlgorithm,
    LoginKey,
    Queue,
    Site,
    Skill,
    Team,
    TeamId,
)
from dryfly.setup.sites import SYSTEM
from tests.setup.conftest import NORTH, Browser, Company, Installation

BILLING = QueueId("billing")
GENERAL = QueueId("general")
FRENCH = Skill(SkillId("french"), "French")


def queue(id: str = "billing", **values: Any) -> Queue:
    return Queue(QueueId(id), id.title(), spec=QueueSpec(**values))


async def put(company: Company, *entries: Entry) -> None:
    await company.installation.sites.change(NORTH, Change(puts=entries), SYSTEM)


async def refused(company: Company, *entries: Entry, removals: tuple[tuple[Kind, str], ...] = ()) -> str:
    """The code; and nothing has changed, neither in the tables nor on the floor."""
    installation = company.installation
    before, floor = await installation.sites.refresh(NORTH), specs_on_floor(installation.floors.at(NORTH))
    with pytest.raises(CallerError) as refusal:
        await installation.sites.change(NORTH, Change(puts=entries, removals=removals), SYSTEM)
    assert await installation.sites.refresh(NORTH) == before
    assert specs_on_floor(installation.floors.at(NORTH)) == floor
    return refusal.value.code


async def agree(company: Company) -> bool:
    """Tables and floor say the same."""
    company.installation.start()
    catalogue = await company.installation.sites.refresh(NORTH)
    return specs_wanted(catalogue) == specs_on_floor(company.installation.floors.at(NORTH))


async def test_the_floor_hears_what_it_decides_by_and_nothing_else(company: Company) -> None:
    company.installation.floors.heard.clear()
    spec = AgentSpec(skills={SkillId("french"): 7})
    needs = (SkillNeed(SkillId("french"), 3),)
    await put(
        company,
        FRENCH,
        Team(TeamId("service"), "Service"),
        queue(requirement=needs),
        Agent(AgentId("carla"), "Carla", spec=spec),
    )
    assert company.installation.floors.heard == [
        PutQueue(BILLING, QueueSpec(requirement=needs)),
        PutAgent(AgentId("carla"), spec),
    ]
    company.installation.floors.heard.clear()
    await put(company, Queue(BILLING, "Another title", "and purpose", spec=QueueSpec(requirement=needs)))
    assert company.installation.floors.heard == []
    assert await agree(company)


class TestWhatDoesNotFitIsRefused:
    @pytest.mark.parametrize(
        ("entry", "code"),
        [
            (queue(requirement=(SkillNeed(SkillId("klingon")),)), "skill_exists_not"),
            (Agent(AgentId("carla"), "Carla", spec=AgentSpec(skills={SkillId("klingon"): 3})), "skill_exists_not"),
            (Agent(AgentId("carla"), "Carla", team=TeamId("nowhere")), "team_exists_not"),
            (Agent(AgentId("carla"), "Carla", spec=AgentSpec(skills={SkillId("french"): 11})), "level_wrong"),
            (Queue(QueueId("Big Queue!"), "Big"), "id_wrong"),
            (Queue(BILLING, "  "), "text_missing"),
            (Queue(BILLING, "x" * 200), "text_wrong"),
            (Queue(BILLING, "a\x00b"), "text_wrong"),
            (queue(target_s=-1), "spec_out_of_range"),
            (queue(choice="by_moonlight"), "choice_unknown"),
        ],
    )
    async def test_entries(self, company: Company, entry: Entry, code: str) -> None:
        await put(company, FRENCH)
        assert await refused(company, queue("other"), entry) == code

    @pytest.mark.parametrize(
        ("site", "code"),
        [
            (Site(NORTH, "North", origins=("*",)), "origin_pattern_wrong"),
            (Site(NORTH, "North", languages=("English",)), "language_wrong"),
            (Site(NORTH, "North", look=Look(accent="red")), "colour_wrong"),
            (Site(NORTH, ""), "text_missing"),
            (Site(NORTH, "North", login_keys=(LoginKey("k", LoginAlgorithm.HS256, "short"),)), "login_key_wrong"),
            (Site(NORTH, "North", spec=SiteSpec(contacts_max=-5)), "spec_out_of_range"),
        ],
    )
    async def test_sites(self, company: Company, site: Site, code: str) -> None:
        with pytest.raises(CallerError, match=code):
            await company.installation.sites.change(NORTH, Change(site=site), SYSTEM)
        assert await agree(company)

    async def test_a_skill_that_is_needed_stays(self, company: Company) -> None:
        await put(company, FRENCH, queue(requirement=(SkillNeed(SkillId("french")),)))
        assert await refused(company, removals=((Kind.SKILLS, "french"),)) == "skill_exists_not"

    async def test_an_agent_whom_a_person_serves_as_stays(self, company: Company) -> None:
        assert await refused(company, removals=((Kind.AGENTS, "anna"),)) == "agent_in_use"

    async def test_a_queue_in_which_somebody_waits_stays(self, company: Company) -> None:
        """The floor refuses the second of two removals; the first is put back there."""
        await put(company, queue("aaa"))
        floors = company.installation.floors
        await floors.submit(NORTH, OpenContact(ContactId("c1"), Channel("web"), queue=GENERAL), "customer")
        removals = ((Kind.QUEUES, "aaa"), (Kind.QUEUES, "general"))
        assert await refused(company, removals=removals) == "queue_in_use"
        assert await agree(company)

    async def test_two_administrators_at_once(self, company: Company) -> None:
        sites = company.installation.sites
        version = (await sites.refresh(NORTH)).version
        await sites.change(NORTH, Change(puts=(queue(),)), SYSTEM, version=version)
        with pytest.raises(CallerError, match="setup_moved"):
            await sites.change(NORTH, Change(puts=(queue("other"),)), SYSTEM, version=version)

    async def test_another_site_is_not_touched(self, company: Company) -> None:
        with pytest.raises(CallerError, match="site_exists_not"):
            await company.installation.sites.change(_site("nowhere"), Change(puts=(queue(),)), SYSTEM)


class TestTablesAndFloorAgree:
    @pytest.mark.parametrize("fails_at", [PutSite, PutQueue, PutAgent])
    async def test_when_the_store_goes_away_between_two_commands(
        self, company: Company, fails_at: type[Command]
    ) -> None:
        floors = company.installation.floors
        change = Change(
            Site(NORTH, "North", spec=SiteSpec(agent_grace_s=5)),
            (queue(target_s=5), Agent(AgentId("carla"), "Carla")),
            ((Kind.QUEUES, "general"),),
        )
        floors.fails_at = fails_at
        with pytest.raises(ConnectionError):
            await company.installation.sites.change(NORTH, change, SYSTEM)
        assert await agree(company)
        assert BILLING not in floors.at(NORTH).queues

    async def test_when_we_die_after_the_floor_heard_and_before_the_commit(self, company: Company) -> None:
        floors, sites = company.installation.floors, company.installation.sites
        await floors.submit(NORTH, PutQueue(GENERAL, QueueSpec(target_s=999)), SYSTEM)
        await floors.submit(NORTH, PutQueue(QueueId("ghost"), QueueSpec()), SYSTEM)
        assert not await agree(company)
        assert await sites.reconcile(NORTH, specs_on_floor(floors.at(NORTH))) == 2
        assert await agree(company)
        assert await sites.reconcile(NORTH, specs_on_floor(floors.at(NORTH))) == 0

    async def test_what_the_floor_still_needs_is_left_and_the_rest_is_mended(self, company: Company) -> None:
        floors, sites = company.installation.floors, company.installation.sites
        ghost = QueueId("a-ghost")
        await floors.submit(NORTH, PutQueue(ghost, QueueSpec()), SYSTEM)
        await floors.submit(NORTH, OpenContact(ContactId("c1"), Channel("web"), queue=ghost), "customer")
        await floors.submit(NORTH, PutQueue(GENERAL, QueueSpec(target_s=999)), SYSTEM)
        assert await sites.reconcile(NORTH, specs_on_floor(floors.at(NORTH))) == 1
        assert floors.at(NORTH).queues[GENERAL] == QueueSpec()

    async def test_an_empty_floor_is_told_everything(self, company: Company) -> None:
        floors, sites = company.installation.floors, company.installation.sites
        floors.states.clear()
        await sites.reconcile(NORTH, specs_on_floor(floors.at(NORTH)))
        assert await agree(company)
        assert not any(isinstance(command, RemoveQueue) for command in floors.heard)


async def test_the_first_site_can_be_worked_at(installation: Installation) -> None:
    main = await installation.sites.ensure_first_site()
    catalogue = await installation.sites.catalogue(main)
    assert GENERAL in catalogue.queues
    assert GENERAL in installation.floors.at(main).queues
    assert set(catalogue.presence_reasons) == {"break", "training", "meeting"}
    assert catalogue.dispositions
    await installation.sites.change(main, Change(puts=(queue("general", target_s=7),)), SYSTEM)
    installation.start()
    assert await installation.sites.ensure_first_site() == main
    assert (await installation.sites.catalogue(main)).queues[GENERAL].spec.target_s == 7


class TestOverHttp:
    async def test_each_kind_is_put_read_listed_and_removed(self, alma: Browser) -> None:
        for kind in Kind:
            name = "name" if kind is Kind.AGENTS else "title"
            path = f"/api/setup/{kind}/thing"
            text = {"text": "Hello {customer}."} if kind is Kind.REPLIES else {}
            assert (await alma.ask("PUT", path, {"id": "thing", name: "Thing", **text}))[0] == 200
            assert (await alma.ask("GET", path))[1][name] == "Thing"
            assert "thing" in [entry["id"] for entry in (await alma.ask("GET", f"/api/setup/{kind}"))[1]]
            assert (await alma.ask("DELETE", path))[0] == 204
            assert await alma.refused("GET", path) == (404, "entry_exists_not")

    async def test_lists_come_in_pages(self, alma: Browser, company: Company) -> None:
        await put(company, *(Skill(SkillId(f"s{n:03}"), "S") for n in range(250)))
        _, first = await alma.ask("GET", "/api/setup/skills")
        _, second = await alma.ask("GET", f"/api/setup/skills?after={first[-1]['id']}")
        assert [len(first), len(second)] == [200, 50]
        for limit in (0, 201, -1):
            assert await alma.refused("GET", f"/api/setup/skills?limit={limit}") == (400, "limit_wrong")

    async def test_misspelt_names_are_refused(self, alma: Browser) -> None:
        spelt = {"id": "billing", "title": "Billing", "spec": {"taget_s": 5}}
        assert await alma.refused("PUT", "/api/setup/queues/billing", spelt) == (400, "field_unknown")
        assert (await alma.ask("PUT", "/api/setup/queues/billing", {"id": "billing", "titel": "B"}))[0] == 400
        assert await alma.refused("PUT", "/api/setup/queues/a", {"id": "b", "title": "B"}) == (400, "id_differs")

    async def test_a_login_secret_goes_in_and_never_comes_out(self, alma: Browser, company: Company) -> None:
        secret = "a-secret-that-nobody-should-ever-read"
        key = {"id": "shop", "algorithm": "HS256", "key": secret}
        _, site = await alma.ask("PUT", "/api/setup/sites/north", {"id": "north", "title": "N", "login_keys": [key]})
        assert site["login_keys"][0]["key"] == SECRET_SHOWN
        _, again = await alma.ask("PUT", "/api/setup/sites/north", site | {"title": "North again"})
        assert again["title"] == "North again"
        kept = (await company.installation.sites.refresh(NORTH)).site.login_keys
        assert [key.key for key in kept] == [secret]
        for path in ("/api/setup/sites", "/api/setup/sites/north", "/api/setup/tree", "/api/setup/audit"):
            assert secret not in json.dumps((await alma.ask("GET", path))[1])


def _site(id: str) -> Any:
    return id
