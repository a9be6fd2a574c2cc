"""One socket to a running Dryfly, as a page has it: hello, commands with receipts, and what comes in."""

import asyncio
import contextlib
from collections.abc import Callable
from typing import Any, Self

import msgspec
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, InvalidHandshake

from dryfly.platform.clock import Clock, SystemClock
from dryfly.platform.errors import CallerError, PeerError
from dryfly.platform.ids import new_id

Frame = dict[str, Any]
PATIENCE_S = 20.0
PING_S = 20.0


class Line:
    """Subclasses keep what their page shows, from `take_state` and `take_push`."""

    def __init__(self, url: str, headers: dict[str, str], clock: Clock | None = None) -> None:
        self._url = url
        self._headers = headers
        self._clock = clock or SystemClock()
        self._ahead_ms = 0  # the server's clock, against ours
        self._socket: ClientConnection | None = None
        self._reader: asyncio.Task[None] | None = None
        self._receipts: dict[str, asyncio.Future[Frame]] = {}
        self._changed = asyncio.Condition()
        self.welcome: Frame = {}
        self.last: int | None = None
        self.is_over = False
        self.on_change: Callable[[], None] = lambda: None
        """Called with everything that came, before anybody who waits for it goes on."""

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()

    # ---- the socket ------------------------------------------------------------------------------

    async def open(self, **hello: Any) -> None:
        """Raises PeerError where nobody answers, CallerError where the server refuses the page."""
        try:
            self._socket = await connect(self._url, additional_headers=self._headers, max_size=None, proxy=None)
        except (OSError, InvalidHandshake, TimeoutError) as error:
            raise PeerError("nobody_answers", f"{self._url} does not answer: {error}.") from error
        self._reader = asyncio.create_task(self._read(), name="line")
        await self.send({"do": "hello", "since": self.last, **hello})
        if not await self.until(lambda: self.last is not None):
            raise PeerError("nobody_answers", "The server did not say where the talk stands.")

    async def close(self) -> None:
        if self._socket is not None:
            with contextlib.suppress(ConnectionClosed):
                await self._socket.close()
        if self._reader is not None:
            self._reader.cancel()
            await asyncio.gather(self._reader, return_exceptions=True)

    async def send(self, frame: Frame) -> None:
        assert self._socket is not None, "open comes first"
        try:
            await self._socket.send(msgspec.json.encode(frame).decode())
        except ConnectionClosed as error:
            raise PeerError("line_lost", "The connection was lost.") from error

    async def _read(self) -> None:
        assert self._socket is not None
        with contextlib.suppress(ConnectionClosed):
            async for text in self._socket:
                await self._take(msgspec.json.decode(text))
        self.is_over = True
        for waiting in self._receipts.values():
            if not waiting.done():
                waiting.set_exception(PeerError("line_lost", "The connection was lost."))
        await self._tell()

    async def _take(self, frame: Frame) -> None:
        match frame["is"]:
            case "welcome":
                self.welcome, self._ahead_ms = frame, frame["now"] - self._clock.now()
            case "state":
                self.last = frame["seq"]
                self.take_state(frame)
            case "push":
                self.last = frame["seq"]
                self.take_push(frame["push"])
            case "receipt" | "refused":
                self._answer(frame)
            case _:
                self.take_hint(frame)
        await self._tell()

    def _answer(self, frame: Frame) -> None:
        waiting = self._receipts.pop(frame["re"], None)
        if waiting is None or waiting.done():
            return
        if frame["is"] == "receipt":
            waiting.set_result(frame)
        else:
            waiting.set_exception(CallerError(frame["error"]["code"], frame["error"]["text"]))

    async def _tell(self) -> None:
        self.on_change()
        async with self._changed:
            self._changed.notify_all()

    def take_state(self, frame: Frame) -> None: ...
    def take_push(self, push: Frame) -> None: ...
    def take_hint(self, frame: Frame) -> None: ...

    # ---- asking and waiting ----------------------------------------------------------------------

    async def ask(self, do: str, **fields: Any) -> Frame:
        """One command, answered. Raises CallerError with the server's code where it is refused."""
        id = new_id(self._clock.now() + self._ahead_ms)
        waiting: asyncio.Future[Frame] = asyncio.get_running_loop().create_future()
        self._receipts[id] = waiting
        await self.send({"do": do, "id": id, **fields})
        try:
            async with asyncio.timeout(PATIENCE_S):
                return await waiting
        except TimeoutError:
            raise PeerError("nobody_answers", f"The server did not answer {do!r}.") from None
        finally:
            self._receipts.pop(id, None)

    async def until(self, holds: Callable[[], bool], patience_s: float = PATIENCE_S) -> bool:
        """Waits until the page shows it; False where it does not come, or the line is over."""
        try:
            async with asyncio.timeout(patience_s), self._changed:
                await self._changed.wait_for(lambda: holds() or self.is_over)
        except TimeoutError:
            return False
        return holds()

    async def keep_alive(self) -> None:
        """As pages do: a word now and then, so that nobody on the way closes the line."""
        while not self.is_over:
            await asyncio.sleep(PING_S)
            await self.send({"do": "ping"})


class Visitor(Line):
    """A customer's page: what they see of the talk."""

    def __init__(self, base: str, site: str = "main", clock: Clock | None = None) -> None:
        super().__init__(f"{_socket_base(base)}/widget/{site}/socket", {"Origin": base}, clock)
        self.contact: str | None = None
        self.stage = "none"
        self.place: int | None = None
        self.agent_name = ""
        self.messages: list[Frame] = []

    async def say(self, text: str) -> None:
        await self.ask("say", text=text)

    def heard(self) -> list[Frame]:
        """What the other side said."""
        return [message for message in self.messages if message["author"] in ("bot", "agent")]

    def take_state(self, frame: Frame) -> None:
        talk = frame["talk"]
        self.contact, self.messages = talk.get("contact"), list(talk.get("messages", []))
        self._stands(talk)

    def take_push(self, push: Frame) -> None:
        match push["kind"]:
            case "message_added":
                self.messages.append(push["message"])
            case "stage_changed":
                self.contact = push["contact"]
                self._stands(push)
            case _:
                pass  # what became of a message

    def take_hint(self, frame: Frame) -> None:
        if frame["is"] == "place":
            self.place = frame["place"]

    def _stands(self, talk: Frame) -> None:
        self.stage, self.agent_name, self.place = talk["stage"], talk.get("agent_name", ""), talk.get("place")


def _socket_base(base: str) -> str:
    """ws:// for http://, wss:// for https://."""
    if not base.startswith("http"):
        raise CallerError("address_wrong", "Write the server's address as http://host:port or https://host.")
    return base.rstrip("/").replace("http", "ws", 1)
