"""A refresh is whole or nothing, keeps what it cannot use, and asks before it loses customers."""

import asyncio
from decimal import Decimal
from pathlib import Path

import pytest

from dryfly.customers.image import Customers, sql
from dryfly.customers.model import AGENT_SIGHT, Identifier, IdentifierKind, IdentityLevel
from dryfly.customers.refresh import image_rejects, image_status, refresh, save_mapping
from dryfly.floor.model import CustomerId
from dryfly.platform.database import Database
from dryfly.platform.errors import CallerError
from tests.customers.conftest import NOW, SITE, Shop, person


async def who(db: Database, mail: str, site: str = SITE) -> list[CustomerId]:
    return [m.customer for m in await Customers(db).find(site, Identifier(IdentifierKind.EMAIL, mail))]


async def test_readers_see_only_whole_versions_while_the_image_is_refreshed(db: Database, shop: Shop) -> None:
    """In version n everybody's segment and all three orders' totals are n: a mixture would show."""
    people = [person(i) for i in range(300)]

    def version(n: int) -> None:
        orders = "".join(f"N{k:04},P7,sent,{n}.00,\n" for k in range(3))
        shop.has([p | {"segment": str(n)} for p in people], orders)

    version(1)
    mapping = shop.mapping()
    await refresh(db, SITE, mapping, now=NOW)
    (customer,) = await who(db, "pat7@example.com")
    customers, seen, done = Customers(db), set(), asyncio.Event()

    async def read_on() -> None:
        while not done.is_set():
            profile = await customers.profile(SITE, customer, AGENT_SIGHT)
            page = await customers.records(SITE, customer, level=AGENT_SIGHT)
            assert profile is not None
            assert page.provenance is not None
            assert [f.text for f in profile.fields if f.key == "segment"] == [str(profile.provenance.version)]
            assert [int(r.amount or 0) for r in page.records] == [page.provenance.version] * 3
            seen.add(page.provenance.version)

    readers = [asyncio.create_task(read_on()) for _ in range(3)]
    for n in range(2, 7):
        version(n)
        await refresh(db, SITE, mapping, now=NOW + n)
    done.set()
    await asyncio.gather(*readers)
    assert len(seen) > 2
    assert [status.version for status in await image_status(db, SITE)] == [6, 5]


async def test_a_shrinking_image_is_refused_until_accepted(db: Database, shop: Shop) -> None:
    await refresh(db, SITE, shop.has([person(i) for i in range(10)]), now=NOW)
    fewer = shop.has([person(i) for i in range(7)])
    with pytest.raises(CallerError, match="3 of 10 customers would go") as refused:
        await refresh(db, SITE, fewer, now=NOW + 1)
    assert refused.value.code == "image_would_shrink"
    assert await who(db, "pat9@example.com")
    report = await refresh(db, SITE, fewer, now=NOW + 2, accept_drop=True)
    assert (report.customers_count, report.dropped_count) == (7, 3)
    assert not await who(db, "pat9@example.com")


async def test_two_of_ten_may_go_without_asking(db: Database, shop: Shop) -> None:
    await refresh(db, SITE, shop.has([person(i) for i in range(10)]), now=NOW)
    assert (await refresh(db, SITE, shop.has([person(i) for i in range(8)]), now=NOW)).dropped_count == 2


async def test_as_many_others_are_a_loss_too(db: Database, shop: Shop) -> None:
    await refresh(db, SITE, shop.has([person(i) for i in range(10)]), now=NOW)
    with pytest.raises(CallerError, match="10 of 10"):
        await refresh(db, SITE, shop.has([person(i) for i in range(20, 30)]), now=NOW)


async def test_broken_rows_are_kept_aside_and_the_rest_loads(db: Database, shop: Shop) -> None:
    people = [person(1), person(2, id=None), "no object", person(1), person(3, email="no address"), person(4)]
    orders = "N0001,P1,sent,12.50,2025-11-03\nN0002,P99,sent,1.00,\nN0003,P1\nN0004,P1,sent,a lot,03/11/2025\n"
    report = await refresh(db, SITE, shop.has(people, orders), now=NOW)
    assert (report.customers_count, report.records) == (3, {"order": 2})
    assert report.rejected == {"rows": 5, "values": 3}
    told = {(r.entity, r.row_number, r.place): r.reason for r in await image_rejects(db, SITE)}
    assert told["customers", 2, ""] == "the key is empty"
    assert told["customers", 3, ""] == "is no object"
    assert told["customers", 4, ""] == "the key `P1` stood in an earlier row"
    assert told["customers", 5, "identifier email"] == "`no address` is no email"
    assert told["records.order", 3, ""] == "its owner `P99` is no customer"
    assert told["records.order", 4, ""] == "has 2 cells, the header has 5"
    assert told["records.order", 5, "amount"].startswith("`a lot` is no number")
    assert "add `format:`" in told["records.order", 5, "date"]
    (customer,) = await who(db, "pat1@example.com")
    orders_found = (await Customers(db).records(SITE, customer, level=AGENT_SIGHT)).records
    kept = [(r.key, r.amount, r.date) for r in orders_found]
    assert kept == [("N0001", Decimal("12.50"), "2025-11-03"), ("N0004", None, None)]


