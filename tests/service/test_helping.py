"""Help in writing: canned replies, and answers that the playbook has. Read by those who may; nothing is ever sent."""

from pathlib import Path
from typing import Any

import httpx

from dryfly.service import commands
from dryfly.setup.model import Reply
from tests.service.conftest import House, a_queue

PLAYBOOK = """
name: opening
needs:
  - key: opening
    title: Opening hours
    identity: unknown
    examples: [when are you open, what are your opening hours, are you open on sunday, until when are you open]
    answers:
      - {say: "We are open from nine to six, Monday to Saturday."}
  - key: parking
    title: Parking
    identity: unknown
    examples: [where can I park, is there a car park, do you have parking, what does parking cost]
    answers:
      - {say: "There is a car park behind the house."}
default_queue: general
queues:
  - {id: general, title: General}
"""


async def get(house: House, cookie: str, path: str) -> httpx.Response:
    async with httpx.AsyncClient(base_url=house.base, headers={"Cookie": cookie}) as client:
        return await client.get(path)


async def suggestions(house: House, cookie: str, contact: str) -> list[tuple[str, str]]:
    answer: dict[str, Any] = (await get(house, cookie, f"/api/talks/{contact}/suggestions")).json()
    return [(suggested["origin"], suggested["text"]) for suggested in answer["suggestions"]]


async def test_agents_have_their_sites_replies_and_strangers_have_none(house: House) -> None:
    await house.set_up(Reply("hello", "Hello", "Hello {customer}, I am {agent}."))  # type: ignore[arg-type]
    told = (await get(house, await house.agent("bob"), "/api/replies")).json()
    assert told["agent_name"] == "Bob"
    assert [reply["text"] for reply in told["replies"]] == ["Hello {customer}, I am {agent}."]
    assert (await get(house, "", "/api/replies")).status_code == 401
    assert (await get(house, "", "/api/talks/x/suggestions")).status_code == 401


async def test_suiting_answers_are_proposed_and_never_said(house: House, tmp_path: Path) -> None:
    await house.set_up(
        a_queue("general"),
        a_queue("elsewhere"),
        Reply("sundays", "Sundays", "Not on Sundays.", needs=("opening",)),  # type: ignore[arg-type]
        Reply("other", "Other queue", "Elsewhere.", queues=("elsewhere",), needs=("opening",)),  # type: ignore[arg-type]
        Reply("any", "For anything", "One moment."),  # type: ignore[arg-type]
    )
    cookie = await house.agent("bob")
    bob = await house.desk_of(cookie, ready=True)
    ann = await house.visitor()
    await ann.writes("when are you open?")
    contact = await bob.takes()
    assert await suggestions(house, cookie, contact) == []

    playbook = tmp_path / "opening.yaml"
    playbook.write_text(PLAYBOOK)
    await commands.playbook(["import", str(playbook)], house.server.db, say=lambda _: None)
    await house.server.setup_changed(house.site.site)
    assert await suggestions(house, cookie, contact) == [
        ("playbook", "We are open from nine to six, Monday to Saturday."),
        ("reply", "Not on Sundays."),
    ]
    assert ann.heard("bot") == []
    assert bob.said_in(contact) == []
    assert house.site.ledger.peek(lambda state: state.contacts[contact].state) == "active"  # type: ignore[index]


async def test_who_may_not_read_a_talk_is_proposed_nothing_for_it(house: House) -> None:
    bob = await house.desk("bob")
    ann = await house.visitor()
    await ann.writes("when are you open?")
    contact = await bob.takes()
    mallory = await house.agent("mallory")
    assert (await get(house, mallory, f"/api/talks/{contact}/suggestions")).status_code == 404
