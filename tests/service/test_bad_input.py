"""What should not have come: said clearly with a code and what to do; nothing is lost; the socket stays of use."""

import asyncio
import contextlib
import subprocess
import sys
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest
import uvicorn
from argon2 import PasswordHasher
from joserfc import jwt
from joserfc.jwk import OctKey
from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed

from dryfly.platform.clock import SystemClock
from dryfly.platform.database import Database
from dryfly.platform.ids import new_id
from dryfly.platform.postgres import EmbeddedPostgres
from dryfly.service.http import application
from dryfly.service.server import Server
from dryfly.setup.change import Change
from dryfly.setup.model import LoginAlgorithm, LoginKey, Site
from dryfly.setup.passwords import Passwords
from tests.people import AgentDesk, Page, Refused, Visitor
from tests.service.conftest import MAIN, MODELS, House, _free_port

SECRET = "a-secret-of-the-shop-and-of-nobody-else"
RESUME = "x-dryfly-resume"


async def contacts_count(house: House) -> int:
    return house.site.ledger.peek(lambda state: state.contacts_count)


async def answer_to(page: Page, frame: str | bytes | dict[str, Any], re: str = "") -> str:
    """The code with which the page's next frame is refused."""
    page._receipts.pop(re, None)
    await page.send(frame)
    await page.until(lambda: re in page._receipts)
    error = page._receipts.pop(re)["error"]
    assert len(error["text"]) > 10, "says what to do"
    return str(error["code"])


# ---- messages ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "code"), [("", "message_empty"), (" \n\t\x00 ", "message_empty"), ("x" * 8_001, "message_too_long")]
)
async def test_words_that_are_not_taken_open_nothing_and_the_next_are_heard(house: House, text: str, code: str) -> None:
    bob, ann = await house.desk("bob"), await house.visitor()
    with pytest.raises(Refused, match=code):
        await ann.writes(text)
    assert await contacts_count(house) == 0
    await ann.writes("x" * 8_000)
    contact = await bob.takes()
    with pytest.raises(Refused, match=code):
        await bob.says(contact, text)
    with pytest.raises(Refused, match=code):
        await bob.ask("note", contact=contact, text=text)
    await bob.says(contact, "that was long")
    await ann.sees("that was long")
    assert len(ann.lines) == 2


async def test_a_file_that_is_not_there_opens_nothing(house: House) -> None:
    ann = await house.visitor()
    with pytest.raises(Refused, match="attachment_unknown"):
        await ann.writes("look at this", attachments=[new_id(house.server.clock.now())])
    assert await contacts_count(house) == 0


async def test_a_flood_is_told_when_to_come_back_and_loses_nothing_that_was_taken(house: House) -> None:
    bob, ann = await house.desk("bob"), await house.visitor()
    outcomes = await asyncio.gather(*(ann.writes(f"line {n}") for n in range(30)), return_exceptions=True)
    refused = [error for error in outcomes if isinstance(error, Refused)]
    assert 5 <= len(refused) <= 10
    assert {error.code for error in refused} == {"too_many_requests"}
    assert 1 <= refused[0].values["retry_after_s"] <= 10
    await bob.says(await bob.takes(), "one after the other")
    await ann.sees("one after the other")  # the socket is of use all the while
    assert ann.heard("customer") == [f"line {n}" for n in range(30) if not isinstance(outcomes[n], Refused)]


# ---- frames ------------------------------------------------------------------------------------

NO_FRAMES: list[str | bytes] = [
    "not json", "", "[]", "null", '"hello"', "{}", '{"do":"dance"}', '{"do":"say"}', '{"do":"say","id":7,"text":"x"}',
    '{"do":"say","id":"x","text":null}', '{"do":"ping","extra":1}', '{"do":"hello","since":"yesterday"}',
    b"\x00\xff\xfe binary", "[" * 5_000,
]  # fmt: skip


async def test_what_is_no_frame_is_refused_and_the_socket_stays(house: House) -> None:
    bob, ann = await house.desk("bob"), await house.visitor()
    for frame in NO_FRAMES:
        for page in (ann, bob):
            re = "x" if isinstance(frame, str) and '"id":"x"' in frame else ""
            assert await answer_to(page, frame, re) == "bad_frame"
    await ann.writes("still here")
    await bob.says(await bob.takes(), "so am I")
    await ann.sees("so am I")


