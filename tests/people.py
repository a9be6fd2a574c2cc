"""People who use a running Dryfly as their pages do: over the sockets, in their words.

`Visitor` is a customer's page, `AgentDesk` an agent's console. Each keeps what its screen would show from the
frames that it gets, and checks on the way that no push is missing.
"""

import asyncio
import contextlib
from collections.abc import Callable
from typing import Any

import msgspec
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed

from dryfly.platform.ids import new_id

Frame = dict[str, Any]
PATIENCE_S = 10.0


class Refused(Exception):
    """The server refused a command; `code` says why."""

    def __init__(self, error: Frame) -> None:
        super().__init__(f"{error['code']}: {error['text']}")
        self.code: str = error["code"]
        self.values: Frame = error["values"]


class Page:
    """One open page with its socket."""

    def __init__(self, url: str, headers: dict[str, str]) -> None:
        self._url = url
        self._headers = headers
        self._socket: ClientConnection | None = None
        self._reader: asyncio.Task[None] | None = None
        self._changed = asyncio.Condition()
        self._receipts: dict[str, Frame] = {}
        self.welcome: Frame = {}
        self.last: int | None = None
        self.bye: Frame | None = None
        self.clock_ms: Callable[[], int] = lambda: self._now
        self._now = 0
        self.gaps: list[tuple[int, int]] = []
        self.states_count = 0
        self._pongs_count = self._pongs_seen = 0

    # ---- the socket ----------------------------------------------------------------------------

    async def open(self, **hello: Any) -> None:
        self.bye = None
        self._socket = await connect(self._url, additional_headers=self._headers, max_size=None, proxy=None)
        self._reader = asyncio.create_task(self._read())
        await self.send({"do": "hello", "since": self.last, **hello})
        await self.until(lambda: self.welcome != {} and (self.last is not None or self.bye is not None))

    async def says_hello(self, **hello: Any) -> None:
        """Once more on the open socket. Raises Refused."""
        await self.send({"do": "hello", "since": self.last, **hello})
        await self.until(lambda: "" in self._receipts)
        raise Refused(self._receipts.pop("")["error"])

    async def lose_connection(self) -> None:
        """The network goes, without a word."""
        if self._socket is not None:
            self._socket.transport.abort()
        await self._end()

    async def close(self) -> None:
        if self._socket is not None:
            await self._socket.close()
        await self._end()

    async def _end(self) -> None:
        if self._reader is not None:
            self._reader.cancel()
            await asyncio.gather(self._reader, return_exceptions=True)

    async def send(self, frame: Frame | str | bytes) -> None:
        assert self._socket is not None
        await self._socket.send(msgspec.json.encode(frame).decode() if isinstance(frame, dict) else frame)

    async def _read(self) -> None:
        assert self._socket is not None
        with contextlib.suppress(ConnectionClosed):
            async for text in self._socket:
                async with self._changed:
                    self._take(msgspec.json.decode(text))
                    self._changed.notify_all()
        async with self._changed:
            self.bye = self.bye or {}
            self._changed.notify_all()

    def _take(self, frame: Frame) -> None:
        match frame["is"]:
            case "welcome":
                self.welcome, self._now = frame, frame["now"]
            case "state":
                self.last = frame["seq"]
                self.states_count += 1
                self.take_state(frame)
            case "push":
                if frame["prev"] != self.last:
                    self.gaps.append((frame["prev"], self.last or 0))
                self.last = frame["seq"]
                self.take_push(frame["push"])
            case "receipt" | "refused":
                self._receipts[frame["re"]] = frame
            case "bye":
                self.bye = frame
            case "pong":
                self._pongs_seen += 1
            case _:
                self.take_hint(frame)

    def take_state(self, frame: Frame) -> None: ...
    def take_push(self, push: Frame) -> None: ...
    def take_hint(self, frame: Frame) -> None: ...

    # ---- asking and waiting --------------------------------------------------------------------

    def new_id(self) -> str:
        return new_id(self.clock_ms())

    async def ask(self, do: str, id: str | None = None, **fields: Any) -> Frame:
        """One command, answered: the receipt. Raises Refused."""
        id = id or self.new_id()
        await self.send({"do": do, "id": id, **fields})
        await self.until(lambda: id in self._receipts)
        answer = self._receipts.pop(id)
        if answer["is"] == "refused":
            raise Refused(answer["error"])
        return answer

    async def has_seen_everything(self) -> None:
        """What was sent before now has arrived: frames keep their order."""
        self._pongs_count += 1
        wanted = self._pongs_count
        await self.send({"do": "ping"})
        await self.until(lambda: self._pongs_seen >= wanted)

    async def until(self, holds: Callable[[], bool], patience_s: float = PATIENCE_S) -> None:
        """Waits until the screen shows it."""
        async with self._changed:
            await asyncio.wait_for(self._changed.wait_for(holds), patience_s)