async def test_the_rejects_of_a_refused_refresh_tell_why(db: Database, shop: Shop) -> None:
    await refresh(db, SITE, shop.has([person(i) for i in range(4)]), now=NOW)
    with pytest.raises(CallerError):
        await refresh(db, SITE, shop.has([person(i, id="") for i in range(4)]), now=NOW)
    assert [r.reason for r in await image_rejects(db, SITE)] == ["the key is empty"] * 4


async def test_card_numbers_in_broken_rows_are_masked(db: Database, shop: Shop) -> None:
    await refresh(db, SITE, shop.has([person(1), person(2, id="", card="4111 1111 1111 1111")]), now=NOW)
    (reject,) = await image_rejects(db, SITE)
    assert "4111 1111" not in reject.raw


@pytest.mark.parametrize(
    ("old", "new", "hint"),
    [
        ("from: zip", "from: zpi", "`zpi`, which source `people` does not have. Nearest: zip"),
        ("name.last]", "name.family]", "`name.family`, which source `people` does not have. Nearest: name.*"),
        ("owner: person", "owner: persona", "Nearest: person"),
    ],
)
async def test_a_mapping_that_names_no_column_changes_nothing(
    db: Database, shop: Shop, old: str, new: str, hint: str
) -> None:
    await refresh(db, SITE, shop.has([person(1)], "N0001,P1,sent,1,\n"), now=NOW)
    with pytest.raises(CallerError, match=hint) as refused:
        await refresh(db, SITE, shop.mapping(lambda text: text.replace(old, new)), now=NOW)
    assert refused.value.code == "mapping_no_such_column"
    assert [status.version for status in await image_status(db, SITE)] == [1]


async def test_a_column_that_stands_twice_is_refused(db: Database, shop: Shop) -> None:
    mapping = shop.has([person(1)])
    (shop.folder / "orders.csv").write_text("number,person,state,total,bought,total\n")
    with pytest.raises(CallerError, match="`total`, which source `orders` has twice"):
        await refresh(db, SITE, mapping, now=NOW)


async def test_ids_stay_and_tell_nothing(db: Database, shop: Shop) -> None:
    mapping = shop.has([person(1, id="anna_smith_1")])
    await refresh(db, SITE, mapping, now=NOW)
    before = await who(db, "pat1@example.com")
    await refresh(db, SITE, mapping, now=NOW + 1)
    assert await who(db, "pat1@example.com") == before
    assert "anna" not in before[0]
    await refresh(db, "south", mapping, now=NOW)
    assert await who(db, "pat1@example.com", "south") != before


async def test_sites_do_not_see_each_other(db: Database, shop: Shop) -> None:
    await refresh(db, SITE, shop.has([person(1)]), now=NOW)
    (customer,) = await who(db, "pat1@example.com")
    await refresh(db, "south", shop.has([person(2)]), now=NOW)
    assert await who(db, "pat1@example.com", "south") == []
    assert await Customers(db).profile("south", customer, AGENT_SIGHT) is None
    assert await Customers(db).profile("west", customer, AGENT_SIGHT) is None
    assert await image_status(db, "west") == []


async def test_an_erased_customer_does_not_come_back(db: Database, shop: Shop) -> None:
    mapping = shop.has([person(1), person(2), person(3, phone="12")], "N0001,P1,sent,1,\nN0002,P2,sent,1,\n")
    await refresh(db, SITE, mapping, now=NOW)
    (customer,) = await who(db, "pat1@example.com")
    customers = Customers(db)
    await customers.suppress(SITE, customer, now=NOW)
    for _ in range(2):
        assert await customers.profile(SITE, customer, AGENT_SIGHT) is None
        assert await who(db, "pat1@example.com") == []
        assert await customers.find(SITE, Identifier(IdentifierKind.ORDER_NUMBER, "N0001")) == []
        await refresh(db, SITE, mapping, now=NOW)
    assert await who(db, "pat2@example.com")
    async with db.site(SITE) as conn:
        assert await conn.fetchval("select count(*) from image_line") == 0
        assert await conn.fetchval("select count(*) from image_record") == 2


