"""Searching customers and all past talks, each within what they may read.

Supervisors and administrators search their whole site; agents the customers whom they are serving, the talks that
were theirs and those of these customers. A site may let its agents search everything (setting `agents_search_all`);
opening what they found stays with `Pages`, which knows the same setting. That somebody searched is logged, with how
much they found; the words are not.
"""

from collections.abc import Callable, Iterable

import structlog

from dryfly.conversations.search import Found, Searches, Sight, place_of
from dryfly.customers.find import CustomerSearch
from dryfly.customers.image import Customers
from dryfly.customers.model import IdentifierKind
from dryfly.desk import customer_words as words
from dryfly.desk.words import Me
from dryfly.floor.model import CustomerId, SiteId
from dryfly.platform.clock import Clock
from dryfly.platform.errors import CallerError
from dryfly.platform.security import RateLimiter

log = structlog.get_logger(__name__)

QUERY_MAX = 200
PAGE_MAX = 50
CUSTOMERS_MAX = 10
SEARCHES_PER_S, SEARCHES_BURST = 2.0, 30  # of one person: somebody types, and rests
DEFAULT_REGION = "US"

SightOf = Callable[[Me], Sight]


class Searching:
    """Searches of one site. `sight_of` tells what somebody may find."""

    def __init__(
        self, site: SiteId, clock: Clock, searches: Searches, customers: Customers, search: CustomerSearch,
        sight_of: SightOf,
    ) -> None:  # fmt: skip
        self._site = site
        self._clock = clock
        self._searches = searches
        self._customers = customers
        self._search = search
        self._sight_of = sight_of
        self._limiter = RateLimiter(clock, per_s=SEARCHES_PER_S, burst=SEARCHES_BURST)

    async def search(self, me: Me, query: str, after: str | None, limit: int) -> words.SearchPage:
        text = _checked(query)
        self._limiter.require(me.person)
        began, limit, sight = self._clock.monotonic(), max(1, min(limit, PAGE_MAX)), self._sight_of(me)
        customers = () if after else await self._found_customers(text, sight)
        found, is_cut = await self._searches.find(text, sight, self._clock.now(), after, limit + 1)
        talks, more = found[:limit], len(found) > limit
        log.info(
            "desk.searched", site=self._site, person=me.person, role=me.role, customers=len(customers),
            talks=len(talks), cut=is_cut, ms=round(1000 * (self._clock.monotonic() - began)),
        )  # fmt: skip
        return words.SearchPage(customers, await self._hits(talks), place_of(talks[-1]) if more else None, is_cut)

    async def _found_customers(self, text: str, sight: Sight) -> tuple[words.CustomerHit, ...]:
        among = None if sight.everything else sight.customers
        image = await self._customers.image(self._site)
        region = image.mapping.default_region if image else DEFAULT_REGION
        found = await self._search.find(self._site, text, region, CUSTOMERS_MAX, among)
        return tuple(words.CustomerHit(hit.customer, hit.name, _shown(hit.kind), hit.value) for hit in found)

    async def _hits(self, found: Iterable[Found]) -> tuple[words.TalkHit, ...]:
        """With the names that are on file, where the talk itself has none."""
        nameless = [hit.customer for hit in found if hit.customer and not hit.customer_name]
        names = await self._search.names(self._site, nameless) if nameless else {}
        return tuple(_hit(hit, names) for hit in found)


def _checked(query: str) -> str:
    text = " ".join(query.replace("\x00", " ").split())
    if not text:
        raise CallerError("search_empty", "Say what to look for.")
    if len(text) > QUERY_MAX:
        raise CallerError("search_too_long", f"Look for at most {QUERY_MAX} characters.", limit=QUERY_MAX)
    return text


def _shown(kind: str) -> str:
    return kind if kind in set(IdentifierKind) else "name"


def _hit(found: Found, names: dict[CustomerId, str]) -> words.TalkHit:
    name = found.customer_name or names.get(found.customer or CustomerId(""), "")
    pieces = (words.Piece(text, number % 2 == 1) for number, text in enumerate(found.marked) if text)
    return words.TalkHit(found.talk, name, found.at, found.count, found.kind, tuple(pieces))
