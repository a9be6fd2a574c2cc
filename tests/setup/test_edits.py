"""Two people at the set-up at once: nobody's change is lost, and what belongs together is done together."""

from typing import Any

from tests.setup.conftest import NORTH, Browser, Company


async def catalogue(browser: Browser) -> Any:
    return (await browser.ask("GET", "/api/setup/catalogue"))[1]


def edit(where: str, before: Any, **after: Any) -> dict[str, Any]:
    return {"where": where, "before": before, "after": {**(before or {}), **after} if after else None}


async def act(browser: Browser, *edits: dict[str, Any], act: bool = True) -> tuple[int, Any]:
    return await browser.ask("POST", "/api/setup/edits", {"edits": list(edits), "act": act})


async def test_several_entries_change_in_one_go(alma: Browser, company: Company) -> None:
    seen = await catalogue(alma)
    agent = seen["agents"]["anna"]
    spec = {**agent["spec"], "skills": {"french": 7}}
    edits = (
        edit("skills/french", None, id="french", title="French"),
        edit("agents/anna", agent, spec=spec),
        edit("site", seen["site"], title="Up north"),
        edit("agents/ben", seen["agents"]["ben"]),
    )
    status, told = await act(alma, *edits, act=False)
    assert (status, told["done"], told["version"]) == (200, False, seen["version"])
    assert await catalogue(alma) == seen
    status, done = await act(alma, *edits)
    assert status == 200
    assert done["lines"] == told["lines"]
    assert set(done["lines"]) == {
        '~ site.title: "North" -> "Up north"',
        "+ skills/french",
        "~ agents/anna.spec.skills: {} -> nothing",
        "~ agents/anna.spec.skills.french: nothing -> 7",
        "- agents/ben",
    }
    now = await catalogue(alma)
    assert (now["site"]["title"], now["version"]) == ("Up north", seen["version"] + 1)
    assert "ben" not in now["agents"]
    assert company.installation.floors.at(NORTH).agents["anna"].spec.skills == {"french": 7}  # type: ignore[index]


async def test_the_second_of_two_is_refused_and_the_first_is_kept(alma: Browser) -> None:
    queue = (await catalogue(alma))["queues"]["general"]
    assert (await act(alma, edit("queues/general", queue, title="First")))[0] == 200
    new = edit("teams/x", None, id="x", title="X")
    status, refused = await act(alma, edit("queues/general", queue, title="Second"), new)
    assert (status, refused["error"]["code"]) == (409, "entry_moved")
    assert refused["error"]["values"]["where"] == "queues/general"
    now = await catalogue(alma)
    assert (now["queues"]["general"]["title"], now["teams"]) == ("First", {})


async def test_two_who_change_different_things_both_succeed(alma: Browser) -> None:
    seen = await catalogue(alma)
    assert (await act(alma, edit("queues/general", seen["queues"]["general"], title="Mine")))[0] == 200
    assert (await act(alma, edit("agents/ben", seen["agents"]["ben"], name="Benedict")))[0] == 200


async def test_what_was_removed_or_made_meanwhile_is_told_too(alma: Browser) -> None:
    agent = (await catalogue(alma))["agents"]["ben"]
    assert (await alma.ask("DELETE", "/api/setup/agents/ben"))[0] == 204
    assert (await act(alma, edit("agents/ben", agent, name="Benedict")))[1]["error"]["code"] == "entry_moved"
    made = edit("teams/x", None, id="x", title="X")
    assert (await act(alma, made))[0] == 200
    assert (await act(alma, made))[1]["error"]["code"] == "entry_moved"


async def test_over_http_a_tag_does_the_same(alma: Browser) -> None:
    path = "/api/setup/queues/general"
    tag = (await alma.client.get(path)).headers["etag"]
    body = {"id": "general", "title": "First"}
    assert (await alma.ask("PUT", path, body, if_match=tag))[0] == 200
    assert await alma.refused("PUT", path, {**body, "title": "Second"}, if_match=tag) == (409, "entry_moved")
    assert await alma.refused("DELETE", path, if_match=tag) == (409, "entry_moved")
    assert (await alma.ask("PUT", path, {**body, "title": "Third"}))[0] == 200
    site = (await alma.client.get("/api/setup/sites/north")).headers["etag"]
    told = {"id": "north", "title": "Elsewhere"}
    assert (await alma.ask("PUT", "/api/setup/sites/north", told, if_match=site))[0] == 200
    assert await alma.refused("PUT", "/api/setup/sites/north", told, if_match=site) == (409, "entry_moved")


async def test_a_site_is_changed_by_those_who_never_saw_its_secrets(alma: Browser, company: Company) -> None:
    secret = "a-secret-that-nobody-should-ever-read"
    seen = (await catalogue(alma))["site"]
    key = {"id": "shop", "algorithm": "HS256", "key": secret}
    assert (await act(alma, edit("site", seen, login_keys=[key])))[0] == 200
    seen = (await catalogue(alma))["site"]
    assert secret not in str(seen)
    status, told = await act(alma, edit("site", seen, title="Still the same key"))
    assert (status, len(told["lines"])) == (200, 1)
    assert (await company.installation.sites.refresh(NORTH)).site.login_keys[0].key == secret


async def test_supervisors_read_and_do_not_change(sven: Browser, anna: Browser) -> None:
    seen = await catalogue(sven)
    assert seen["queues"]["general"]["title"] == "General"
    edits = {"edits": [edit("queues/general", seen["queues"]["general"], title="Mine")], "act": False}
    assert await sven.refused("POST", "/api/setup/edits", edits) == (403, "not_allowed")
    assert await sven.refused("POST", "/api/setup/people-file", "email") == (403, "not_allowed")
    assert await anna.refused("GET", "/api/setup/catalogue") == (403, "not_allowed")
    assert await sven.refused("GET", "/api/setup/catalogue?site=south") == (403, "not_allowed")


async def test_who_has_the_newest_is_sent_nothing(alma: Browser) -> None:
    version = (await catalogue(alma))["version"]
    assert (await alma.ask("GET", f"/api/setup/catalogue?known={version}"))[0] == 204
    assert (await alma.ask("GET", f"/api/setup/catalogue?known={version - 1}"))[0] == 200


async def test_a_mistake_is_named_with_its_field(alma: Browser) -> None:
    queue = (await catalogue(alma))["queues"]["general"]
    late = {**queue["spec"], "target_s": "soon"}
    wrong = [
        (edit("queues/general", queue, title=" "), "text_missing", "queues/general.title"),
        (
            edit("queues/general", queue, spec=late),
            "value_wrong",
            "queues/general.spec.target_s",
        ),
        (edit("queues/general", queue, colour="red"), "value_wrong", "queues/general"),
        (edit("nothing/general", None, id="x"), "place_unknown", "nothing/general"),
        (edit("queues/other", None, id="x", title="X"), "id_differs", "queues/other"),
    ]
    for asked, code, where in wrong:
        status, told = await act(alma, asked)
        assert (status, told["error"]["code"], told["error"]["values"]["where"]) == (400, code, where)
    spec = {**queue["spec"], "target_s": -1}
    _, told = await act(alma, edit("queues/general", queue, spec=spec))
    assert (told["error"]["code"], told["error"]["values"]) == ("spec_out_of_range", {"target_s": -1})
