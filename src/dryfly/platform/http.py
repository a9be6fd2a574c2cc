"""What every HTTP answer has in common, whoever gives it.

- Errors go out as {"error": {"code", "text", "values"}}: the caller's mistakes with their code, a peer's failure
  as 503, ours as 500 without a word about the inside.
- `Edge` wraps the whole application: it gives each request an id, which is in every line logged meanwhile and
  in the answer, and sets the headers that keep foreign pages and scripts out.
- `/health` says that the process lives, `/ready` that it can serve, `/metrics` what it counts.
"""

import time
from collections.abc import Callable, Mapping
from typing import Any

import structlog
from asyncpg import CharacterNotInRepertoireError
from litestar import MediaType, Request, Response, get
from litestar.enums import ScopeType
from litestar.exceptions import HTTPException
from litestar.handlers import HTTPRouteHandler
from litestar.types import ASGIApp, ExceptionHandlersMap, HTTPScope, Message, Receive, Scope, Send

from dryfly.platform.clock import Clock
from dryfly.platform.errors import CallerError, ErrorValue, PeerError
from dryfly.platform.ids import new_id
from dryfly.platform.telemetry import METRICS_TYPE, Health, HealthReport, Metrics

log = structlog.get_logger(__name__)

_CODES = {
    400: "invalid_request",
    401: "not_signed_in",
    403: "not_allowed",
    404: "not_found",
    405: "method_not_allowed",
    413: "request_too_large",
    415: "media_type_unsupported",
    429: "too_many_requests",
}
_PROBES = frozenset({"/health", "/ready", "/metrics"})


# ---- errors ------------------------------------------------------------------------------------


def error_body(code: str, text: str, values: Mapping[str, ErrorValue] | None = None) -> dict[str, Any]:
    return {"error": {"code": code, "text": text, "values": dict(values or {})}}


def _caller_error(_: Request[Any, Any, Any], error: CallerError) -> Response[Any]:
    return Response(error_body(error.code, error.text, error.values), status_code=error.status)


def _peer_error(_: Request[Any, Any, Any], error: PeerError) -> Response[Any]:
    log.warning("peer_failed", code=error.code, text=error.text)
    text = "Something that Dryfly needs does not answer. Try again in a moment."
    return Response(error_body(error.code, text), status_code=503, headers={"retry-after": "2"})


def _framework_error(_: Request[Any, Any, Any], error: HTTPException) -> Response[Any]:
    code = _CODES.get(error.status_code, "invalid_request" if error.status_code < 500 else "internal_error")
    return Response(
        error_body(code, _sentence(error), {"where": _where(error)}),
        status_code=error.status_code,
        headers=error.headers,
    )


def _no_text(_: Request[Any, Any, Any], error: CharacterNotInRepertoireError) -> Response[Any]:
    """A zero byte in an address, which the database takes for no text."""
    return Response(error_body("invalid_request", "There is a character in it that no text has."), status_code=400)


def _our_error(_: Request[Any, Any, Any], error: Exception) -> Response[Any]:
    log.error("request_broke", exc_info=error)
    return Response(error_body("internal_error", "Something broke on our side. It was written down."), status_code=500)


def _sentence(error: HTTPException) -> str:
    """What is wrong with the input, field by field, where the framework knows it."""
    extra = error.extra if isinstance(error.extra, list) else []
    parts = [f"{part.get('key', 'body')}: {part['message']}" for part in extra if "message" in part]
    return "; ".join(parts) or error.detail


def _where(error: HTTPException) -> str | None:
    extra = error.extra if isinstance(error.extra, list) else []
    return next((part["key"] for part in extra if "key" in part), None)


ERROR_HANDLERS: ExceptionHandlersMap = {
    CallerError: _caller_error,
    PeerError: _peer_error,
    CharacterNotInRepertoireError: _no_text,
    HTTPException: _framework_error,
    Exception: _our_error,
}
"""For Litestar(exception_handlers=...)."""


