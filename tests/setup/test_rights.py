"""Who may not do what: each of these tries what must fail, and sees that nothing happened."""

import pytest

from dryfly.floor.model import AgentId, SiteId
from dryfly.platform.clock import HandClock
from dryfly.platform.database import Database
from dryfly.platform.security import guard_of
from dryfly.setup.model import NewPerson, Person, PersonId, PersonRole
from dryfly.setup.sessions import ABSOLUTE_S, COOKIE, IDLE_S, Ended
from tests.setup.conftest import NORTH, PASSWORD, SOUTH, Browser, Company

EVERYWHERE = SiteId("*")
BILLING = {"id": "billing", "title": "Billing"}


async def test_an_administrator_may_and_everybody_else_is_refused(alma: Browser, sven: Browser, anna: Browser) -> None:
    assert await anna.refused("GET", "/api/setup/queues") == (403, "not_allowed")
    assert await anna.refused("PUT", "/api/setup/queues/billing", BILLING) == (403, "not_allowed")
    assert (await sven.ask("GET", "/api/setup/queues"))[0] == 200
    assert await sven.refused("PUT", "/api/setup/queues/billing", BILLING) == (403, "not_allowed")
    assert await sven.refused("DELETE", "/api/setup/queues/general") == (403, "not_allowed")
    assert await sven.refused("GET", "/api/setup/audit") == (403, "not_allowed")
    status, put = await alma.ask("PUT", "/api/setup/queues/billing", BILLING)
    assert (status, put["title"]) == (200, "Billing")
    _, queues = await sven.ask("GET", "/api/setup/queues")
    assert [queue["id"] for queue in queues] == ["billing", "general"]


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/api/setup/queues?site=south"),
        ("GET", "/api/setup/people?site=south"),
        ("GET", "/api/setup/sites/south"),
        ("GET", "/api/setup/tree?site=south"),
        ("GET", "/api/setup/tree?site=*"),
        ("GET", "/api/setup/people?site=*"),
        ("GET", "/api/setup/audit?site=*"),
        ("GET", "/api/setup/queues?site=nowhere"),
        ("DELETE", "/api/setup/queues/general?site=south"),
        ("PUT", "/api/session/site"),
    ],
)
async def test_nobody_reaches_another_site(alma: Browser, sven: Browser, method: str, path: str) -> None:
    body = {"site": "south"} if method == "PUT" else None
    assert await alma.refused(method, path, body) == (403, "not_allowed")
    assert await sven.refused(method, path, body) == (403, "not_allowed")


async def test_lists_name_only_ones_own_sites(alma: Browser) -> None:
    _, sites = await alma.ask("GET", "/api/setup/sites")
    assert [site["id"] for site in sites] == ["north"]


async def test_without_a_session_nothing_is_told(browser: Browser, company: Company) -> None:
    for method, path in (
        ("GET", "/api/setup/queues"),
        ("DELETE", "/api/setup/queues/general"),
        ("GET", "/api/session"),
    ):
        assert await browser.refused(method, path) == (401, "not_signed_in")
    browser.client.cookies[COOKIE] = "forged"
    assert await browser.refused("GET", "/api/setup/queues") == (401, "not_signed_in")


class TestOtherPages:
    @pytest.mark.parametrize("guard", ["", "wrong", guard_of("another token")])
    async def test_a_change_needs_the_guard_of_this_session(self, alma: Browser, guard: str) -> None:
        alma.guard = guard
        assert await alma.refused("PUT", "/api/setup/queues/billing", BILLING) == (403, "guard_wrong")
        assert await alma.refused("DELETE", "/api/session") == (403, "guard_wrong")
        assert (await alma.ask("GET", "/api/setup/queues"))[0] == 200

    async def test_a_foreign_page_can_neither_change_nor_sign_in(self, alma: Browser, company: Company) -> None:
        alma.origin = "https://evil.example"
        assert await alma.refused("PUT", "/api/setup/queues/billing", BILLING) == (403, "foreign_origin")
        body = {"email": "alma@north.example", "password": PASSWORD}
        assert await alma.refused("POST", "/api/session", body) == (403, "foreign_origin")

    async def test_a_foreign_page_opens_no_desk(self, anna: Browser, company: Company) -> None:
        scope = anna.socket()
        assert (await company.installation.sessions.require(scope)).agent == "anna"
        scope["headers"].append((b"origin", b"https://evil.example"))
        with pytest.raises(Exception, match="foreign_origin"):
            await company.installation.sessions.require(scope)

    async def test_the_cookie_is_for_the_browser_alone(self, company: Company, browser: Browser) -> None:
        answer = await browser.client.post("/api/session", json={"email": "alma@north.example", "password": PASSWORD})
        cookie = answer.headers["set-cookie"]
        assert all(word in cookie for word in ("HttpOnly", "SameSite=Strict", "Secure", "Path=/"))
        assert answer.headers["cache-control"] == "no-store"