async def test_an_erased_customers_broken_row_is_not_kept_either(db: Database, shop: Shop) -> None:
    await refresh(db, SITE, shop.has([person(1), person(2)]), now=NOW)
    (customer,) = await who(db, "pat1@example.com")
    await Customers(db).suppress(SITE, customer, now=NOW)
    await refresh(db, SITE, shop.has([person(1, email="broken"), person(2, email="broken")]), now=NOW)
    assert [r.row_number for r in await image_rejects(db, SITE)] == [2]


async def test_the_saved_mapping_is_what_a_refresh_follows(db: Database, shop: Shop) -> None:
    with pytest.raises(CallerError, match="no mapping yet"):
        await refresh(db, SITE, now=NOW)
    await save_mapping(db, SITE, shop.has([person(1)]), now=NOW)
    assert (await refresh(db, SITE, now=NOW)).customers_count == 1


async def test_a_missing_file_is_told(db: Database, shop: Shop, tmp_path: Path) -> None:
    mapping = shop.has([person(1)])
    (tmp_path / "orders.csv").unlink()
    with pytest.raises(CallerError, match=r"there is no file .*orders\.csv") as refused:
        await refresh(db, SITE, mapping, now=NOW)
    assert refused.value.code == "source_unreadable"


async def test_only_one_refresh_of_a_site_runs(db: Database, shop: Shop) -> None:
    mapping = shop.has([person(1)])
    async with db.site(SITE) as conn:
        await conn.fetchval("select pg_try_advisory_xact_lock(hashtextextended('image refresh ' || $1, 0))", SITE)
        with pytest.raises(CallerError) as refused:
            await refresh(db, SITE, mapping, now=NOW)
    assert refused.value.code == "refresh_running"


@pytest.mark.parametrize(
    ("level", "seen", "name"),
    [
        (IdentityLevel.UNKNOWN, {"language"}, None),
        (IdentityLevel.CLAIMED, {"language", "segment"}, None),
        (IdentityLevel.KNOWN_ADDRESS, {"language", "segment", "zip"}, "Pat Testerb1"),
        (IdentityLevel.PROVED, {"language", "segment", "zip", "email"}, "Pat Testerb1"),
        (AGENT_SIGHT, {"language", "segment", "zip", "email", "credit_score"}, "Pat Testerb1"),
    ],
)
async def test_each_level_hears_its_own_and_no_more(
    db: Database, shop: Shop, level: int, seen: set[str], name: str | None
) -> None:
    every = {"language", "segment", "zip", "email", "credit_score"}
    await refresh(db, SITE, shop.has([person(1, language="en", segment="a", score=7)], "N0001,P1,,1,\n"), now=NOW)
    (customer,) = await who(db, "pat1@example.com")
    profile = await Customers(db).profile(SITE, customer, level)
    assert profile is not None
    assert ({f.key for f in profile.fields}, set(profile.withheld), profile.name) == (seen, every - seen, name)
    page = await Customers(db).records(SITE, customer, level=level)
    assert bool(page.records) == (level >= IdentityLevel.PROVED)
    assert page.withheld == (() if page.records else ("order",))


async def test_long_lists_come_in_pages(db: Database, shop: Shop) -> None:
    orders = "".join(f"N{i:04},P1,sent,1,2025-01-{i:02}\n" for i in range(1, 6)) + "N0006,P1,sent,1,\n"
    await refresh(db, SITE, shop.has([person(1)], orders), now=NOW)
    (customer,) = await who(db, "pat1@example.com")
    customers, after, pages = Customers(db), None, []
    while True:
        page = await customers.records(SITE, customer, level=AGENT_SIGHT, after=after, limit=4)
        pages.append([record.key[-1] for record in page.records])
        if (after := page.next) is None:
            break
    assert pages == [["5", "4", "3", "2"], ["1", "6"]]  # what has no date comes last
    with pytest.raises(CallerError, match="pass the `next`"):
        await customers.records(SITE, customer, level=AGENT_SIGHT, after="4")


async def test_who_is_erased_during_a_refresh_is_not_in_the_new_version(db: Database, shop: Shop) -> None:
    mapping = shop.has([person(1), person(2)])
    await refresh(db, SITE, mapping, now=NOW)
    (customer,) = await who(db, "pat1@example.com")
    async with db.site(SITE) as erasing:
        await erasing.execute(sql.lock_switch, SITE)
        running = asyncio.create_task(refresh(db, SITE, mapping, now=NOW, accept_drop=True))
        while not await erasing.fetchval(
            "select exists (select from pg_locks where locktype = 'advisory' and not granted)"
        ):
            assert not running.done()
        await erasing.execute(sql.suppress, SITE, customer, NOW)
        await erasing.execute(sql.erase_customer, SITE, customer)
    assert (await running).customers_count == 1
    assert await who(db, "pat1@example.com") == []
