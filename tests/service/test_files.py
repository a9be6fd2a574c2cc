"""Files of customers and agents: who may send one, and who may see it."""

import asyncio
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import msgspec
import pytest

from dryfly.setup.change import Change
from dryfly.setup.model import Site
from tests.people import Visitor
from tests.service.conftest import MAIN, House

PICTURE = b"\x89PNG\r\n\x1a\n" + b"0" * 64
SHOP = "https://shop.example"


async def fetch(
    url: str, method: str = "GET", body: bytes | None = None, **headers: str
) -> tuple[int, bytes, dict[str, str]]:
    """(status, body, headers). Header names are written with underscores."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}

    def now() -> tuple[int, bytes, dict[str, str]]:
        try:
            with urlopen(Request(url, body, named, method=method), timeout=10) as answer:
                return answer.status, answer.read(), dict(answer.headers)
        except HTTPError as error:
            return error.code, error.read(), dict(error.headers)

    return await asyncio.to_thread(now)


async def attach(house: House, visitor: Visitor, origin: str | None = None, name: str = "cup.png") -> str:
    status, body, _ = await fetch(
        f"{house.base}/widget/main/attachments?name={name}", "POST", PICTURE,
        x_dryfly_resume=visitor.welcome["resume"], origin=origin or house.base, content_type="image/png",
    )  # fmt: skip
    assert status == 201, body
    return str(msgspec.json.decode(body)["id"])


async def test_a_picture_reaches_the_agent_and_nobody_else(house: House) -> None:
    cookie = await house.agent("bob")
    bob = await house.desk_of(cookie, ready=True)
    ann, eve = await house.visitor(), await house.visitor()
    picture = await attach(house, ann)
    await ann.writes("it is broken", attachments=[picture])
    await bob.takes()
    status, body, headers = await fetch(f"{house.base}/api/attachments/{picture}", cookie=cookie)
    assert (status, body) == (200, PICTURE)
    assert headers["content-disposition"].startswith("inline")
    assert "sandbox" in headers["content-security-policy"]

    own = f"{house.base}/widget/main/attachments/{picture}?resume="
    assert (await fetch(own + ann.welcome["resume"]))[0] == 200
    assert (await fetch(own + eve.welcome["resume"]))[0] == 404
    stranger = await house.agent("zoe")
    assert (await fetch(f"{house.base}/api/attachments/{picture}", cookie=stranger))[0] == 404
    assert (await fetch(f"{house.base}/api/attachments/{picture}"))[0] == 401


async def test_somebody_elses_file_cannot_be_sent(house: House) -> None:
    ann, eve = await house.visitor(), await house.visitor()
    picture = await attach(house, ann)
    with pytest.raises(Exception, match="attachment_unknown"):
        await eve.writes("look at this", attachments=[picture])


async def test_a_page_of_the_sites_list_may_send_files_and_no_other(house: House) -> None:
    await house.server.sites.change(MAIN, Change(site=Site(MAIN, "Main", origins=(SHOP,))), "system:test")
    ann = await house.visitor()
    url = f"{house.base}/widget/main/attachments"
    status, _, headers = await fetch(url, "OPTIONS", origin=SHOP, access_control_request_method="POST")
    assert status == 204
    assert headers["access-control-allow-origin"] == SHOP
    await attach(house, ann, origin=SHOP)

    _, _, headers = await fetch(
        url, "OPTIONS", origin="https://elsewhere.example", access_control_request_method="POST"
    )
    assert "access-control-allow-origin" not in headers
    status, body, _ = await fetch(
        url, "POST", PICTURE, x_dryfly_resume=ann.welcome["resume"], origin="https://elsewhere.example"
    )
    assert status == 403
    assert b"foreign_origin" in body


async def test_what_is_no_picture_is_saved_and_never_shown(house: House) -> None:
    ann = await house.visitor()
    status, body, _ = await fetch(
        f"{house.base}/widget/main/attachments?name=..%2F..%2Fpage.html", "POST", b"<script>alert(1)</script>",
        x_dryfly_resume=ann.welcome["resume"], origin=house.base, content_type="text/html",
    )  # fmt: skip
    assert status == 201
    made = msgspec.json.decode(body)
    assert made["name"] == "page.html"
    _, _, headers = await fetch(f"{house.base}/widget/main/attachments/{made['id']}?resume={ann.welcome['resume']}")
    assert headers["content-type"] == "application/octet-stream"
    assert headers["content-disposition"].startswith("attachment")
