"""Every answer has an id, keeps foreign pages out, and tells a mistake with a code and what to do."""

import asyncio
import json
from collections.abc import AsyncIterator, Iterator
from typing import Any

import httpx
import msgspec
import pytest
import structlog
from litestar import Litestar, get, post
from litestar.params import FromPath, JSONBody

from dryfly.platform.clock import HandClock
from dryfly.platform.errors import CallerError, PeerError
from dryfly.platform.http import ERROR_HANDLERS, Edge, operator_routes
from dryfly.platform.telemetry import Health, Metrics, set_up_logging


class Greeting(msgspec.Struct):
    name: str
    times: int = 1


@post("/greet")
async def greet(data: JSONBody[Greeting]) -> str:
    return data.name * data.times


@get("/fail/{how:str}")
async def fail(how: FromPath[str]) -> None:
    raise {
        "caller": CallerError("too_loud", "Speak softly.", status=409, decibels=90),
        "peer": PeerError("crm_silent", "The CRM at 10.0.0.1 does not answer."),
        "us": RuntimeError("the secret inside"),
    }[how]


@pytest.fixture
def health() -> Health:
    return Health()


@pytest.fixture
async def browser(health: Health, hand_clock: HandClock) -> AsyncIterator[httpx.AsyncClient]:
    metrics = Metrics()
    app = Litestar(
        [greet, fail, *operator_routes(health, metrics)],
        exception_handlers=ERROR_HANDLERS,
        request_max_body_size=1000,
        logging_config=None,
    )

    def framed_by(path: str) -> str:
        return "https://shop.example" if path.startswith("/greet") else "'none'"

    edge: Any = Edge(app, hand_clock, metrics, frame_ancestors_of=framed_by)
    async with httpx.AsyncClient(transport=httpx.ASGITransport(edge), base_url="https://dryfly.test") as client:
        yield client


def error_of(answer: httpx.Response) -> tuple[int, str, str, dict[str, Any]]:
    error = answer.json()["error"]
    assert set(error) == {"code", "text", "values"}
    return answer.status_code, error["code"], error["text"], error["values"]


async def test_a_callers_mistake_is_told_with_its_code(browser: httpx.AsyncClient) -> None:
    answer = await browser.get("/fail/caller")
    assert error_of(answer) == (409, "too_loud", "Speak softly.", {"decibels": 90})


async def test_a_peers_failure_may_be_tried_again_and_tells_no_address(browser: httpx.AsyncClient) -> None:
    answer = await browser.get("/fail/peer")
    assert error_of(answer)[:2] == (503, "crm_silent")
    assert answer.headers["retry-after"]
    assert "10.0.0.1" not in answer.text


async def test_our_own_mistake_tells_nothing_of_the_inside(browser: httpx.AsyncClient) -> None:
    answer = await browser.get("/fail/us")
    assert error_of(answer)[:2] == (500, "internal_error")
    assert "secret" not in answer.text


@pytest.mark.parametrize(
    ("body", "status", "code", "told"),
    [
        (b'{"name": "Ada", "times": "often"}', 400, "invalid_request", "times"),
        (b"{}", 400, "invalid_request", "name"),
        (b"{name", 400, "invalid_request", "malformed"),
        (b'{"name": "' + b"a" * 2000 + b'"}', 413, "request_too_large", ""),
    ],
)
async def test_input_that_does_not_fit_is_refused_with_where(
    browser: httpx.AsyncClient, body: bytes, status: int, code: str, told: str
) -> None:
    found = error_of(await browser.post("/greet", content=body, headers={"content-type": "application/json"}))
    assert found[:2] == (status, code)
    assert told in found[2].lower()


async def test_what_is_not_there_and_what_may_not_be_done(browser: httpx.AsyncClient) -> None:
    assert error_of(await browser.get("/nowhere"))[:2] == (404, "not_found")
    assert error_of(await browser.get("/greet"))[:2] == (405, "method_not_allowed")


@pytest.mark.parametrize("path", ["/health", "/nowhere", "/fail/us"])
async def test_every_answer_keeps_foreign_pages_and_scripts_out(browser: httpx.AsyncClient, path: str) -> None:
    headers = (await browser.get(path)).headers
    policy = headers["content-security-policy"]
    assert "script-src 'self';" in policy
    assert "frame-ancestors 'none'" in policy
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["strict-transport-security"]
    assert len(headers["x-request-id"]) == 26


async def test_a_page_made_to_be_framed_names_who_may(browser: httpx.AsyncClient) -> None:
    answer = await browser.post("/greet", json={"name": "Ada"})
    assert "frame-ancestors https://shop.example" in answer.headers["content-security-policy"]


@pytest.fixture
def json_log() -> Iterator[None]:
    set_up_logging("info", "json")
    yield
    structlog.reset_defaults()


@pytest.mark.usefixtures("json_log")
async def test_the_log_names_the_request_and_not_its_query(
    browser: httpx.AsyncClient, capsys: pytest.CaptureFixture[str]
) -> None:
    answer = await browser.get("/fail/peer?token=secret")
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert {line["request"] for line in lines} == {answer.headers["x-request-id"]}
    assert [(line["event"], line.get("path"), line.get("status")) for line in lines] == [
        ("peer_failed", None, None),
        ("request", "/fail/peer", 503),
    ]
    assert "secret" not in str(lines)


async def test_ready_names_the_part_that_is_not(browser: httpx.AsyncClient, health: Health) -> None:
    async def well() -> None:
        return None

    async def broken() -> str:
        raise ConnectionError("refused")

    async def full() -> str:
        return "postgres_disk_full"

    health.add("journal", well)
    answer = await browser.get("/ready")
    assert (answer.status_code, answer.json()) == (200, {"ready": True, "complaints": {"journal": None}})
    health.add("database", full)
    health.add("bus", broken)
    answer = await browser.get("/ready")
    assert answer.status_code == 503
    assert answer.json()["complaints"] == {"journal": None, "database": "postgres_disk_full", "bus": "refused"}


async def test_a_part_that_never_answers_is_not_waited_for(health: Health, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dryfly.platform.telemetry.PROBE_TIMEOUT_S", 0.01)

    async def silent() -> None:
        await asyncio.Event().wait()

    health.add("database", silent)
    assert not (await health.report()).ready


async def test_metrics_count_what_was_answered(browser: httpx.AsyncClient) -> None:
    await browser.get("/nowhere")
    answer = await browser.get("/metrics")
    assert 'dryfly_http_seconds_count{method="GET",status="404"} 1.0' in answer.text