IN_LINE = ("waiting", "waiting_with_bot")
NO_LINE = {"place": None, "wait": None, "opens_at": None, "calls_back": False}


class Visitor(Page):
    """A customer on the company's page."""

    def __init__(self, base: str, site: str = "main", origin: str | None = None) -> None:
        host = base.removeprefix("http://")
        super().__init__(f"ws://{host}/widget/{site}/socket", {"Origin": origin or base})
        self.talk: Frame = {}
        self.typing_of: str | None = None
        self.hours: Frame = {}  # heard after the welcome

    async def comes(self, **hello: Any) -> "Visitor":
        resume = self.welcome.get("resume")
        await self.open(**{"resume": resume, "contact": self.talk.get("contact"), **hello})
        return self

    async def writes(self, text: str, **fields: Any) -> Frame:
        return await self.ask("say", text=text, **fields)

    @property
    def lines(self) -> list[tuple[str, str]]:
        """(who, what) of the whole talk, as far as somebody said it."""
        messages = self.talk.get("messages", [])
        return [(message["author"], message["text"]) for message in messages if message["author"] != "system"]

    @property
    def told(self) -> list[str]:
        """What the talk says by itself, each line as its code and whom it names."""
        lines = [message for message in self.talk.get("messages", []) if message["author"] == "system"]
        return [" ".join([message["code"], *map(str, message["values"].values())]) for message in lines]

    def heard(self, author: str) -> list[str]:
        return [text for who, text in self.lines if who == author]

    @property
    def stage(self) -> str:
        return str(self.talk.get("stage"))

    async def sees(self, text: str) -> None:
        await self.until(lambda: any(text in said for _, said in self.lines))

    async def answered(self, count: int) -> str:
        """The bot's newest word, once it has spoken `count` times."""
        await self.until(lambda: len(self.heard("bot")) >= count)
        return self.heard("bot")[-1]

    async def stands_at(self, stage: str) -> None:
        await self.until(lambda: self.stage == stage)

    def take_state(self, frame: Frame) -> None:
        self.talk = frame["talk"]

    def take_push(self, push: Frame) -> None:
        match push["kind"]:
            case "message_added":
                self.talk["messages"].append(push["message"])
            case "stage_changed":
                if not (push["stage"] in IN_LINE and self.talk["stage"] in IN_LINE):
                    self.talk.update(NO_LINE)
                self.talk.update({name: push[name] for name in ("stage", "agent_name", "place", "call")})
                self.talk["messages"] += [push["told"]] if push["told"] else []
            case _:
                pass

    def take_hint(self, frame: Frame) -> None:
        if frame["is"] == "typing":
            self.typing_of = frame["author"]
        elif frame["is"] == "place" and self.talk["stage"] in IN_LINE:
            self.talk.update({name: frame[name] for name in ("place", "wait", "opens_at", "calls_back")})
        elif frame["is"] == "hours":
            self.hours = frame


class Board:
    """The supervisor's floor, as web/words/src/floor.ts keeps it."""

    def __init__(self) -> None:
        self.at = 0
        self.counts: Frame = {}
        self.queues: dict[str, Frame] = {}
        self.agents: dict[str, Frame] = {}
        self.alerts: dict[str, Frame] = {}
        self.today: Frame = {}
        self.talks: Frame = {}

    def take(self, frame: Frame) -> None:
        if frame["whole"]:
            self.queues, self.agents = {}, {}
        self.at, self.counts = frame["at"], frame["counts"]
        self.queues |= {line["queue"]: line for line in frame["queues"]}
        self.agents |= {line["agent"]: line for line in frame["agents"]}
        for gone in frame["gone"]:
            self.queues.pop(gone, None)
            self.agents.pop(gone, None)

    @property
    def contacts(self) -> list[str]:
        return [talk["contact"] for talk in self.talks.get("talks", ())]


