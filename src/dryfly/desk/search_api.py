"""Customers, their stories and the search, over HTTP."""

from collections.abc import Awaitable, Callable
from typing import Any

from litestar import Request, Router, get
from litestar.params import FromPath, FromQuery

from dryfly.desk import customer_words as words
from dryfly.desk.api import NO_STORE, Who
from dryfly.desk.pages import Pages
from dryfly.desk.searching import Searching
from dryfly.floor.model import ContactId, CustomerId

Req = Request[Any, Any, Any]
Reads = Callable[[str], Awaitable[tuple[Pages, Searching]]]


def knowing_router(who: Who, reads_of: Reads) -> Router:
    """`reads_of` gives what reads a site."""

    @get("/customers/{customer:str}")
    async def read_customer(request: Req, customer: FromPath[str], contact: FromQuery[str] = "") -> words.CustomerPanel:
        """Everything about a customer; `contact` is the one being read, which the story leaves out."""
        me = await who(request)
        pages, _ = await reads_of(me.site)
        return await pages.customer(me, CustomerId(customer), ContactId(contact))

    @get("/customers/{customer:str}/story")
    async def read_story(
        request: Req, customer: FromPath[str], after: FromQuery[str | None] = None, contact: FromQuery[str] = ""
    ) -> words.StoryPage:
        """Earlier contacts, from after the one named."""
        me = await who(request)
        pages, _ = await reads_of(me.site)
        return await pages.story(me, CustomerId(customer), ContactId(contact), after)

    @get("/customers/{customer:str}/records/{kind:str}")
    async def read_records(
        request: Req, customer: FromPath[str], kind: FromPath[str], after: FromQuery[str | None] = None
    ) -> words.RecordGroup:
        me = await who(request)
        pages, _ = await reads_of(me.site)
        return await pages.records(me, CustomerId(customer), kind, after)

    @get("/search")
    async def search(
        request: Req, q: FromQuery[str], after: FromQuery[str | None] = None, limit: FromQuery[int] = 20
    ) -> words.SearchPage:
        """Customers and talks that have these words, newest first, as far as who asks may read them."""
        me = await who(request)
        _, searching = await reads_of(me.site)
        return await searching.search(me, q, after, limit)

    return Router(
        "/api", route_handlers=[read_customer, read_story, read_records, search], cache_control=NO_STORE, tags=["desk"]
    )
