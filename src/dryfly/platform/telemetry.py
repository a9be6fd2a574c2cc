"""What operators see: logs, metrics, health, traces.

Logs are events with values, never sentences with values inside, and never what a customer said. A request's id
is bound to everything that is logged while it is served.
"""

import asyncio
import logging
import sys
from collections.abc import Awaitable, Callable, Sequence
from typing import Any, Literal

import msgspec
import structlog
from opentelemetry import trace
from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.exposition import CONTENT_TYPE_LATEST

METRICS_TYPE = CONTENT_TYPE_LATEST
PROBE_TIMEOUT_S = 2.0
SECONDS_BUCKETS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0)

tracer = trace.get_tracer("dryfly")
"""Does nothing until an operator installs the OpenTelemetry SDK."""


def set_up_logging(level: str = "info", format: Literal["console", "json"] = "console") -> None:
    """For this process, once, before it says anything. Libraries' own logs take the same way."""
    shared: list[Any] = [
        structlog.contextvars.merge_contextvars,
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    # Tracebacks without the values of variables: those are passwords, and words of customers.
    plain_traceback = structlog.dev.plain_traceback
    last: list[Any] = [structlog.dev.ConsoleRenderer(sys.stdout.isatty(), exception_formatter=plain_traceback)]
    if format == "json":
        bare = structlog.tracebacks.ExceptionDictTransformer(show_locals=False)
        last = [structlog.processors.ExceptionRenderer(bare), structlog.processors.JSONRenderer()]
    least = logging.getLevelNamesMapping()[level.upper()]
    structlog.configure(processors=[*shared, *last], wrapper_class=structlog.make_filtering_bound_logger(least))
    plain = structlog.stdlib.ProcessorFormatter.remove_processors_meta
    handler = logging.StreamHandler()
    handler.setFormatter(structlog.stdlib.ProcessorFormatter(foreign_pre_chain=shared, processors=[plain, *last]))
    logging.basicConfig(handlers=[handler], level=max(least, logging.WARNING), force=True)


class Metrics:
    """The process's numbers, in Prometheus' form. Names begin with `dryfly_` and end with their unit."""

    def __init__(self) -> None:
        self._registry = CollectorRegistry()

    def counter(self, name: str, help: str, labels: Sequence[str] = ()) -> Counter:
        return Counter(f"dryfly_{name}", help, labels, registry=self._registry)

    def gauge(self, name: str, help: str, labels: Sequence[str] = ()) -> Gauge:
        return Gauge(f"dryfly_{name}", help, labels, registry=self._registry)

    def seconds(self, name: str, help: str, labels: Sequence[str] = ()) -> Histogram:
        return Histogram(f"dryfly_{name}_seconds", help, labels, registry=self._registry, buckets=SECONDS_BUCKETS)

    def render(self) -> bytes:
        return generate_latest(self._registry)


Probe = Callable[[], Awaitable[str | None]]
"""Says what is wrong, or None."""


class HealthReport(msgspec.Struct, frozen=True):
    """`complaints` by part; a part that is well is named with None."""

    ready: bool
    complaints: dict[str, str | None]


class Health:
    """Whether we can serve: every part that serving needs has a probe here."""

    def __init__(self) -> None:
        self._probes: dict[str, Probe] = {}

    def add(self, part: str, probe: Probe) -> None:
        assert part not in self._probes, f"two probes for {part}"
        self._probes[part] = probe

    async def report(self) -> HealthReport:
        complaints = await asyncio.gather(*map(_complaint, self._probes.values()))
        return HealthReport(not any(complaints), dict(zip(self._probes, complaints, strict=True)))


async def _complaint(probe: Probe) -> str | None:
    try:
        async with asyncio.timeout(PROBE_TIMEOUT_S):
            return await probe()
    except TimeoutError:
        return f"does not answer within {PROBE_TIMEOUT_S:.0f} s"
    except Exception as error:  # a probe that breaks is a part that is not well
        return str(error) or type(error).__name__
