"""Pages that come back by themselves, as the real ones do (web/words/src/connection.ts).

A command is kept until its answer is heard and sent again, with the same id, after each reconnect. What the page
shows comes from states and pushes alone; anything that a screen must never see is written down in `faults`.
"""

import asyncio
import contextlib
import random
import time
from collections import deque
from collections.abc import Awaitable, Callable
from typing import Any

import httpx
import msgspec
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import WebSocketException

from dryfly.platform.ids import new_id
from tests.people import AgentDesk, Frame, Page, Refused, Visitor

ANSWER_PATIENCE_S = 90.0
WELCOME_PATIENCE_S = 10.0
AGAIN_AFTER_S = 0.2

# "Send it again": the store was away, or the page was too quick.
FOR_NOW = {
    "store_unavailable", "history_recalled", "stopping", "overloaded", "database_unreachable", "too_many_requests",
}  # fmt: skip
# A page of ours never does that; to be told so is our fault.
NEVER = {"command_id_reused", "bad_command_id", "bad_frame", "command_from_future", "command_too_old", "hello_first"}


class Lasting(Page):
    """The socket's life. Derive together with `Visitor` or `AgentDesk`."""

    def __init__(self, *args: Any, backoff_s: tuple[float, float] = (0.1, 1.0), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.draw = random.Random(0)
        self.source: tuple[str, int] | None = None  # the address that this page comes from
        self.faults: list[str] = []
        self.diary: deque[tuple[float, str]] = deque(maxlen=60)  # what happened lately, for a test that failed
        self.delayed: set[str] = set()  # refused for now, and asked again later
        self.lives_count = 0
        self.unwelcomed_count = 0  # said hello, and heard nothing
        self.is_live = False
        self.also: list[Frame] = []  # said after each hello
        self._backoff_s = backoff_s
        self._offset_ms = 0
        self._outbox: dict[str, Frame] = {}
        self._answers: dict[str, asyncio.Future[Frame]] = {}
        self._waiting: list[tuple[Callable[[], bool], asyncio.Future[None]]] = []
        self._keeper: asyncio.Task[None] | None = None
        self._wire: ClientConnection | None = None
        self.clock_ms = lambda: time.time_ns() // 1_000_000 + self._offset_ms

    # ---- the socket ----------------------------------------------------------------------------

    def start(self) -> None:
        self._keeper = asyncio.create_task(self._keep())

    async def leave_page(self) -> None:
        if self._keeper is not None:
            self._keeper.cancel()
            await asyncio.gather(self._keeper, return_exceptions=True)
        if self._wire is not None:
            await self._wire.close()

    def cut(self) -> None:
        """The network goes, without a word."""
        if self._wire is not None:
            self._wire.transport.abort()

    def hello(self) -> Frame:
        return {"do": "hello", "since": self.last}

    async def _keep(self) -> None:
        failures = 0
        while self.bye is None:
            try:
                await self._live()
            except (OSError, WebSocketException, TimeoutError, EOFError) as error:
                self._note(f"lost: {error!r}")  # as networks are
            except Exception as error:
                self.faults.append(f"the page broke: {error!r}")
                raise
            else:
                self._note(f"closed: {self._wire and self._wire.close_code}")
            failures = 1 if self.is_live else failures + 1
            self.is_live = False
            longest = min(self._backoff_s[1], self._backoff_s[0] * 2 ** (failures - 1))
            await asyncio.sleep(longest * self.draw.uniform(0.5, 1.0))

    async def _live(self) -> None:
        async with connect(
            self._url, additional_headers=self._headers, max_size=None, proxy=None, compression=None,
            open_timeout=20, close_timeout=1, ping_interval=None, local_addr=self.source,
        ) as self._wire:  # fmt: skip
            for frame in [self.hello(), *self.also]:
                await self._wire.send(msgspec.json.encode(frame).decode())
            unwelcomed = asyncio.get_running_loop().call_later(WELCOME_PATIENCE_S, self._give_up, self._wire)
            async for text in self._wire:
                self._take(msgspec.json.decode(text))
                self._look()
                if self.is_live:
                    unwelcomed.cancel()

    def _give_up(self, wire: ClientConnection) -> None:
        if wire is self._wire and not self.is_live:
            self.unwelcomed_count += 1
            wire.transport.abort()

    def _note(self, what: str) -> None:
        self.diary.append((time.monotonic(), what))

    def _take(self, frame: Frame) -> None:
        if frame["is"] in ("welcome", "state", "refused", "bye"):
            self._note(f"heard {frame['is']} {frame.get('re', '')} {frame.get('error', '')}")
        match frame["is"]:
            case "receipt" | "refused":
                self._answered(frame)
            case "welcome":
                super()._take(frame)
                self._offset_ms = frame["now"] - time.time_ns() // 1_000_000
                self.is_live = True
                self.lives_count += 1
                for command in self._outbox.values():
                    self._send_now(command)
            case "bye":
                if not frame["again"]:
                    self.faults.append(f"sent away: {frame['error']}")
                    super()._take(frame)
            case "push":
                if frame["prev"] != self.last or frame["seq"] <= frame["prev"]:
                    self.faults.append(f"gap: has {self.last}, was sent {frame['prev']} -> {frame['seq']}")
                super()._take(frame)
            case _:
                super()._take(frame)

    # ---- asking and waiting --------------------------------------------------------------------

    def fresh_id(self) -> str:
        return new_id(self.clock_ms())

    async def ask(self, do: str, id: str | None = None, **fields: Any) -> Frame:
        """The receipt, however often the command has to be sent. Raises Refused."""
        return await self.asking(do, id, **fields)

    def asking(self, do: str, id: str | None = None, **fields: Any) -> Awaitable[Frame]:
        """Sends at once, and is awaited later."""
        id = id or self.fresh_id()
        answer: asyncio.Future[Frame] = asyncio.get_running_loop().create_future()
        self._outbox[id], self._answers[id] = {"do": do, "id": id, **fields}, answer
        if self.is_live:
            self._send_now(self._outbox[id])
        return self._receipt(id, answer)

    async def _receipt(self, id: str, answer: "asyncio.Future[Frame]") -> Frame:
        try:
            frame = await asyncio.wait_for(answer, ANSWER_PATIENCE_S)
        except TimeoutError:
            diary = "\n".join(f"{at:.2f} {what}" for at, what in self.diary)
            raise AssertionError(f"no answer to {self._outbox.get(id)}\n{diary}\n{self.faults}") from None
        if frame["is"] == "refused":
            raise Refused(frame["error"])
        return frame

    def _send_now(self, command: Frame) -> None:
        """Never waits: what a dead socket does not take goes out after the next welcome."""
        assert self._wire is not None
        self._note(f"sends {command['do']} {command['id']}")
        sending = asyncio.ensure_future(self._wire.send(msgspec.json.encode(command).decode()))
        sending.add_done_callback(_forget)

    def _answered(self, frame: Frame) -> None:
        id = frame["re"]
        if frame["is"] == "refused":
            code = frame["error"]["code"]
            if code in NEVER:
                self.faults.append(f"refused {self._outbox.get(id)}: {frame['error']}")
            if code in FOR_NOW and id in self._outbox:
                self.delayed.add(id)
                after_s = float(frame["error"]["values"].get("retry_after_s", AGAIN_AFTER_S))
                asyncio.get_running_loop().call_later(after_s, self._again, id)
                return
        self._outbox.pop(id, None)
        answer = self._answers.pop(id, None)
        if answer is not None and not answer.done():
            answer.set_result(frame)

    def _again(self, id: str) -> None:
        if id in self._outbox and self.is_live:
            self._send_now(self._outbox[id])

    async def until(self, holds: Callable[[], bool], patience_s: float = 30.0) -> None:
        if not holds():
            seen: asyncio.Future[None] = asyncio.get_running_loop().create_future()
            self._waiting.append((holds, seen))
            try:
                await asyncio.wait_for(seen, patience_s)
            finally:
                self._waiting = [(h, s) for h, s in self._waiting if s is not seen]

    def _look(self) -> None:
        for holds, seen in self._waiting:
            if not seen.done() and holds():
                seen.set_result(None)


def _forget(sending: "asyncio.Future[None]") -> None:
    if not sending.cancelled():
        sending.exception()


class LastingVisitor(Lasting, Visitor):
    def __init__(self, *args: Any, resume: str | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._resume = resume
        self._shown: set[str] = set()

    def hello(self) -> Frame:
        resume = self.welcome.get("resume") or self._resume
        return {**super().hello(), "resume": resume, "contact": self.talk.get("contact")}

    @property
    def resume(self) -> str:
        return str(self.welcome["resume"])

    def take_state(self, frame: Frame) -> None:
        """The state has the newest messages; older ones of the same talk stay on the screen."""
        before, talk = self.talk, frame["talk"]
        if talk["more_before"] and before.get("contact") == talk["contact"]:
            oldest = talk["messages"][0]["seq"]
            talk["messages"] = [m for m in before["messages"] if m["seq"] < oldest] + talk["messages"]
        super().take_state(frame)
        ids = [message["id"] for message in talk["messages"]]
        self._shown = set(ids)
        if len(ids) != len(self._shown):
            self.faults.append(f"a state shows a message twice: {ids}")

    def take_push(self, push: Frame) -> None:
        match push["kind"]:
            case "message_added":
                self._show(push["message"]["id"])
                super().take_push(push)
            case "delivery_changed":
                _deliver({message["id"]: message for message in self.talk["messages"]}, push)
            case _:
                super().take_push(push)

    def _show(self, id: str) -> None:
        if id in self._shown:
            self.faults.append(f"message {id} came twice")
        self._shown.add(id)


class LastingDesk(Lasting, AgentDesk):
    """Opens each talk that comes on the screen: its page is read once, and kept up by pushes."""

    def __init__(self, base: str, cookie: str, **kwargs: Any) -> None:
        super().__init__(base, cookie, **kwargs)
        self._http = httpx.AsyncClient(base_url=base, headers={"cookie": cookie}, timeout=10, trust_env=False)
        self._pushed: set[str] = set()
        self._reading: dict[str, asyncio.Task[None]] = {}
        self._deliveries: dict[str, Frame] = {}
        self.screens: dict[str, dict[str, Frame]] = {}  # the messages of each talk that was read, by id
        self.reads_talks = True

    async def leave_page(self) -> None:
        for task in self._reading.values():
            task.cancel()
        await asyncio.gather(*self._reading.values(), return_exceptions=True)
        await super().leave_page()
        await self._http.aclose()

    @property
    def is_settled(self) -> bool:
        return all(contact in self.screens for contact in self.talks)

    def take_state(self, frame: Frame) -> None:
        """What is read already may have holes now: it is read anew."""
        super().take_state(frame)
        self._pushed.clear()
        self._deliveries.clear()
        self.screens = {}
        for contact in self.talks:
            self._read_talk(contact)

    def take_push(self, push: Frame) -> None:
        super().take_push(push)
        match push["kind"]:
            case "talk_changed" if (contact := push["talk"]["contact"]) not in self.screens:
                self._read_talk(contact)
            case "message_added":
                self._show(push["contact"], push["message"])
            case "delivery_changed":
                self._deliveries[push["message"]] = push
                _deliver(self.screens.get(push["contact"], {}), push)
            case _:
                pass

    def _show(self, contact: str, message: Frame) -> None:
        if message["id"] in self._pushed:
            self.faults.append(f"message {message['id']} came twice")
        self._pushed.add(message["id"])
        if contact in self.screens:
            self.screens[contact][message["id"]] = message

    def _read_talk(self, contact: str) -> None:
        known = self._reading.get(contact)
        if self.reads_talks and (known is None or known.done()):
            self._reading[contact] = asyncio.create_task(self._read_until_done(contact))

    async def _read_until_done(self, contact: str) -> None:
        while contact in self.talks and contact not in self.screens:
            began = self.lives_count, len(self.messages.get(contact, ()))
            with contextlib.suppress(httpx.HTTPError, RuntimeError):  # RuntimeError: the page was left
                answer = await self._http.get(f"/api/talks/{contact}")
                if answer.status_code == 200 and self.lives_count == began[0]:
                    page = answer.json()
                    shown = {message["id"]: message for message in page["messages"]}
                    since = self.messages.get(contact, [])[began[1] :]
                    self.screens[contact] = shown | {m["id"]: m for m in since if m["seq"] > page["seq"]}
                    for id in self.screens[contact].keys() & self._deliveries.keys():
                        _deliver(self.screens[contact], self._deliveries[id])
                    self._look()
                    return
            await asyncio.sleep(0.1)

    async def fetched(self, contact: str) -> list[Frame]:
        answer = await self._http.get(f"/api/talks/{contact}")
        answer.raise_for_status()
        return list(answer.json()["messages"])


def _deliver(messages: dict[str, Frame], push: Frame) -> None:
    if push["message"] in messages:
        messages[push["message"]]["delivery"] = push["delivery"]