# ---- the edge ----------------------------------------------------------------------------------


def security_headers(frame_ancestors: str = "'none'") -> dict[str, str]:
    """`frame_ancestors`: who may show our pages within theirs, as the policy spells it."""
    policy = {
        "default-src": "'none'",
        "script-src": "'self'",
        "style-src": "'self'",
        "img-src": "'self' data: blob:",
        "font-src": "'self'",
        "media-src": "'self' blob:",
        "connect-src": "'self'",
        "manifest-src": "'self'",
        "worker-src": "'self'",
        "form-action": "'self'",
        "base-uri": "'none'",
        "frame-ancestors": frame_ancestors,
    }
    return {
        "content-security-policy": "; ".join(f"{name} {value}" for name, value in policy.items()),
        "x-content-type-options": "nosniff",
        "referrer-policy": "strict-origin-when-cross-origin",
        "cross-origin-opener-policy": "same-origin",
        "permissions-policy": "camera=(), geolocation=(), microphone=(self)",
    }


class Edge:
    """The outermost layer. `frame_ancestors_of` says, by path, who may frame a page (default: nobody)."""

    def __init__(
        self,
        app: ASGIApp,
        clock: Clock,
        metrics: Metrics,
        *,
        frame_ancestors_of: Callable[[str], str] = lambda path: "'none'",
    ) -> None:
        self._app = app
        self._clock = clock
        self._frame_ancestors_of = frame_ancestors_of
        self._seconds = metrics.seconds("http", "Time to answer a request.", ["method", "status"])

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != ScopeType.HTTP:
            await self._app(scope, receive, send)
            return
        request_id = new_id(self._clock.now())
        with structlog.contextvars.bound_contextvars(request=request_id):
            await self._answer(scope, receive, send, request_id)

    async def _answer(self, scope: HTTPScope, receive: Receive, send: Send, request_id: str) -> None:
        began = time.perf_counter()
        status = 500
        headers = [(b"x-request-id", request_id.encode()), *self._headers_for(scope)]

        async def send_dressed(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                message["headers"] = _merged(message.get("headers", ()), headers)
            await send(message)

        try:
            await self._app(scope, receive, send_dressed)
        finally:
            took_s = time.perf_counter() - began
            self._seconds.labels(scope["method"], status).observe(took_s)
            if scope["path"] not in _PROBES:  # and never the query: it may hold a secret
                log.info("request", method=scope["method"], path=scope["path"], status=status, ms=round(took_s * 1000))

    def _headers_for(self, scope: HTTPScope) -> list[tuple[bytes, bytes]]:
        headers = security_headers(self._frame_ancestors_of(scope["path"]))
        if scope["scheme"] == "https":
            headers["strict-transport-security"] = "max-age=31536000"
        return [(name.encode(), value.encode()) for name, value in headers.items()]


def _merged(own: Any, common: list[tuple[bytes, bytes]]) -> list[tuple[bytes, bytes]]:
    """What a handler set itself stands."""
    names = {name.lower() for name, _ in own}
    return [*own, *((name, value) for name, value in common if name not in names)]


# ---- for operators -----------------------------------------------------------------------------


def operator_routes(health: Health, metrics: Metrics) -> list[HTTPRouteHandler]:
    """GET /health, /ready and /metrics."""

    @get("/health", include_in_schema=False)
    async def alive() -> dict[str, bool]:
        return {"alive": True}

    @get("/ready", include_in_schema=False)
    async def ready() -> Response[HealthReport]:
        report = await health.report()
        return Response(report, status_code=200 if report.ready else 503)

    @get("/metrics", include_in_schema=False, media_type=MediaType.TEXT)
    async def numbers() -> Response[bytes]:
        return Response(metrics.render(), headers={"content-type": METRICS_TYPE})

    return [alive, ready, numbers]
