"""The state as bytes, and the digest that tells whether two floors stand at the same place.

Only facts are written, in a fixed order (ids sorted, keys sorted), so that the same facts give the same bytes however
they came about. `restore` builds the index anew. A new fact has a default, so that older snapshots still restore.
"""

import hashlib
import json
from dataclasses import asdict, fields
from typing import Any

from dryfly.floor.entities import Agent, Callback, Contact, Offer, Request
from dryfly.floor.indexing import rebuild
from dryfly.floor.model import (
    AgentId,
    AgentSpec,
    ChannelCapacity,
    ContactId,
    ContactState,
    Instant,
    OfferId,
    OverflowRule,
    OverflowTo,
    OverflowWhen,
    Presence,
    QueueId,
    QueueSpec,
    Relaxation,
    RequestEnd,
    Role,
    SiteSpec,
    SkillNeed,
    Span,
)
from dryfly.floor.state import State

FORMAT = 1

Row = dict[str, Any]  # one JSON object

AGENT_DERIVED = (
    "channels",
    "holding",
    "joined",
    "asked",
    "awaited",
    "parked",
    "units",
    "firm_units",
    "counts",
    "open_on",
)
CONTACT_FACTS = tuple(field.name for field in fields(Contact) if field.name != "followers")
AGENT_FACTS = tuple(field.name for field in fields(Agent) if field.name not in AGENT_DERIVED)
OFFER_FACTS = tuple(field.name for field in fields(Offer))


def snapshot(state: State) -> bytes:
    """All facts, canonically."""
    facts = {
        "format": FORMAT,
        "clock": state.clock,
        "contacts_count": state.contacts_count,
        "offers_count": state.offers_count,
        "site": asdict(state.site),
        "queues": {name: asdict(spec) for name, spec in state.queues.items()},
        "hours": {name: [[s.from_at, s.to_at] for s in spans] for name, spans in state.hours.items()},
        "estimates": dict(state.estimates),
        "agents": [_agent_row(state.agents[name]) for name in sorted(state.agents)],
        "contacts": [_contact_row(state.contacts[name]) for name in sorted(state.contacts)],
        "offers": [_row(state.offers[name], OFFER_FACTS) for name in sorted(state.offers)],
    }
    return json.dumps(facts, sort_keys=True, separators=(",", ":")).encode()


def restore(data: bytes) -> State:
    """The state that `snapshot` wrote, its index built anew."""
    facts = json.loads(data)
    assert facts["format"] == FORMAT, "a snapshot of another format; replay the journal instead"
    state = State(
        clock=facts["clock"],
        contacts_count=facts["contacts_count"],
        offers_count=facts["offers_count"],
        site=_site_spec(facts["site"]),
        queues={QueueId(name): _queue_spec(row) for name, row in facts["queues"].items()},
        hours={QueueId(name): _spans(rows) for name, rows in facts.get("hours", {}).items()},
        estimates=facts.get("estimates", {}),
        agents={AgentId(row["id"]): _agent(row) for row in facts["agents"]},
        contacts={ContactId(row["id"]): _contact(row) for row in facts["contacts"]},
        offers={OfferId(row["id"]): Offer(**row) for row in facts["offers"]},
    )
    rebuild(state)
    return state


def digest(state: State) -> str:
    """SHA-256 over the facts, in hexadecimal."""
    return digest_of(snapshot(state))


def digest_of(data: bytes) -> str:
    """The same of a snapshot's bytes, whichever release wrote them."""
    return hashlib.sha256(data).hexdigest()


def _row(thing: Agent | Contact | Offer, names: tuple[str, ...]) -> Row:
    return {name: getattr(thing, name) for name in names}


def _agent_row(agent: Agent) -> Row:
    return _row(agent, AGENT_FACTS) | {"spec": asdict(agent.spec)}


def _contact_row(contact: Contact) -> Row:
    needs = [_need_row(need) for need in contact.requirement]
    requests = {name: asdict(request) for name, request in contact.requests.items()}
    callback = asdict(contact.callback) if contact.callback else None
    return _row(contact, CONTACT_FACTS) | {"requirement": needs, "requests": requests, "callback": callback}


def _agent(row: Row) -> Agent:
    spec = row["spec"]
    channels = tuple(ChannelCapacity(**capacity) for capacity in spec["channels"])
    return Agent(**row | {"spec": AgentSpec(**spec | {"channels": channels}), "presence": Presence(row["presence"])})


def _contact(row: Row) -> Contact:
    if "offer" in row:  # before 0.3.0 a contact was held out to one agent at a time
        offer = row.pop("offer")
        row |= {"offers": {row["agent"]: offer}, "agent": None} if offer else {"offers": {}}
    requirement = tuple(SkillNeed(*need) for need in row["requirement"])
    participants = {AgentId(name): Role(role) for name, role in row["participants"].items()}
    requests = {AgentId(name): _request(request) for name, request in row.get("requests", {}).items()}
    callback = row.get("callback")
    read = {
        "requirement": requirement,
        "participants": participants,
        "requests": requests,
        "state": ContactState(row["state"]),
        "overflows": tuple(row.get("overflows", ())),
        "callback": Callback(**callback) if callback else None,
    }
    return Contact(**row | read)


def _request(row: Row) -> Request:
    end = RequestEnd(row["end"]) if row["end"] else None
    return Request(**row | {"role": Role(row["role"]), "end": end})


def _site_spec(row: Row) -> SiteSpec:
    return SiteSpec(**row | ({"deferrable": tuple(row["deferrable"])} if "deferrable" in row else {}))


def _queue_spec(row: Row) -> QueueSpec:
    steps = tuple(_relaxation(step) for step in row.get("relaxations", ()))
    rules = tuple(_overflow(rule) for rule in row.get("overflow", ()))
    return QueueSpec(**row | {"requirement": _needs(row["requirement"]), "relaxations": steps, "overflow": rules})


def _spans(rows: list[list[int]]) -> tuple[Span, ...]:
    return tuple(Span(Instant(from_at), Instant(to_at)) for from_at, to_at in rows)


def _overflow(row: Row) -> OverflowRule:
    return OverflowRule(OverflowWhen(row["when"]), OverflowTo(row["to"]), row["limit"], row["queue"])


def _relaxation(row: Row) -> Relaxation:
    return Relaxation(row["after_s"], _needs(row["levels"]), _needs(row["backup"]))


def _needs(rows: list[Row]) -> tuple[SkillNeed, ...]:
    return tuple(SkillNeed(**row) for row in rows)


def _need_row(need: SkillNeed) -> list[str | int | bool]:
    return [need.skill, need.level_min, True] if need.firm else [need.skill, need.level_min]
