"""An agent's desk as a stand-in has it: offers, talks, what is said in them. Over the console's own socket."""

import asyncio
import json
import urllib.request
from typing import Any

from dryfly.walk.line import Frame, Line

PAGE_S = 10


class Desk(Line):
    def __init__(self, base: str, cookie: str) -> None:
        super().__init__(f"{base.replace('http', 'ws', 1)}/desk/socket", {"Cookie": cookie, "Origin": base})
        self._base = base
        self._cookie = cookie
        self.offers: dict[str, Frame] = {}
        self.talks: dict[str, Frame] = {}
        self.heard: dict[str, list[Frame]] = {}  # by contact, since it is on the desk

    def take_state(self, frame: Frame) -> None:
        desk = frame["desk"]
        self.talks = {talk["contact"]: talk for talk in desk["talks"]}
        self.offers = {offer["offer"]: offer for offer in desk["offers"]}

    def take_push(self, push: Frame) -> None:
        match push["kind"]:
            case "talk_changed":
                self.talks[push["talk"]["contact"]] = push["talk"]
            case "talk_gone":
                self.talks.pop(push["contact"], None)
                self.heard.pop(push["contact"], None)
            case "offer_shown":
                self.offers[push["offer"]["offer"]] = push["offer"]
            case "offer_gone":
                self.offers.pop(push["offer"], None)
            case "message_added" if push["message"]["author"] == "customer":
                self.heard.setdefault(push["contact"], []).append(push["message"])
            case _:
                pass

    def is_serving(self, contact: str) -> bool:
        return self.talks.get(contact, {}).get("state") == "active"

    async def page(self, contact: str) -> Frame:
        """Everything about the talk, as the screen reads it when it is opened."""
        return await asyncio.to_thread(self._fetch, f"/api/talks/{contact}")

    def _fetch(self, path: str) -> Any:
        request = urllib.request.Request(self._base + path, headers={"Cookie": self._cookie})
        with urllib.request.urlopen(request, timeout=PAGE_S) as answer:
            return json.load(answer)
