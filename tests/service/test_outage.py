"""The store is away for a while: what the floor has to know of people reaches it all the same."""

import asyncio
from typing import Any

import pytest

from dryfly.desk import gateway
from dryfly.floor import model as floor
from dryfly.platform.errors import PeerError
from tests.people import AgentDesk, Visitor
from tests.service.conftest import House


class Away:
    """The floor cannot be told commands of this kind, the first few times."""

    def __init__(self, house: House, monkeypatch: pytest.MonkeyPatch, kind: type[Any], times: int) -> None:
        self.left = times
        do = house.site.recorder.do

        async def fails(id: Any, actor: Any, command: Any, cause: int | None = None) -> Any:
            if isinstance(command, kind) and self.left:
                self.left -= 1
                raise PeerError("store_unavailable", "away")
            return await do(id, actor, command, cause)

        monkeypatch.setattr(house.site.recorder, "do", fails)


async def test_a_desk_that_is_gone_is_gone_for_the_floor_too(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gateway, "GONE_AGAIN_S", 0.01)
    bob = await house.desk("bob")
    away = Away(house, monkeypatch, floor.DisconnectAgent, 3)
    await bob.lose_connection()
    for _ in range(500):
        if not house.site.ledger.peek(lambda state: state.agents[floor.AgentId("bob")].is_connected):
            break
        await asyncio.sleep(0.01)
    else:
        raise AssertionError("the floor still thinks that Bob is there")
    assert away.left == 0


async def test_a_desk_that_the_floor_was_not_told_of_comes_again(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    cookie = await house.agent("bob")
    Away(house, monkeypatch, floor.ConnectAgent, 1)
    bob = AgentDesk(house.base, cookie)
    house.pages.append(bob)
    with pytest.raises(TimeoutError):
        await asyncio.wait_for(bob.open(), 1)
    assert bob.bye is not None
    assert (bob.bye["error"]["code"], bob.bye["again"]) == ("store_unavailable", True)
    await bob.sits_down()
    assert bob.desk["presence"]["presence"] == "ready"


async def test_a_hello_that_fails_ends_the_socket_so_that_the_page_comes_again(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def away(secret: str) -> Any:
        raise PeerError("database_unreachable", "The database does not answer.")

    with monkeypatch.context() as outage:
        outage.setattr(house.site.widget, "visitor_of", away)
        ann = Visitor(house.base)
        house.pages.append(ann)
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(ann.comes(), 1)
        assert ann.bye is not None
        assert (ann.bye["error"]["code"], ann.bye["again"]) == ("database_unreachable", True)
    await ann.comes()
    await ann.writes("there you are again")
