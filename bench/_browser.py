"""A browser that does what it is told, and is not watched while it does it.

Whoever drives a page through its inspector (as Playwright does) makes it slower than anybody will ever see it: each
`Error` that a script makes has its stack looked up, for which the whole script is read once more, on the main thread.
Here a page is only told: go there, be slow, take this key, and say what you have noted.
"""

import asyncio
import itertools
import json
import shutil
from asyncio.subprocess import DEVNULL
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from websockets.asyncio.client import ClientConnection, connect

BROWSERS = ("chromium", "chromium-browser", "google-chrome")
STARTS_WITHIN_S = 60.0
CALM_S = 3.0
ARGUMENTS = ("--headless", "--no-sandbox", "--remote-debugging-port=0", "--no-first-run", "--disable-gpu")


def found() -> str:
    return next(filter(None, map(shutil.which, BROWSERS)))


class Told:
    """The line to a browser or, with a session, to one of its pages."""

    def __init__(self, line: ClientConnection) -> None:
        self._line = line
        self._ids = itertools.count(1)
        self._answers: dict[int, asyncio.Future[dict[str, Any]]] = {}

    async def hear(self) -> None:
        async for text in self._line:
            frame = json.loads(text)
            if answer := self._answers.pop(frame.get("id"), None):
                answer.set_result(frame)

    async def do(self, method: str, params: Mapping[str, Any] | None = None, session: str = "") -> dict[str, Any]:
        number = next(self._ids)
        self._answers[number] = asyncio.get_running_loop().create_future()
        of_page = {"sessionId": session} if session else {}
        await self._line.send(json.dumps({"id": number, "method": method, "params": params or {}, **of_page}))
        told = await self._answers[number]
        assert "error" not in told, told
        result: dict[str, Any] = told["result"]
        return result


class Page:
    def __init__(self, told: Told, target: str, session: str) -> None:
        self._told = told
        self._target = target
        self._session = session

    async def do(self, method: str, **params: Any) -> dict[str, Any]:
        return await self._told.do(method, params, self._session)

    async def says(self, script: str) -> Any:
        """What the script, or the promise that it makes, comes to."""
        told = await self.do("Runtime.evaluate", expression=script, awaitPromise=True, returnByValue=True)
        assert "exceptionDetails" not in told, told
        return told["result"].get("value")

    async def presses(self, key: str) -> None:
        for kind in ("rawKeyDown", "keyUp"):
            await self.do("Input.dispatchKeyEvent", type=kind, key=key, code=key)

    async def close(self) -> None:
        await self._told.do("Target.closeTarget", {"targetId": self._target})


class Browser:
    def __init__(self, told: Told) -> None:
        self._told = told

    async def keeps(self, cookie: str, url: str) -> None:
        name, _, value = cookie.partition("=")
        kept = {"name": name, "value": value, "url": url, "httpOnly": True}
        await self._told.do("Storage.setCookies", {"cookies": [kept]})

    async def page(self) -> Page:
        """An empty one, before somebody's eyes."""
        target = (await self._told.do("Target.createTarget", {"url": "about:blank"}))["targetId"]
        session = (await self._told.do("Target.attachToTarget", {"targetId": target, "flatten": True}))["sessionId"]
        page = Page(self._told, target, session)
        await page.do("Emulation.setFocusEmulationEnabled", enabled=True)
        return page


@asynccontextmanager
async def browser(folder: Path) -> AsyncIterator[Browser]:
    """With its profile in this folder, and calm: what a browser does when it has just begun is no part of a page."""
    arguments = [*ARGUMENTS, f"--user-data-dir={folder}"]
    process = await asyncio.create_subprocess_exec(found(), *arguments, stdout=DEVNULL, stderr=DEVNULL)
    try:
        async with connect(await _address(folder / "DevToolsActivePort"), max_size=None) as line:
            told = Told(line)
            hearing = asyncio.create_task(told.hear())
            await asyncio.sleep(CALM_S)
            yield Browser(told)
            await told.do("Browser.close")
            hearing.cancel()
        async with asyncio.timeout(STARTS_WITHIN_S):
            await process.wait()
    finally:
        if process.returncode is None:
            process.kill()


async def _address(file: Path) -> str:
    """The browser writes it there when it listens."""
    async with asyncio.timeout(STARTS_WITHIN_S):
        while not file.exists() or len(told := file.read_text().split()) < 2:  # noqa: ASYNC110 - the browser writes it when it is up, and tells nobody
            await asyncio.sleep(0.05)
    return f"ws://127.0.0.1:{told[0]}{told[1]}"
