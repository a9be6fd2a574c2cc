"""What the widget asks for over HTTP, for pages of other origins (Fetch standard, CORS protocol).

A company's page lies elsewhere than Dryfly, so its browser asks before it sends a file here, and hides the
answer from the page unless we name its origin. We name those that may open the site's widget, and no others.
"""

from collections.abc import Callable

from dryfly.channels.web.api import RESUME_HEADER
from dryfly.platform.errors import CallerError
from dryfly.platform.security import header_of, require_origin
from dryfly.platform.sockets import Receive, Scope, Send

KEPT_S = b"600"
ASKED = ("attachments", "look", "transcript", "invited", "call")  # below /widget/{site}/

OriginsOf = Callable[[str], tuple[str, ...]]


class WidgetFiles:
    """Wraps the HTTP application: only what pages ask for (`ASKED`) is touched."""

    def __init__(self, app: Callable[[Scope, Receive, Send], object], origins_of: OriginsOf) -> None:
        self._app = app
        self._origins_of = origins_of

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        origin = self._named_origin(scope)
        if origin is None:
            await self._app(scope, receive, send)  # type: ignore[misc]
        elif scope["method"] == "OPTIONS":
            await send({"type": "http.response.start", "status": 204, "headers": [*_named(origin), *_allowed()]})
            await send({"type": "http.response.body"})
        else:
            await self._app(scope, receive, _naming(send, origin))  # type: ignore[misc]

    def _named_origin(self, scope: Scope) -> str | None:
        """The origin to be named in the answer, where there is one and it may open the widget."""
        parts = str(scope.get("path", "")).split("/")
        if scope["type"] != "http" or len(parts) < 4 or parts[1] != "widget" or parts[3] not in ASKED:
            return None
        try:
            require_origin(scope, self._origins_of(parts[2]))
        except CallerError:
            return None
        return header_of(scope, "origin")


def _named(origin: str) -> list[tuple[bytes, bytes]]:
    return [
        (b"access-control-allow-origin", origin.encode("latin-1")),
        (b"vary", b"origin"),
        (b"cross-origin-resource-policy", b"cross-origin"),
    ]


def _allowed() -> list[tuple[bytes, bytes]]:
    return [
        (b"access-control-allow-methods", b"GET, POST"),
        (b"access-control-allow-headers", f"content-type, {RESUME_HEADER}".encode()),
        (b"access-control-max-age", KEPT_S),
    ]


def _naming(send: Send, origin: str) -> Send:
    async def send_named(message: dict[str, object]) -> None:
        if message["type"] == "http.response.start":
            message["headers"] = [*message.get("headers", ()), *_named(origin)]  # type: ignore[misc]
        await send(message)

    return send_named
