"""A first mapping, written from the source itself: it loads, and says what it was unsure of."""

import json
from pathlib import Path

import asyncpg
import pytest

from dryfly.customers import cli
from dryfly.customers.image import Customers
from dryfly.customers.jobs import ask_for_due, image_workers
from dryfly.customers.mapping import Mapping
from dryfly.customers.mapping_file import parse_mapping
from dryfly.customers.model import AGENT_SIGHT, Identifier, IdentifierKind
from dryfly.customers.propose import propose
from dryfly.customers.refresh import image_status, refresh, save_mapping
from dryfly.customers.survey import folded, number_pattern
from dryfly.platform.clock import HandClock
from dryfly.platform.database import Database
from dryfly.platform.errors import CallerError
from dryfly.platform.jobs import Job
from tests.customers.conftest import NOW, SHOP, SITE, Shop, person


@pytest.mark.data
async def test_the_web_shop_is_understood(db: Database, datasets: Path, retail: Mapping) -> None:
    proposal = await propose([str(datasets / "retail" / f"{name}.json") for name in ("users", "orders", "products")])
    mapping = parse_mapping(proposal.text)
    report = await refresh(db, SITE, mapping, now=NOW)
    assert (report.customers_count, report.records, report.rejected) == (500, {"order": 1000}, {})
    assert mapping.customers.identifiers == retail.customers.identifiers
    assert mapping.customers.proofs == retail.customers.proofs
    assert any("no date" in note for note in proposal.unsure)
    assert mapping.records["order"].amount is None  # payments and refunds: a person must say what counts
    found = await Customers(db).recognise(SITE, "Noah Brown, 80279, order w7678072")
    assert found.customer
    assert len(found.matches) == 2


@pytest.mark.data
async def test_the_music_shop_is_understood(db: Database, datasets: Path) -> None:
    proposal = await propose([str(datasets / "chinook" / "Chinook_Sqlite.sqlite")])
    mapping = parse_mapping(proposal.text)
    report = await refresh(db, SITE, mapping, now=NOW)
    assert (report.customers_count, report.records) == (59, {"invoice": 412})
    invoice = mapping.records["invoice"]
    assert (invoice.amount, invoice.date, invoice.identifier) == ("Total", "InvoiceDate", None)
    assert invoice.lines is not None
    assert (invoice.lines.table, invoice.lines.owner) == ("InvoiceLine", "InvoiceId")
    assert any("`employee` has people too" in note for note in proposal.unsure)


@pytest.mark.data
async def test_postgresql_is_understood_too(
    db: Database, database_url: str, datasets: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    dump = (datasets / "chinook" / "Chinook_PostgreSql.sql").read_text(encoding="utf-8")
    connection = await asyncpg.connect(database_url)
    await connection.execute("create schema chinook; set search_path to chinook")
    await connection.execute(dump[dump.index("CREATE TABLE") :])
    await connection.close()
    monkeypatch.setenv("CRM_URL", database_url)
    proposal = await propose(["env:CRM_URL"])
    assert database_url not in proposal.text
    report = await refresh(db, SITE, parse_mapping(proposal.text), now=NOW)
    assert (report.customers_count, report.records) == (59, {"invoice": 412})


async def test_values_tell_what_names_do_not(db: Database, tmp_path: Path) -> None:
    people = ["kd;bez;m;t;seit\n"]
    people += [f"K-{i};Person {i};p{i}@example.org;+4930123{i:04};{i + 12}.03.2024\n" for i in range(1, 9)]
    (tmp_path / "kunden.csv").write_text("".join(people).replace(";", ","))
    mapping = parse_mapping((await propose([str(tmp_path / "kunden.csv")])).text)
    assert mapping.customers.key == "kd"
    assert [i.kind.value for i in mapping.customers.identifiers] == ["email", "phone", "account"]
    assert {f.key: (f.type.value, f.format) for f in mapping.profile}["seit"] == ("date", "%d.%m.%Y")
    await refresh(db, SITE, mapping, now=NOW)
    (match,) = await Customers(db).find(SITE, Identifier(IdentifierKind.ACCOUNT, "k 3"))
    profile = await Customers(db).profile(SITE, match.customer, AGENT_SIGHT)
    assert profile is not None
    since = profile.field("seit")
    assert since is not None
    assert since.text == "2024-03-15"


async def test_without_people_nothing_is_proposed(tmp_path: Path) -> None:
    (tmp_path / "things.json").write_text(json.dumps([{"id": 1, "weight": 2}]))
    with pytest.raises(CallerError, match="No table looks like customers"):
        await propose([str(tmp_path / "things.json")])
    with pytest.raises(CallerError, match="no kind that can be read"):
        await propose(["customers.docx"])


def test_names_and_numbers_are_generalised() -> None:
    assert folded("SupportRepId") == folded("support rep id") == folded('"Support-Rep.ID"') == "support_rep_id"
    assert number_pattern(["#W2611340", "#W4817420"]) == r"#?\s*\bW[\s-]*\d{7}\b"
    assert number_pattern(["1", "2"]) is None
    assert number_pattern(["A1", "B22"]) is None


# ---- the command line and the schedule ----------------------------------------------------------


async def run(db: Database, *argv: str) -> tuple[int, str]:
    said: list[str] = []
    code = await cli.main(list(argv), db, clock=HandClock(NOW + 120_000), say=said.append)
    return code, "\n".join(said)


async def test_the_command_line_from_proposal_to_status(
    db: Database, tmp_path: Path, shop: Shop, capsys: pytest.CaptureFixture[str]
) -> None:
    shop.has([person(i) for i in range(5)] + [{"id": ""}])
    out = tmp_path / "image.yaml"
    code, said = await run(db, "propose", str(tmp_path / "people.json"), "--out", str(out))
    assert (code, "unsure: no table points at the customers" in said) == (0, True)
    assert (await run(db, "propose", str(tmp_path / "people.json"), "--out", str(out)))[0] == 1
    code, said = await run(db, "refresh", str(out), "--site", SITE)
    assert (code, "5 customers, no records; 0 dropped" in said, "Not used: 1 rows" in said) == (0, True, True)
    assert "the key is empty" in (await run(db, "rejects", "--site", SITE))[1]
    assert "* version 1 of people: 5 customers" in (await run(db, "status", "--site", SITE))[1]
    shop.has([person(1)])
    assert (await run(db, "refresh", "--site", SITE))[0] == 1
    assert "--accept-drop. (image_would_shrink)" in capsys.readouterr().err
    assert (await run(db, "refresh", "--site", SITE, "--accept-drop"))[0] == 0


async def test_a_scheduled_image_is_refreshed_once_a_slot(db: Database, shop: Shop) -> None:
    shop.text = SHOP + "refresh_every_min: 30\n"
    await save_mapping(db, SITE, shop.has([person(1)]), now=NOW)
    await save_mapping(db, "south", parse_mapping(SHOP), now=NOW)
    for minute in (0, 1, 29, 30):
        await ask_for_due(db, NOW + minute * 60_000)
    async with db.site("*") as conn:
        asked = await conn.fetch("select site, kind, key from jobs order by key")
    assert [tuple(row) for row in asked] == [
        (SITE, "image_refresh", str(NOW)),
        (SITE, "image_refresh", str(NOW + 1_800_000)),
    ]
    _, refresh_image = image_workers(db, HandClock(NOW))
    await refresh_image.work(Job(SITE, "image_refresh", str(NOW), {}, 1))
    assert [status.version for status in await image_status(db, SITE)] == [1]