class TestEnds:
    async def test_an_idle_session_ends_and_a_used_one_does_not(self, alma: Browser, hand_clock: HandClock) -> None:
        for _ in range(3):
            hand_clock.turn(IDLE_S - 60)
            assert (await alma.ask("GET", "/api/session"))[0] == 200
        hand_clock.turn(IDLE_S + 1)
        assert await alma.refused("GET", "/api/session") == (401, "not_signed_in")

    async def test_no_session_lasts_longer_than_a_shift(self, alma: Browser, hand_clock: HandClock) -> None:
        for _ in range(ABSOLUTE_S // 1800):
            hand_clock.turn(1800)
            assert (await alma.ask("GET", "/api/session"))[0] == 200
        hand_clock.turn(1)
        assert await alma.refused("GET", "/api/session") == (401, "not_signed_in")

    async def test_signing_out_closes_the_sockets_of_the_session_at_once(self, anna: Browser, company: Company) -> None:
        sessions = company.installation.sessions
        other = Browser(company.installation)
        await other.sign_in("anna@north.example", PASSWORD)
        told = await _watch(company, anna)
        told_other = await _watch(company, other)
        status, _ = await anna.ask("DELETE", "/api/session")
        assert status == 204
        assert [(ended.reason, ended.again) for ended in told] == [("signed_out", False)]
        assert told_other == []
        assert await sessions.authenticate({**other.socket()}) is not None

    async def test_a_socket_that_opens_meanwhile_is_told_too(self, anna: Browser, company: Company) -> None:
        sessions = company.installation.sessions
        session = await sessions.authenticate(anna.socket())
        assert session is not None
        await anna.ask("DELETE", "/api/session")
        told: list[Ended] = []
        sessions.watch(session, told.append)
        assert [ended.reason for ended in told] == ["signed_out"]

    async def test_a_closed_socket_is_told_nothing(self, anna: Browser, company: Company) -> None:
        sessions = company.installation.sessions
        session = await sessions.authenticate(anna.socket())
        assert session is not None
        told: list[Ended] = []
        sessions.watch(session, told.append)()
        await sessions.end(session)
        assert told == []

    async def test_a_removed_person_is_out_at_once(self, anna: Browser, alma: Browser, company: Company) -> None:
        told = await _watch(company, anna)
        id = await _id_of(company, "anna@north.example")
        assert (await alma.ask("DELETE", f"/api/setup/people/{id}"))[0] == 204
        assert [(ended.reason, ended.again) for ended in told] == [("removed", False)]
        assert await anna.refused("GET", "/api/session") == (401, "not_signed_in")
        body = {"email": "anna@north.example", "password": PASSWORD}
        assert await anna.refused("POST", "/api/session", body) == (401, "sign_in_failed")

    async def test_a_lost_role_is_lost_on_sockets_too(self, sven: Browser, alma: Browser, company: Company) -> None:
        told = await _watch(company, sven)
        id = await _id_of(company, "sven@north.example")
        lower = {"id": id, "email": "sven@north.example", "name": "Sven", "role": "agent", "agent": "ben"}
        assert (await alma.ask("PUT", f"/api/setup/people/{id}", lower))[0] == 200
        assert [(ended.reason, ended.again) for ended in told] == [("rights_changed", True)]
        assert await sven.refused("GET", "/api/setup/queues") == (403, "not_allowed")

    async def test_an_idle_socket_is_closed_and_a_used_one_is_kept(
        self, anna: Browser, company: Company, hand_clock: HandClock
    ) -> None:
        sessions = company.installation.sessions
        told = await _watch(company, anna)
        session = await sessions.authenticate(anna.socket())
        assert session is not None
        for _ in range(4):
            hand_clock.turn(IDLE_S / 2)
            sessions.touch(session)
            await sessions.sweep()
        assert told == []
        hand_clock.turn(IDLE_S + 1)
        await sessions.sweep()
        assert [ended.reason for ended in told] == ["expired"]

    async def test_other_processes_are_told(self, anna: Browser, company: Company) -> None:
        """What one process announces, another one hears."""
        here, sent = company.installation.sessions, list[Ended]()
        here.on_end(sent.append)
        session = await here.authenticate(anna.socket())
        assert session is not None
        company.installation.start()
        told: list[Ended] = []
        company.installation.sessions.watch(session, told.append)
        await here.end(session)
        company.installation.sessions.hear(sent[0])
        assert told == sent


class TestPasswords:
    async def test_a_new_password_ends_every_other_session(self, anna: Browser, company: Company) -> None:
        other = Browser(company.installation)
        await other.sign_in("anna@north.example", PASSWORD)
        old_token = anna.token
        new = {"old": PASSWORD, "new": "another four words now"}
        status, answer = await anna.ask("PUT", "/api/session/password", new)
        assert status == 200
        assert anna.token != old_token
        assert answer["guard"] == guard_of(anna.token)
        assert await other.refused("GET", "/api/session") == (401, "not_signed_in")

    @pytest.mark.parametrize("weak", ["short", "aaaaaaaaaaaaaaaa", "i-am-anna-anna!", PASSWORD, "x" * 201])
    async def test_weak_ones_are_refused(self, anna: Browser, weak: str) -> None:
        body = {"old": PASSWORD, "new": weak}
        assert await anna.refused("PUT", "/api/session/password", body) == (400, "password_wrong")

    async def test_a_one_time_password_is_for_choosing_ones_own_only(self, alma: Browser, company: Company) -> None:
        id = await _id_of(company, "sven@north.example")
        _, made = await alma.ask("POST", f"/api/setup/people/{id}/password")
        sven = Browser(company.installation)
        answer = await sven.sign_in("sven@north.example", made["password"])
        assert answer["must_change"] is True
        assert await sven.refused("GET", "/api/setup/queues") == (403, "password_must_change")
        sven.guard = answer["guard"]
        _, answer = await sven.ask("PUT", "/api/session/password", {"old": made["password"], "new": "words of my own"})
        assert answer["must_change"] is False
        assert (await sven.ask("GET", "/api/setup/queues"))[0] == 200


class TestPeopleOfSeveralSites:
    async def test_one_company_cannot_take_over_anothers_account(self, alma: Browser, company: Company) -> None:
        """Alma invites the south's administrator to the north; that must not give her their password."""
        invited = {"email": "Alma@South.example ", "name": "Alma S.", "role": "supervisor"}
        status, made = await alma.ask("POST", "/api/setup/people", invited)
        assert (status, made["password"]) == (201, None)
        id = made["person"]["id"]
        assert await alma.refused("POST", f"/api/setup/people/{id}/password") == (403, "person_of_other_sites")
        moved = made["person"] | {"email": "mine@north.example"}
        assert await alma.refused("PUT", f"/api/setup/people/{id}", moved) == (403, "person_of_other_sites")
        guest = Browser(company.installation)
        assert (await guest.sign_in("alma@south.example", PASSWORD))["me"]["site"] == "north"
        assert (await guest.ask("GET", "/api/setup/queues?site=south"))[0] == 200
        assert await guest.refused("DELETE", "/api/setup/queues/general") == (403, "not_allowed")
        status, moved_in = await guest.ask("PUT", "/api/session/site", {"site": "south"})
        assert (status, moved_in["me"]["role"]) == (200, "administrator")
        assert (await alma.ask("DELETE", f"/api/setup/people/{id}"))[0] == 204
        again = Browser(company.installation)
        assert (await again.sign_in("alma@south.example", PASSWORD))["me"]["site"] == "south"

    async def test_the_installation_administrator_cannot_be_taken_over_either(self, alma: Browser) -> None:
        body = {"email": "admin@localhost", "name": "Root", "role": "supervisor"}
        _, made = await alma.ask("POST", "/api/setup/people", body)
        assert await alma.refused("POST", f"/api/setup/people/{made['person']['id']}/password") == (
            403,
            "person_of_other_sites",
        )

    async def test_the_last_administrator_stays(self, company: Company) -> None:
        people, root = company.installation.people, company.root
        with pytest.raises(Exception, match="last_administrator"):
            await people.remove(EVERYWHERE, root.person, root)
        with pytest.raises(Exception, match="last_administrator"):
            await people.put(EVERYWHERE, Person(root.person, root.email, "Root", PersonRole.SUPERVISOR), root)

    async def test_the_installation_administrator_works_everywhere(self, company: Company) -> None:
        root = Browser(company.installation)
        me = (await root.sign_in("admin@localhost", PASSWORD))["me"]
        assert (me["site"], me["role"]) == ("north", "administrator")
        assert (await root.ask("GET", "/api/setup/queues?site=south"))[0] == 200
        new = {"id": "west", "title": "West"}
        assert (await root.ask("PUT", "/api/setup/sites/west", new))[0] == 200
        _, sites = await root.ask("GET", "/api/setup/sites")
        assert [site["id"] for site in sites] == ["north", "south", "west"]

    async def test_an_agent_is_served_by_one_person_who_is_there(self, company: Company) -> None:
        people, root = company.installation.people, company.root
        for agent, code in (("anna", "agent_taken"), ("nobody", "agent_exists_not"), (None, "agent_missing")):
            new = NewPerson("new@north.example", "New", PersonRole.AGENT, AgentId(agent) if agent else None)
            with pytest.raises(Exception, match=code):
                await people.add(NORTH, new, root)


async def test_row_security_hides_accounts_and_other_sites(company: Company, db: Database) -> None:
    async with db.site("north") as conn:
        for table in ("account", "session"):
            assert await conn.fetchval(f"select count(*) from {table}") == 0
        for table in ("site", "setup_entry", "person", "audit"):
            assert await conn.fetchval(f"select count(*) from {table} where site <> 'north'") == 0
            assert await conn.fetchval(f"select count(*) from {table}") > 0
        with pytest.raises(Exception, match="row-level security"):
            await conn.execute("insert into setup_entry select 'south', kind, id, body, now(), '' from setup_entry")


async def test_the_audit_can_only_grow(company: Company, db: Database) -> None:
    for change in ("update audit set actor = $$x$$", "delete from audit", "truncate audit"):
        with pytest.raises(Exception, match="only ever added to"):
            async with db.site("*") as conn:
                await conn.execute(change)


async def test_the_audit_tells_who_did_it_and_no_secret(alma: Browser, company: Company) -> None:
    await alma.ask("PUT", "/api/setup/queues/billing", BILLING)
    key = {"id": "shop", "algorithm": "HS256", "key": "a-secret-that-nobody-should-ever-read"}
    site = {"id": "north", "title": "North", "login_keys": [key]}
    assert (await alma.ask("PUT", "/api/setup/sites/north", site))[0] == 200
    _, lines = await alma.ask("GET", "/api/setup/audit?limit=2")
    id = await _id_of(company, "alma@north.example")
    assert [(line["actor"], line["action"], line["subject"]) for line in lines] == [
        (f"person:{id}", "put", "site"),
        (f"person:{id}", "put", "queues/billing"),
    ]
    assert "nobody-should" not in str(lines)


async def test_whoever_works_at_several_sites_sees_those_and_no_others(company: Company) -> None:
    root, sven = Browser(company.installation), Browser(company.installation)
    await root.sign_in("admin@localhost", PASSWORD)
    await sven.sign_in("sven@north.example", PASSWORD)
    _, everywhere = await root.ask("GET", "/api/session/sites")
    assert [(place["site"], place["role"]) for place in everywhere] == [
        ("north", "administrator"),
        ("south", "administrator"),
    ]
    _, own = await sven.ask("GET", "/api/session/sites")
    assert own == [{"site": "north", "title": "North", "role": "supervisor"}]
    assert await Browser(company.installation).refused("GET", "/api/session/sites") == (401, "not_signed_in")


async def _watch(company: Company, browser: Browser) -> list[Ended]:
    """What an open socket of this browser is told."""
    session = await company.installation.sessions.authenticate(browser.socket())
    assert session is not None
    told: list[Ended] = []
    company.installation.sessions.watch(session, told.append)
    return told


async def _id_of(company: Company, email: str) -> PersonId:
    for site in (NORTH, SOUTH):
        for person in await company.installation.people.page(site):
            if person.email == email:
                return person.id
    raise AssertionError(email)
