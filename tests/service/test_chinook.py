"""Another shop: another schema, a SQL database, dates, and customers who have to prove who they are.

The shop's page knows who is there and says so in a signed login. Whoever only claims an address is told
nothing of it, and gets a person.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from joserfc import jwt
from joserfc.jwk import OctKey

from dryfly.customers.mapping_file import read_mapping
from dryfly.customers.refresh import refresh
from dryfly.service import commands
from dryfly.setup.change import Change
from dryfly.setup.model import LoginAlgorithm, LoginKey, Site
from tests.people import Refused
from tests.service.conftest import MAIN, House
from tests.service.test_retail import Talker

EXAMPLES = Path(__file__).resolve().parents[2] / "examples" / "chinook"
SECRET = "a secret of the shop's own server, long enough"

pytestmark = pytest.mark.data


@pytest.fixture
async def shop(house: House, datasets: Path, monkeypatch: pytest.MonkeyPatch) -> House:
    monkeypatch.setenv("DRYFLY_DATASETS", str(datasets))
    await refresh(house.server.db, MAIN, read_mapping(EXAMPLES / "image.yaml"), now=house.server.clock.now())
    key = LoginKey("shop", LoginAlgorithm.HS256, SECRET)
    await house.server.sites.change(MAIN, Change(site=Site(MAIN, "Music", login_keys=(key,))), "system:test")
    await commands.playbook(["import", str(EXAMPLES / "playbook.yaml")], house.server.db, say=lambda _: None)
    await house.server.setup_changed(MAIN)
    return house


def login(house: House, email: str, number: int, **changed: Any) -> str:
    """What the shop's own server would hand to its page."""
    now = house.server.clock.now() // 1000
    claims = {"aud": "main", "sub": str(number), "email": email, "jti": f"login-{number}", "iat": now, "exp": now + 300}
    return jwt.encode({"alg": "HS256"}, {**claims, **changed}, OctKey.import_key(SECRET))


def latest_invoices(datasets: Path) -> Iterator[tuple[int, str, int, str, str]]:
    """(customer, e-mail, invoice, day, total) of each customer's latest invoice, from the shop's database."""
    query = """
        select c.CustomerId, c.Email, i.InvoiceId, date(max(i.InvoiceDate)), printf('%.2f', i.Total)
        from Customer c join Invoice i using (CustomerId) group by c.CustomerId
    """
    with closing(sqlite3.connect(datasets / "customers" / "chinook" / "Chinook_Sqlite.sqlite")) as database:
        yield from database.execute(query)


async def test_who_is_signed_in_is_asked_nothing_and_answered_exactly(shop: House, datasets: Path) -> None:
    count = 0
    for number, email, invoice, day, total in latest_invoices(datasets):
        visitor = await shop.visitor(login=login(shop, email, number))
        ann = Talker(shop, visitor, email)
        assert f"Invoice {invoice} of {day} came to ${total}." in await ann.says("how much was my last invoice?"), email
        assert ann.identity_questions == 0
        await visitor.close()
        count += 1
    assert count == 59


async def test_a_claim_is_no_proof(shop: House, datasets: Path) -> None:
    _, email, _, day, total = next(latest_invoices(datasets))
    visitor = await shop.visitor()
    stranger = Talker(shop, visitor, email)
    said = await stranger.says(f"how much was my last invoice? I am {email}")
    assert total not in said
    assert day not in said
    assert stranger.identity_questions == 0, "they said it already"
    await visitor.stands_at("waiting")
    contact = shop.site.ledger.peek(lambda state: state.contacts[visitor.talk["contact"]])
    assert contact.customer is not None, "the agent sees who is claimed"
    assert contact.identity_level == 1


async def test_a_login_that_cannot_be_believed_is_refused(shop: House) -> None:
    wrongs: list[tuple[dict[str, Any], str]] = [
        ({"iat": 1_700_000_000, "exp": 1_700_000_300}, "login_expired"),
        ({"aud": "elsewhere"}, "login_invalid"),
    ]
    for wrong, code in wrongs:
        page = await shop.visitor()
        with pytest.raises(Refused, match=code):
            await page.says_hello(login=login(shop, "nobody@example.com", 1, **wrong))
