"""What `bench message` puts in place of parts, to see what those cost: a store that keeps nothing, a faster server."""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable
from typing import Any

from picows import WSFrame, WSListener, WSMsgType, WSTransport, WSUpgradeRequest, ws_create_server

from dryfly.ledger.store import Journal, JournalRow, Snapshot, WordRow

Message = dict[str, Any]
Asgi = Callable[[Message, Callable[[], Awaitable[Message]], Callable[[Message], Awaitable[None]]], Awaitable[None]]


class NullJournal(Journal):
    """Says that it is durable, at once, and forgets it."""

    async def append(self, rows: list[JournalRow], words: list[WordRow]) -> None:
        pass

    async def save_snapshot(self, snapshot: Snapshot) -> None:
        pass


class _Socket(WSListener):
    """One socket of picows, shown to a plain ASGI application as its own server would show it."""

    def __init__(self, app: Asgi, request: WSUpgradeRequest) -> None:
        self._app = app
        self._scope = _scope_of(request)
        self._arrived: deque[Message] = deque([{"type": "websocket.connect"}])
        self._waiting: asyncio.Future[None] | None = None
        self._transport: WSTransport

    def on_ws_connected(self, transport: WSTransport) -> None:
        self._transport = transport
        self._task = asyncio.create_task(self._serve())

    async def _serve(self) -> None:
        await self._app(self._scope, self._receive, self._send)

    def on_ws_frame(self, transport: WSTransport, frame: WSFrame) -> None:
        if frame.msg_type == WSMsgType.TEXT:
            self._arrive({"type": "websocket.receive", "text": frame.get_payload_as_utf8_text()})
        elif frame.msg_type == WSMsgType.CLOSE:
            transport.disconnect()

    def on_ws_disconnected(self, transport: WSTransport) -> None:
        self._arrive({"type": "websocket.disconnect", "code": 1005})

    def _arrive(self, message: Message) -> None:
        self._arrived.append(message)
        if self._waiting is not None and not self._waiting.done():
            self._waiting.set_result(None)

    async def _receive(self) -> Message:
        if not self._arrived:
            self._waiting = asyncio.get_running_loop().create_future()
            await self._waiting
        return self._arrived.popleft()

    async def _send(self, message: Message) -> None:
        if message["type"] == "websocket.send":
            self._transport.send(WSMsgType.TEXT, message["text"].encode())
        elif message["type"] == "websocket.close":
            self._transport.disconnect()


def _scope_of(request: WSUpgradeRequest) -> Message:
    return {
        "type": "websocket",
        "scheme": "ws",
        "path": request.path.decode(),
        "query_string": b"",
        "client": ("127.0.0.1", 0),
        "headers": [(name.lower().encode(), value.encode()) for name, value in request.headers.items()],
    }


async def serve_on_picows(app: Asgi, port: int) -> None:
    server = await ws_create_server(lambda request: _Socket(app, request), "127.0.0.1", port)
    await server.serve_forever()