async def test_a_frame_of_bytes_that_is_one_is_taken(house: House) -> None:
    ann = await house.visitor()
    await ann.send(b'{"do":"ping"}')
    await ann.until(lambda: ann._pongs_seen > 0)


async def test_a_frame_that_is_too_large_ends_the_socket_and_says_so(house: House) -> None:
    ann = await house.visitor()
    await ann.writes("small")
    await ann.send({"do": "say", "id": ann.new_id(), "text": "x" * 65_536})
    await ann.until(lambda: bool(ann.bye))
    assert ann.bye is not None
    assert ann.bye["error"]["code"] == "frame_too_large"
    again = Visitor(house.base)
    house.pages.append(again)
    await again.comes(resume=ann.welcome["resume"])
    assert again.lines == [("customer", "small")]


async def test_hello_comes_first(house: House) -> None:
    ann = Visitor(house.base)
    house.pages.append(ann)
    await says_without_hello(ann, {"do": "say", "id": new_id(house.server.clock.now()), "text": "hi"})
    await ann.until(lambda: bool(ann.bye))
    assert ann.bye is not None
    assert ann.bye["error"]["code"] == "hello_first"
    assert await contacts_count(house) == 0
    bob = AgentDesk(house.base, await house.agent("bob"))
    house.pages.append(bob)
    id = new_id(house.server.clock.now())
    await says_without_hello(bob, {"do": "presence", "id": id, "presence": "ready"})
    await bob.until(lambda: id in bob._receipts)
    assert bob._receipts[id]["error"]["code"] == "hello_first"


async def says_without_hello(page: Page, frame: dict[str, Any]) -> None:
    page._socket = await connect(page._url, additional_headers=page._headers, proxy=None)
    page._reader = asyncio.create_task(page._read())
    with contextlib.suppress(ConnectionClosed):  # it may be over before we have spoken
        await page.send(frame)


@pytest.mark.parametrize(
    ("id", "code"),
    [("", "bad_command_id"), ("7", "bad_command_id"), ("z" * 26, "bad_command_id"), ("0" * 26, "command_too_old"),
     ("7ZZZZZZZZZ" + "0" * 16, "command_from_future")],
)  # fmt: skip
async def test_an_id_that_cannot_be_one(house: House, id: str, code: str) -> None:
    ann = await house.visitor()
    assert await answer_to(ann, {"do": "say", "id": id, "text": "hello"}, id) == code
    assert await contacts_count(house) == 0
    await ann.writes("hello")


# ---- strangers ---------------------------------------------------------------------------------


@pytest.mark.parametrize("origin", ["https://evil.example", "null", "http://127.0.0.1:1", ""])
async def test_a_foreign_page_is_sent_away(house: House, origin: str) -> None:
    ann = Visitor(house.base)
    ann._headers = {"Origin": origin} if origin else {}
    await is_sent_away(house, ann, "foreign_origin")
    bob = AgentDesk(house.base, await house.agent("bob"))
    if origin:  # who sends none is no browser, and nobody's cookie can be abused through it
        bob._headers["Origin"] = origin
        await is_sent_away(house, bob, "foreign_origin")


async def test_a_page_that_may_open_the_widget_is_let_in(house: House) -> None:
    site = Site(MAIN, "Main", origins=("https://*.shop.example",))
    await house.server.sites.change(MAIN, Change(site=site), "system:test")
    ann = Visitor(house.base, origin="https://www.shop.example")
    house.pages.append(ann)
    await ann.comes()


@pytest.mark.parametrize("cookie", ["", "dryfly_session=", "dryfly_session=made-up", "other=x; dryfly_session=%00"])
async def test_a_desk_without_a_session_is_told_to_sign_in(house: House, cookie: str) -> None:
    await is_sent_away(house, AgentDesk(house.base, cookie), "not_signed_in")


