"""Opening hours as the customer's page hears of them: with the welcome, and again when it turns."""

import asyncio
from collections.abc import Callable, Collection

import msgspec

from dryfly.channels.web.words import HoursNow
from dryfly.platform.sockets import Outbox

TOLD_EVERY_S = 2.0

_encode = msgspec.json.Encoder().encode


async def tell_hours(pages: Collection[Outbox], hours: Callable[[], HoursNow]) -> None:
    """Until cancelled: every open page hears it. The clock turns them, and so does whoever sets them up."""
    told = hours()
    while True:
        await asyncio.sleep(TOLD_EVERY_S)
        now = hours()
        if now != told:
            told, frame = now, _encode(now)
            for page in tuple(pages):
                page.put(frame)
