"""Erasing a person: nothing of what they said, nor where they are met, stays in any table."""

import asyncio
from typing import Any

import httpx
import pytest

from dryfly.floor.model import ContactId, CustomerId, IdentifyCustomer
from dryfly.platform.database import ALL_SITES, Connection
from dryfly.platform.errors import CallerError
from dryfly.platform.security import guard_of
from dryfly.service import erasing
from tests.people import AgentDesk, Visitor
from tests.service.conftest import MAIN, House

MARK = "zyxvutsr"  # in everything that the person says and is
CUSTOMER = CustomerId("k1")
TABLES = """
select c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace
where c.relkind in ('r', 'p') and not c.relispartition and n.nspname = 'public'"""

ON_FILE = f"""
insert into image_site (site, secret) values ('main', 'x');
insert into image_customer (site, version, customer, name, body)
    values ('main', 1, 'k1', '{MARK}', '{{"a": "{MARK}"}}');
insert into image_name (site, word, version, customer) values ('main', '{MARK}', 1, 'k1');
insert into image_identifier (site, version, hash, customer, kind, value)
    values ('main', 1, 'h', 'k1', 'email', '{MARK}@example.org');
insert into image_record (site, version, kind, key, customer, title, date, body)
    values ('main', 1, 'order', 'o1', 'k1', '{MARK}', '', '{{}}');
insert into image_line (site, version, kind, record, position, body) values ('main', 1, 'order', 'o1', 0, '"{MARK}"');
insert into image_reject (site, number, entity, source, row_number, what, place, reason, raw, customer)
    values ('main', 1, 'e', 's', 1, 'row', '', '', '{MARK}', 'k1');"""
REMEMBERED = f"""
insert into bot_turn (site, contact, number, message, customer, turn, at)
    select 'main', contact, 1, 'm', null, '{{"said": "{MARK}"}}', now() from talk;
insert into letter (site, letter, contact, visitor, recipient, recipient_hash, language, zone, permit_rule, asked_at)
    select 'main', 'l1', contact, 'v', '{MARK}@example.org', 'h', 'en', 'UTC', 'r', now() from talk;
insert into brief (site, seq, at, contact, body)
    select 'main', 1, now(), contact, '{{"summary": "{MARK}"}}' from talk on conflict do nothing;"""


async def talked(house: House) -> tuple[Visitor, AgentDesk, str]:
    """A person whose mark is everywhere, in a talk that is over."""
    bob = await house.desk("bob")
    ann = await house.visitor()
    file = await _attached(house, ann)
    await ann.writes(f"I am {MARK}", attachments=[file])
    contact = await bob.takes()
    await bob.says(contact, f"Hello {MARK}")
    await bob.ask("note", contact=contact, text=f"{MARK} is nice")
    await bob.ask("fact", contact=contact, key="name", value=MARK)
    await house.site.submit(IdentifyCustomer(ContactId(contact), CUSTOMER, 2), "system:test")
    return ann, bob, contact


async def _attached(house: House, ann: Visitor) -> str:
    async with httpx.AsyncClient(base_url=house.base, headers={"origin": house.base}, trust_env=False) as client:
        answer = await client.post(
            f"/widget/main/attachments?name={MARK}.txt",
            content=MARK.encode(),
            headers={"x-dryfly-resume": ann.welcome["resume"], "content-type": "text/plain"},
        )
    assert answer.status_code == 201, answer.text
    return str(answer.json()["id"])


async def ends(house: House, ann: Visitor, bob: AgentDesk, contact: str) -> None:
    await bob.finishes(contact)
    await ann.stands_at("closed")
    await ann.ask("rate", score=5, text=f"{MARK} was here")
    for name in ("talks", "search"):
        await house.site.followers[name].reached(house.site.ledger.durable, 20)
    async with house.server.db.site(MAIN) as conn:
        await conn.execute(ON_FILE + REMEMBERED)