class AgentDesk(Page):
    """An agent at the console."""

    def __init__(self, base: str, cookie: str) -> None:
        host = base.removeprefix("http://")
        super().__init__(f"ws://{host}/desk/socket", {"Cookie": cookie, "Origin": base})
        self.desk: Frame = {}
        self.talks: dict[str, Frame] = {}
        self.offers: dict[str, Frame] = {}
        self.requests: dict[str, Frame] = {}
        self.messages: dict[str, list[Frame]] = {}
        self.notes: dict[str, list[Frame]] = {}
        self.facts: dict[str, dict[str, Frame]] = {}
        self.told: dict[str, list[str]] = {}
        self.surveys: dict[str, Frame] = {}
        self.board = Board()

    async def sits_down(self, *, ready: bool = True) -> "AgentDesk":
        await self.open()
        if ready:
            await self.ask("presence", presence="ready")
        return self

    async def looks_at_floor(self, **asked: Any) -> "AgentDesk":
        await self.send({"do": "look_at_floor", "talks": asked})
        await self.until(lambda: self.board.at > 0 and self.board.talks != {})
        return self

    async def is_offered(self, count: int = 1) -> Frame:
        await self.until(lambda: len(self.offers) >= count)
        return next(iter(self.offers.values()))

    async def takes(self, offer: Frame | None = None) -> str:
        """Accepts an offer; the contact that is now on the screen."""
        offer = offer or await self.is_offered()
        contact = str(offer["talk"]["contact"])
        await self.ask("accept", offer=offer["offer"])
        await self.until(lambda: contact in self.talks)
        return contact

    async def says(self, contact: str, text: str) -> Frame:
        return await self.ask("say", contact=contact, text=text)

    async def finishes(self, contact: str, disposition: str | None = "solved", note: str = "") -> None:
        await self.ask("finish", contact=contact)
        await self.ask("wrap_up", contact=contact, disposition=disposition, note=note)

    @property
    def on_duty(self) -> dict[str, str]:
        """Colleagues who are here, with their presence."""
        return {line["agent"]: line["presence"] for line in self.desk["on_duty"]}

    def titles(self, part: str) -> list[str]:
        """What the desk offers of a part of the set-up."""
        return [line["title"] for line in self.desk[part]]

    def said_in(self, contact: str) -> list[str]:
        return [message["text"] for message in self.messages.get(contact, [])]

    def take_state(self, frame: Frame) -> None:
        self.desk = frame["desk"]
        self.talks = {talk["contact"]: talk for talk in self.desk["talks"]}
        self.offers = {offer["offer"]: offer for offer in self.desk["offers"]}
        self.requests = {request["contact"]: request for request in self.desk["requests"]}

    def take_push(self, push: Frame) -> None:
        match push["kind"]:
            case "talk_changed":
                self.talks[push["talk"]["contact"]] = push["talk"]
                self.requests.pop(push["talk"]["contact"], None)
                if push["told"]:
                    self.told.setdefault(push["talk"]["contact"], []).append(push["told"]["code"])
            case "survey_taken":
                self.surveys[push["contact"]] = push["survey"]
            case "talk_merged":
                self.talks.pop(push["contact"], None)
                self.requests.pop(push["contact"], None)
                self.talks[push["talk"]["contact"]] = push["talk"]
            case "talk_gone":
                self.talks.pop(push["contact"], None)
            case "request_shown":
                self.requests[push["request"]["contact"]] = push["request"]
            case "request_gone":
                self.requests.pop(push["contact"], None)
            case "offer_shown":
                self.offers[push["offer"]["offer"]] = push["offer"]
            case "offer_gone":
                self.offers.pop(push["offer"], None)
            case "message_added":
                self.messages.setdefault(push["contact"], []).append(push["message"])
            case "note_added":
                self.notes.setdefault(push["contact"], []).append(push["note"])
            case "facts_learned":
                self.facts.setdefault(push["contact"], {}).update({fact["key"]: fact for fact in push["facts"]})
            case "presence_set":
                self.desk["presence"] = push["presence"]
            case _:
                pass

    def take_hint(self, frame: Frame) -> None:
        match frame["is"]:
            case "board":
                self.board.take(frame)
            case "today":
                self.board.today = frame["today"]
            case "alerts":
                self.board.alerts = {alert["alert"]: alert for alert in frame["alerts"]}
            case "floor_talks":
                self.board.talks = frame
            case "set_up":
                shown = {name: part for name, part in frame.items() if name in self.desk}
                self.desk |= shown | {"set_up": frame["version"]}
            case "on_duty":
                before = {} if frame["whole"] else self.on_duty
                here = before | {line["agent"]: line["presence"] for line in frame["came"]}
                lines = [{"agent": agent, "presence": here[agent]} for agent in sorted(here.keys() - frame["went"])]
                self.desk["on_duty"] = lines
            case _:
                pass
