"""Opening hours as the customer's page hears of them: with the welcome, and again when it turns."""

import asyncio
from collections.abc import Callable

import msgspec

from dryfly.channels.web.words import HoursNow
from dryfly.ledger import Ledger, Topic

TOLD_EVERY_S = 2.0
PAGES = Topic("pages")  # every open page of the widget

_encode = msgspec.json.Encoder().encode


async def tell_hours(ledger: Ledger, hours: Callable[[], HoursNow]) -> None:
    """Until cancelled. The clock turns them, and so does whoever sets them up."""
    told = hours()
    while True:
        await asyncio.sleep(TOLD_EVERY_S)
        now = hours()
        if now != told:
            told = now
            ledger.publisher.hint(PAGES, _encode(now))