async def is_sent_away(house: House, page: Page, code: str) -> None:
    house.pages.append(page)  # type: ignore[arg-type]
    await says_without_hello(page, {"do": "ping"})
    await page.until(lambda: bool(page.bye))
    assert page.bye is not None
    assert (page.bye["error"]["code"], page.bye["again"]) == (code, False)


async def test_a_site_that_is_not_there(house: House) -> None:
    await is_sent_away(house, Visitor(house.base, site="atlantis"), "site_exists_not")


def login(house: House, secret: str = SECRET, **changed: Any) -> str:
    now = house.server.clock.now() // 1000
    claims = {"aud": "main", "sub": "7", "jti": new_id(now * 1000), "iat": now, "exp": now + 300} | changed
    return jwt.encode({"alg": "HS256"}, claims, OctKey.import_key(secret))


async def test_a_login_that_proves_nothing_lets_nobody_in_as_somebody(house: House) -> None:
    ann = await house.visitor()
    with pytest.raises(Refused, match="login_unconfigured"):
        await ann.says_hello(login=login(house))
    site = Site(MAIN, "Main", login_keys=(LoginKey("shop", LoginAlgorithm.HS256, SECRET),))
    await house.server.sites.change(MAIN, Change(site=site), "system:test")
    now = house.server.clock.now() // 1000
    for token, code in [
        ("nonsense", "login_invalid"),
        (login(house, "another-secret-that-nobody-here-knows"), "login_invalid"),
        (login(house, aud="other"), "login_invalid"),
        (login(house, iat=now - 900, exp=now - 600), "login_expired"),
    ]:
        with pytest.raises(Refused, match=code):
            await ann.says_hello(login=token)
    await ann.writes("then without")  # the page goes on as a stranger
    contact = house.site.ledger.peek(lambda state: next(iter(state.contacts.values())))
    assert contact.customer is None


# ---- other people's things ---------------------------------------------------------------------


async def test_ids_of_nothing(house: House) -> None:
    bob, ann = await house.desk("bob"), await house.visitor()
    await ann.writes("hello")
    contact, nothing = await bob.takes(), new_id(house.server.clock.now())
    cases: list[tuple[str, dict[str, Any], str]] = [
        ("accept", {"offer": nothing}, "offer_gone"),
        ("decline", {"offer": nothing}, "offer_gone"),
        ("say", {"contact": nothing, "text": "x"}, "gate_no_such_contact"),
        ("note", {"contact": nothing, "text": "x"}, "not_your_contact"),
        ("finish", {"contact": nothing}, "contact_closed"),
        ("transfer", {"contact": contact, "to_queue": "nowhere"}, "queue_exists_not"),
        ("transfer", {"contact": contact, "to_agent": "nobody"}, "agent_exists_not"),
        ("say", {"contact": contact, "text": "x", "attachments": [nothing]}, "attachment_unknown"),
    ]
    for do, fields, code in cases:
        with pytest.raises(Refused, match=code):
            await bob.ask(do, **fields)
    await bob.says(contact, "all is well")
    await ann.sees("all is well")
    assert ann.heard("agent") == ["all is well"]


async def test_nobody_else_can_say_that_a_message_was_read(house: House) -> None:
    bob, ann, eve = await house.desk("bob"), await house.visitor(), await house.visitor()
    await ann.writes("hello")
    await bob.says(await bob.takes(), "for Ann alone")
    await ann.sees("for Ann alone")
    message = ann.talk["messages"][-1]["id"]
    with pytest.raises(Refused, match="no_contact"):
        await eve.ask("seen", message=message)
    await eve.writes("hello too")
    await eve.ask("seen", message=message)
    again = await house.visitor(resume=ann.welcome["resume"])
    assert again.talk["messages"][-1]["delivery"] == "recorded"


