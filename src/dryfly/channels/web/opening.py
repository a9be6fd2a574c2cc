"""Opening hours as the customer's page hears of them: with the welcome, and again when it turns."""

import asyncio
from collections.abc import Callable, MutableMapping

import msgspec

from dryfly.channels.web.words import HoursNow
from dryfly.platform.sockets import Outbox

TOLD_EVERY_S = 2.0

_encode = msgspec.json.Encoder().encode


async def tell_hours(pages: MutableMapping[Outbox, HoursNow], hours: Callable[[], HoursNow]) -> None:
    """Until cancelled: every open page hears it. The clock turns them, and so does whoever sets them up.

    `pages` has what each was told: one that came in a short closing was told of it, and hears that it is over.
    """
    while True:
        await asyncio.sleep(TOLD_EVERY_S)
        now = hours()
        frame = _encode(now)
        for page in [page for page, told in pages.items() if told != now]:
            pages[page] = now
            page.put(frame)