async def asks(house: House, role: str, customer: str = CUSTOMER) -> httpx.Response:
    cookie = await house.person(f"{role}-{customer}", role)
    token = cookie.removeprefix("dryfly_session=")
    headers = {"cookie": cookie, "x-dryfly-guard": guard_of(token), "origin": house.base}
    async with httpx.AsyncClient(base_url=house.base, headers=headers, trust_env=False) as client:
        return await client.post(f"/api/customers/{customer}/erase")


async def is_done(house: House) -> None:
    async with asyncio.timeout(60):
        while await _jobs_left(house):
            await asyncio.sleep(0.05)


async def _jobs_left(house: House) -> int:
    async with house.server.db.site(ALL_SITES) as conn:
        return int(await conn.fetchval("select count(*) from jobs where kind = 'erase_person' and state <> 'done'"))


async def where_marked(conn: Connection) -> dict[str, int]:
    """Tables with rows that hold the mark: as text, or in bytes."""
    await conn.execute("select set_config('dryfly.search', '!nothing', true)")
    found: dict[str, int] = {}
    for row in await conn.fetch(TABLES):
        table = row["relname"]
        count = await conn.fetchval(
            f"select count(*) from {table} t where t::text ilike $1 or t::text like $2",
            f"%{MARK}%", f"%{MARK.encode().hex()}%",
        )  # fmt: skip
        if count:
            found[table] = count
    return found


async def test_nothing_of_the_person_stays_in_any_table(house: House) -> None:
    ann, bob, contact = await talked(house)
    await ends(house, ann, bob, contact)
    async with house.server.db.site(ALL_SITES) as conn:
        before = await where_marked(conn)
    wanted = {
        "message", "note", "fact", "brief", "survey_answer", "attachment", "search_line", "talk", "bot_turn", "letter",
        "image_customer", "image_name", "image_identifier", "image_record", "image_line", "image_reject",
    }  # fmt: skip
    assert wanted == before.keys(), "the journal, the audit and the jobs hold ids only"

    assert (await asks(house, "administrator")).status_code == 202
    await is_done(house)
    async with house.server.db.site(ALL_SITES) as conn:
        assert await where_marked(conn) == {}
        assert await conn.fetchval("select count(*) from talk") == 1, "that there was a talk is still told"
        assert await conn.fetchval("select count(*) from visitor") == 0
        audited = await conn.fetchrow("select subject, \"values\" from audit where action = 'person_erased'")
        assert audited is not None
        assert dict(audited) == {"subject": "k1", "values": {}}

    back = await house.visitor(resume=ann.welcome["resume"])
    assert back.lines == []


async def test_who_is_in_a_talk_is_erased_when_it_is_over(house: House) -> None:
    await talked(house)
    await house.site.followers["talks"].reached(house.site.ledger.durable, 20)
    answer = await asks(house, "administrator")
    assert (answer.status_code, code_of(answer)) == (409, "customer_has_open_contact")
    assert await _jobs_left(house) == 0


async def test_administrators_erase_and_nobody_else(house: House) -> None:
    assert (await asks(house, "supervisor")).status_code == 403
    assert (await asks(house, "agent")).status_code == 403
    answer = await asks(house, "administrator", "nobody")
    assert (answer.status_code, code_of(answer)) == (404, "customer_exists_not")


async def test_the_shell_asks_beside_the_server(house: House) -> None:
    ann, bob, contact = await talked(house)
    await ends(house, ann, bob, contact)
    said: list[str] = []
    assert await erasing.main(["--customer", CUSTOMER], house.server.db, say=said.append) == 0
    assert MARK not in str(said)
    await is_done(house)
    async with house.server.db.site(ALL_SITES) as conn:
        assert await where_marked(conn) == {}
    with pytest.raises(CallerError, match="no such customer"):
        await erasing.main(["--customer", "nobody"], house.server.db)


def code_of(answer: httpx.Response) -> Any:
    return answer.json()["error"]["code"]
