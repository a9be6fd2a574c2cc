"""What the journal must be, whatever was killed: folded from the first event, and held against the tables."""

from dataclasses import dataclass, field
from typing import Any

import asyncpg

from dryfly import floor
from dryfly.floor import model as f
from dryfly.floor.model import AgentId, ContactId, Instant, OfferId
from dryfly.ledger.codec import decode_event
from dryfly.ledger.model import CommandRefused


@dataclass
class History:
    """The whole journal of a site, applied to an empty floor; `laws` fails on what must never be."""

    state: floor.State = field(default_factory=floor.new_state)
    seq: int = 0
    epochs: set[int] = field(default_factory=set)
    owners: dict[ContactId, AgentId] = field(default_factory=dict)
    offers: dict[OfferId, ContactId] = field(default_factory=dict)
    arrived: set[ContactId] = field(default_factory=set)
    closed: set[ContactId] = field(default_factory=set)
    messages: list[tuple[int, str]] = field(default_factory=list)
    ended_offers: dict[str, int] = field(default_factory=dict)

    def take(self, row: Any) -> None:
        assert row["seq"] == self.seq + 1, f"the journal has a gap before {row['seq']}"
        self.seq = row["seq"]
        self.epochs.add(row["epoch"])
        event = decode_event(row["kind"], row["version"], row["body"])
        if isinstance(event, CommandRefused):
            return
        floor.apply(self.state, event, Instant(row["at"]))
        self._judge(event)

    def _judge(self, event: f.Event) -> None:
        match event:
            case f.ContactArrived(contact=contact):
                assert contact not in self.arrived, f"{contact} arrived twice"
                self.arrived.add(contact)
            case (
                f.ContactBegun(contact=contact, agent=agent)
                | f.ContactEngaged(contact=contact, agent=agent)
                | f.ContactResumed(contact=contact, agent=agent)
            ):
                owner = self.owners.get(contact)
                assert owner in (None, agent), f"{contact} is served by {owner} and by {agent}"
                self.owners[contact] = agent
            case f.ContactQueued(contact=contact) | f.ContactParked(contact=contact):
                self.owners.pop(contact, None)
            case f.ContactClosed(contact=contact):
                self.owners.pop(contact, None)
                self.closed.add(contact)
            case f.OfferMade(offer=offer, contact=contact):
                assert contact not in self.offers.values(), f"{contact} is offered twice at once"
                assert contact not in self.owners, f"{contact} is offered while somebody serves it"
                self.offers[offer] = contact
            case f.OfferEnded(offer=offer, end=end):
                del self.offers[offer]  # each ends once
                self.ended_offers[end] = self.ended_offers.get(end, 0) + 1
            case f.MessageHeard(message=message) | f.MessageSaid(message=message):
                self.messages.append((self.seq, message))
            case _:
                pass

    def check(self) -> None:
        """Nothing is lost: what arrived is closed, or stands where the floor knows it."""
        floor.check_invariants(self.state)
        assert self.arrived == self.closed | self.state.contacts.keys()
        assert not self.closed & self.state.contacts.keys()
        assert self.offers.keys() == self.state.offers.keys()
        serving = {c.id: c.agent for c in self.state.contacts.values() if c.state in ("active", "wrap_up")}
        assert {c: a for c, a in self.owners.items() if c in serving} == serving
        ids = [message for _, message in self.messages]
        assert len(ids) == len(set(ids)), "a message is in the journal twice"


async def read_history(url: str, site: str = "main", until: int = 2**62) -> tuple[History, list[asyncpg.Record]]:
    """The journal up to a number, judged; and the rows of `message`: the same messages under the same numbers."""
    conn = await asyncpg.connect(url, server_settings={"dryfly.site": site})
    try:
        async with conn.transaction(isolation="repeatable_read", readonly=True):
            history = History()
            query = (
                "select seq, epoch, (extract(epoch from at) * 1000)::bigint as at, kind, version, body::text"
                " from journal where site = $1 and seq <= $2 order by seq"
            )
            async for row in conn.cursor(query, site, until):
                history.take(row)
            words = "select seq, contact, message, text from message where site = $1 and seq <= $2 order by seq"
            rows = await conn.fetch(words, site, until)
    finally:
        await conn.close()
    history.check()
    assert [(row["seq"], row["message"]) for row in rows] == history.messages
    return history, rows


async def newest_snapshot(url: str, site: str = "main") -> tuple[int, str]:
    conn = await asyncpg.connect(url, server_settings={"dryfly.site": site})
    try:
        row = await conn.fetchrow("select seq, digest from snapshot where site = $1 order by seq desc limit 1", site)
    finally:
        await conn.close()
    assert row is not None
    return row["seq"], row["digest"]
