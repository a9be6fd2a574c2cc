"""A site goes out as one tree and comes back as the same site; what would change is shown before it does."""

import pytest

from dryfly.floor.model import AgentId, QueueId, QueueSpec, SiteId, SkillId, SkillNeed
from dryfly.platform.errors import CallerError
from dryfly.setup.change import Change, changed
from dryfly.setup.check import problems
from dryfly.setup.defaults import first_entries, first_site
from dryfly.setup.model import Agent, Catalogue, Kind, LoginAlgorithm, LoginKey, Queue, Site, Skill
from dryfly.setup.tree import difference, export_tree, queues_missing, read_tree
from tests.setup.conftest import Browser


@pytest.fixture
def catalogue() -> Catalogue:
    key = LoginKey("shop", LoginAlgorithm.HS256, "a-secret-that-nobody-should-ever-read")
    site = Site(
        SiteId("main"), "Main", origins=("https://shop.example",), login_keys=(key,), settings={"claimed": True}
    )
    french = SkillId("french")
    needs = (SkillNeed(french, 4),)
    puts = (
        Skill(french, "Français"),
        Queue(QueueId("france"), "France", spec=QueueSpec(requirement=needs)),
        Agent(AgentId("anna"), "Anna"),
    )
    return changed(changed(Catalogue(site), first_entries()), Change(puts=puts))


def test_what_goes_out_comes_back_the_same(catalogue: Catalogue) -> None:
    text = export_tree(catalogue)
    assert "nobody-should" not in text
    assert "Français" in text
    same = read_tree(text, catalogue)
    assert same == Change()
    assert difference(catalogue, same) == []
    whole = changed(Catalogue(catalogue.site), read_tree(text, Catalogue(catalogue.site)))
    assert all(whole.entries(kind) == catalogue.entries(kind) for kind in Kind)


def test_the_difference_is_told_value_by_value(catalogue: Catalogue) -> None:
    text = export_tree(catalogue).replace("title: France", "title: Frankreich").replace("title: Main", "title: Mine")
    text = text.replace("level_min: 4", "level_min: 5")
    without_agents = text[: text.index("agents:")] + "agents: {}\n" + text[text.index("queues:") :]
    lines = difference(catalogue, read_tree(without_agents, catalogue))
    assert lines == [
        '~ site.title: "Main" -> "Mine"',
        "- agents/anna",
        '~ queues/france.title: "France" -> "Frankreich"',
        '~ queues/france.spec.requirement: [{"skill":"french","level_min":4,"firm":false}]'
        ' -> [{"skill":"french","level_min":5,"firm":false}]',
    ]


def test_a_section_that_is_not_there_stays(catalogue: Catalogue) -> None:
    change = read_tree("queues: {general: {title: General}}", catalogue)
    assert change.site is None
    assert change.removals == ((Kind.QUEUES, "france"),)


def test_a_short_tree_has_defaults(catalogue: Catalogue) -> None:
    change = read_tree("site: {title: Main}\nskills: {german: {title: German}}", catalogue)
    assert change.site is not None
    assert change.site.origins == ()
    assert [entry.id for entry in change.puts] == ["german"]


@pytest.mark.parametrize(
    ("text", "code", "where"),
    [
        ("queues: {billing: {title: B, spec: {taget_s: 5}}}", "field_unknown", "queues/billing.spec.taget_s"),
        ("queues: {billing: {titel: B}}", "value_wrong", "queues/billing"),
        ("queues: {billing: {title: B, spec: {target_s: soon}}}", "value_wrong", "queues/billing"),
        ("queues: {billing: {title: B, spec: {requirement: [{skill: a, level: 1}]}}}", "field_unknown", ""),
        ("queues: {billing: Billing}", "tree_wrong", "queues/billing"),
        ("queues: [billing]", "tree_wrong", "queues"),
        ("quues: {}", "tree_wrong", "quues"),
        ("site: main", "tree_wrong", "site"),
        ("a: [", "tree_wrong", ""),
        ("!!python/object:os.system {}", "tree_wrong", ""),
        ("- a", "tree_wrong", ""),
        ("[" * 5_000, "tree_wrong", ""),
        ("", "tree_wrong", ""),
    ],
)
def test_a_mistake_is_named_with_its_place(catalogue: Catalogue, text: str, code: str, where: str) -> None:
    with pytest.raises(CallerError) as refused:
        read_tree(text, catalogue)
    assert refused.value.code == code
    assert str(refused.value.values["where"]).startswith(where)


def test_queues_that_a_playbook_names_are_added_and_none_is_changed(catalogue: Catalogue) -> None:
    change = queues_missing(catalogue, {"france": "Other title", "returns": "Returns"})
    assert [(entry.id, entry.title) for entry in change.puts if isinstance(entry, Queue)] == [("returns", "Returns")]
    assert change.removals == ()


def test_what_a_first_site_begins_with_fits_together() -> None:
    assert list(problems(changed(Catalogue(first_site()), first_entries()))) == []


async def test_a_tree_is_shown_and_then_applied(alma: Browser, sven: Browser) -> None:
    _, text = await sven.ask("GET", "/api/setup/tree")
    wanted = text.replace("queues:\n", "queues:\n  billing: {title: Billing}\n")
    assert await sven.refused("POST", "/api/setup/tree", wanted) == (403, "not_allowed")
    status, shown = await alma.ask("POST", "/api/setup/tree", wanted)
    assert (status, shown["lines"], shown["done"]) == (200, ["+ queues/billing"], False)
    _, queues = await alma.ask("GET", "/api/setup/queues")
    assert len(queues) == 1
    await alma.ask("PUT", "/api/setup/skills/x", {"id": "x", "title": "X"})
    act = f"/api/setup/tree?act=true&version={shown['version']}"
    assert await alma.refused("POST", act, wanted) == (409, "setup_moved")
    _, shown = await alma.ask("POST", "/api/setup/tree", wanted)
    assert shown["lines"] == ["- skills/x", "+ queues/billing"]
    _, done = await alma.ask("POST", f"/api/setup/tree?act=true&version={shown['version']}", wanted)
    assert done["done"] is True
    assert len((await alma.ask("GET", "/api/setup/queues"))[1]) == 2
    assert (await alma.ask("GET", "/api/setup/skills"))[1] == []