async def test_other_peoples_talks_and_files_are_not_there(house: House) -> None:
    bob, eve = await house.desk("bob"), await house.desk("eve", ready=False)
    ann, zoe = await house.visitor(), await house.visitor()
    async with httpx.AsyncClient(base_url=house.base, headers={"origin": house.base}, trust_env=False) as http:
        at_anns = {RESUME: ann.welcome["resume"]}
        put = await http.post("/widget/main/attachments?name=a.txt", content=b"secret", headers=at_anns)
        file = put.json()["id"]
        with pytest.raises(Refused, match="attachment_unknown"):
            await zoe.writes("mine now", attachments=[file])
        await ann.writes("here it is", attachments=[file])
        contact = await bob.takes()
        for headers in ({RESUME: zoe.welcome["resume"]}, {RESUME: "x" * 43}):
            assert error_of(await http.get(f"/widget/main/attachments/{file}", headers=headers)) == "attachment_unknown"
        assert error_of(await http.get(f"/widget/main/attachments/{file}")) == "resume_missing"
        assert (await http.get(f"/widget/main/attachments/{file}", headers=at_anns)).content == b"secret"
        for path, code in [
            (f"/api/talks/{contact}", "talk_exists_not"),
            (f"/api/talks/{contact}/messages?before=99", "talk_exists_not"),
            (f"/api/attachments/{file}", "talk_exists_not"),
            (f"/api/attachments/{new_id(0)}", "attachment_unknown"),
            (f"/api/talks/{new_id(0)}", "talk_exists_not"),
        ]:
            assert error_of(await http.get(path, headers={"cookie": eve._headers["Cookie"]})) == code
            assert error_of(await http.get(path)) == "not_signed_in"
        mine = {"cookie": bob._headers["Cookie"]}
        assert (await http.get(f"/api/talks/{contact}", headers=mine)).json()["messages"][0]["text"] == "here it is"
        assert (await http.get(f"/api/attachments/{file}", headers=mine)).content == b"secret"


def error_of(answer: httpx.Response) -> str:
    assert answer.status_code in (401, 403, 404)
    return str(answer.json()["error"]["code"])


async def test_the_secret_of_a_visitor_cannot_be_chosen_short(house: House) -> None:
    ann = await house.visitor(resume="guess-me")
    assert len(ann.welcome["resume"]) >= 43


# ---- two at once -------------------------------------------------------------------------------


@asynccontextmanager
async def served(server: Server) -> AsyncIterator[str]:
    port = _free_port()
    config = uvicorn.Config(application(server), host="127.0.0.1", port=port, log_level="warning", lifespan="off")
    serving = uvicorn.Server(config)
    task = asyncio.create_task(serving.serve())
    while not serving.started:
        await asyncio.sleep(0.01)
    yield f"http://127.0.0.1:{port}"
    serving.should_exit = True
    await task


async def test_a_second_writer_waits_and_tells_its_pages_to_come_again(
    house: House, db: Database, database_url: str
) -> None:
    second = Server(db, database_url, SystemClock(), MODELS, Passwords(PasswordHasher(1, 8, 1)))
    starting = asyncio.create_task(second.start())
    async with served(second) as base:
        ann = Visitor(base)
        house.pages.append(ann)
        await says_without_hello(ann, {"do": "ping"})
        await ann.until(lambda: bool(ann.bye))
        assert ann.bye is not None
        assert (ann.bye["error"]["code"], ann.bye["again"]) == ("not_ready", True)
        first = await house.visitor()
        await first.writes("the first one serves")
        assert not starting.done()
    starting.cancel()
    await asyncio.gather(starting, return_exceptions=True)
    await second.stop()


async def test_a_second_copy_on_one_home_is_told_what_to_do() -> None:
    with tempfile.TemporaryDirectory(prefix="dryfly-two-") as name:
        home = Path(name)
        home.chmod(0o755)
        first = EmbeddedPostgres(home)
        await first.start()
        try:
            command = [sys.executable, "-m", "dryfly.service", "up", "--port", "0", "--home", str(home)]
            environment = {"PYTHONPATH": "src", "PATH": "/usr/bin:/bin"}
            second = await asyncio.to_thread(
                subprocess.run, command, capture_output=True, text=True, timeout=60, env=environment, check=False
            )
        finally:
            await first.stop()
    assert second.returncode == 2
    assert "postgres_already_running" in second.stderr
    assert "DRYFLY_HOME" in second.stderr
    assert "Traceback" not in second.stderr
