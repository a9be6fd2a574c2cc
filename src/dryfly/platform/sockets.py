"""Web sockets as every room serves them: a plain ASGI application, so that the server may be changed.

A socket has an outbox with a limit. Whoever has something for the reader puts it there and goes on; a task
that lives only while there is something to send carries it. A reader who does not take what is sent loses
the socket, and resumes with its last number when it comes back. So no slow reader ever holds up a message.
"""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable
from typing import Any

import msgspec

from dryfly.platform.errors import CallerError, PeerError
from dryfly.platform.frames import Bye, ErrorBody, Refused

Scope = dict[str, Any]
Receive = Callable[[], Awaitable[dict[str, Any]]]
Send = Callable[[dict[str, Any]], Awaitable[None]]

FRAME_BYTES_MAX = 64 * 1024
OUTBOX_FRAMES_MAX = 2_000
OUTBOX_BYTES_MAX = 4 * 1024 * 1024

# Close codes: 4000-4999 are the application's own (RFC 6455 section 7.4.2).
CLOSE_BAD_FRAME = 4400
CLOSE_SIGNED_OUT = 4401
CLOSE_FORBIDDEN = 4403
CLOSE_SLOW = 4408
CLOSE_FLOOD = 4429
CLOSE_AGAIN = 4503  # come back: the server restarts, or the store was away

# How uvicorn serves sockets. Compression would cost each idle socket 40 KiB for frames of some hundred bytes.
SERVING: dict[str, Any] = {"ws_per_message_deflate": False, "ws_max_size": 16 * FRAME_BYTES_MAX}

_encode = msgspec.json.Encoder().encode


class Outbox:
    """What waits to be sent on one socket, in order."""

    __slots__ = ("_bytes", "_close", "_frames", "_send", "_task", "is_closed")

    def __init__(self, send: Send) -> None:
        self._send = send
        self._frames: deque[bytes] = deque()
        self._bytes = 0
        self._task: asyncio.Task[None] | None = None
        self._close: int | None = None
        self.is_closed = False

    def put(self, frame: bytes) -> bool:
        """False: the reader is too slow, the socket is being cut off."""
        if self.is_closed:
            return False
        if len(self._frames) >= OUTBOX_FRAMES_MAX or self._bytes + len(frame) > OUTBOX_BYTES_MAX:
            self._frames.clear()
            self.close(
                CLOSE_SLOW, "slow_reader", "You did not take what was sent: say hello again with your last number."
            )
            return False
        self._frames.append(frame)
        self._bytes += len(frame)
        self._carry()
        return True

    def say(self, frame: msgspec.Struct) -> bool:
        return self.put(_encode(frame))

    def close(self, code: int, reason: str = "", text: str = "", *, again: bool = True) -> None:
        """Says why, then closes. What waits before it is still sent."""
        if self.is_closed:
            return
        if reason:
            self._frames.append(_encode(Bye(ErrorBody(reason, text), again)))
        self.is_closed = True
        self._close = code
        self._carry()

    def _carry(self) -> None:
        if self._task is None:
            self._task = asyncio.create_task(self._send_all())

    async def _send_all(self) -> None:
        try:
            while self._frames:
                frame = self._frames.popleft()
                self._bytes -= len(frame)
                await self._send({"type": "websocket.send", "text": frame.decode()})
            if self._close is not None:
                await self._send({"type": "websocket.close", "code": self._close})
        except Exception:  # the peer is gone: whatever the server raises for it, nobody reads this any more
            self.is_closed = True
            self._frames.clear()
        finally:
            self._task = None


class Conversation:
    """One open socket, as a room sees it. Derive, and give `take`; `over` is always called at the end."""

    __slots__ = ("outbox",)

    def __init__(self, outbox: Outbox) -> None:
        self.outbox = outbox

    async def take(self, frame: bytes) -> None:
        """One frame of the client. CallerError and PeerError are answered, and the socket stays open."""
        raise NotImplementedError

    def over(self) -> None:
        """The socket is gone."""


async def converse(
    receive: Receive, send: Send, begin: Callable[[Outbox], Conversation], subprotocol: str | None = None
) -> None:
    """Accepts the socket and hands its frames to the conversation until it ends."""
    message = await receive()
    assert message["type"] == "websocket.connect"
    await send({"type": "websocket.accept", "subprotocol": subprotocol})
    outbox = Outbox(send)
    conversation = begin(outbox)
    try:
        while True:
            message = await receive()
            if message["type"] == "websocket.disconnect":
                return
            text = message.get("text")
            frame = message.get("bytes") or b"" if text is None else text.encode()
            if outbox.is_closed:
                continue
            if len(frame) > FRAME_BYTES_MAX:
                outbox.close(1009, "frame_too_large", f"A frame has at most {FRAME_BYTES_MAX} bytes.", again=False)
                continue
            await _take(conversation, frame)
    finally:
        outbox.is_closed = True
        conversation.over()


async def _take(conversation: Conversation, frame: bytes) -> None:
    try:
        await conversation.take(frame)
    except CallerError as error:
        conversation.outbox.say(Refused(_id_of(frame), ErrorBody(error.code, error.text, error.values)))
    except PeerError as error:
        _put_off(conversation.outbox, _id_of(frame), error)
    except msgspec.DecodeError as error:
        text = f"This frame cannot be read: {error}"
        conversation.outbox.say(Refused(_id_of(frame), ErrorBody("bad_frame", text)))


def _put_off(outbox: Outbox, id: str, error: PeerError) -> None:
    """A command can be sent again on this socket; a hello that failed begins with another one."""
    if id:
        outbox.say(Refused(id, ErrorBody(error.code, error.text)))
    else:
        outbox.close(CLOSE_AGAIN, error.code, error.text)


class _Named(msgspec.Struct):
    id: str = ""


def _id_of(frame: bytes) -> str:
    """The id of a frame that may be malformed, so that its sender knows which one was refused."""
    try:
        return msgspec.json.decode(frame, type=_Named).id
    except msgspec.DecodeError:
        return ""


async def refuse(receive: Receive, send: Send, code: int, reason: str, text: str) -> None:
    """Accepts, says why not, and closes: a page cannot read the status of a refused handshake."""
    await receive()
    await send({"type": "websocket.accept"})
    await send({"type": "websocket.send", "text": _encode(Bye(ErrorBody(reason, text), code == CLOSE_AGAIN)).decode()})
    await send({"type": "websocket.close", "code": code})
