"""The numbers that operators watch, read when they are asked for (`/metrics`)."""

from collections.abc import Callable
from functools import partial

from dryfly.floor import State
from dryfly.floor.model import Presence
from dryfly.ledger import Mode
from dryfly.platform.telemetry import Metrics
from dryfly.service.site import SiteAtWork


def count_sites(metrics: Metrics) -> Callable[[SiteAtWork], None]:
    """Makes the gauges. What it returns is called with each site that begins to work."""
    journal = metrics.gauge("journal_events", "Number of the last durable event.", ["site"])
    writing = metrics.gauge("writing", "1 while this process writes the site's history.", ["site"])
    contacts = metrics.gauge("open_contacts", "Contacts that are not closed.", ["site"])
    waiting = metrics.gauge("waiting_contacts", "Contacts that wait for an agent.", ["site"])
    agents = metrics.gauge("ready_agents", "Agents who are ready.", ["site"])
    pages = metrics.gauge("open_pages", "Customers' pages and desks that are followed live.", ["site"])

    error = metrics.gauge("wait_error_seconds", "How far off waits were told in the last 24 hours, mean.", ["site"])
    covered = metrics.gauge("wait_covered_share", "Waits that ended within what was told, last 24 hours.", ["site"])

    def begin(site: SiteAtWork) -> None:
        ledger = site.ledger
        journal.labels(site.site).set_function(lambda: ledger.durable)
        writing.labels(site.site).set_function(lambda: ledger.mode is Mode.WRITING)
        pages.labels(site.site).set_function(lambda: ledger.publisher.followers_count)
        error.labels(site.site).set_function(lambda: site.waiting.quality.error_s)
        covered.labels(site.site).set_function(lambda: site.waiting.quality.covered)
        for gauge, count in ((contacts, _open), (waiting, _waiting), (agents, _ready)):
            gauge.labels(site.site).set_function(partial(_look, site, count))

    return begin


def _look(site: SiteAtWork, count: Callable[[State], int]) -> float:
    """While the store is away there is no state to look at: not a number, rather than a wrong one."""
    return site.ledger.peek(count) if site.ledger.mode is Mode.WRITING else float("nan")


def _open(state: State) -> int:
    return len(state.contacts)


def _waiting(state: State) -> int:
    return sum(state.index.waiting_counts.values())


def _ready(state: State) -> int:
    return sum(agent.presence is Presence.READY for agent in state.agents.values())
