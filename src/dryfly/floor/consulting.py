"""Colleagues are asked into a talk: consulted (they read, and write notes) or invited (they write to the customer too).

A request stands for as long as its asker serves the contact, and no longer than the site's `request_timeout_s`. Who
joins takes part until they part; a talk can be handed to them at once (`talks.transfer`).
"""

from dryfly.floor.deadlines import is_pending
from dryfly.floor.entities import Contact, Request
from dryfly.floor.hours import after
from dryfly.floor.model import (
    AcceptRequest,
    AgentId,
    AskColleague,
    CommandNoted,
    DeclineRequest,
    Event,
    Instant,
    NoteWritten,
    ParticipantJoined,
    Presence,
    RequestEnd,
    RequestEnded,
    RequestMade,
    Role,
    WithdrawRequest,
)
from dryfly.floor.refusals import refuse
from dryfly.floor.service import require_contact
from dryfly.floor.state import State
from dryfly.floor.talks import require_agent, require_connected, require_served

REQUESTS_MAX = 5  # of one contact


def ask(state: State, command: AskColleague, now: Instant) -> list[Event]:
    contact = require_served(state, command.contact, command.agent)
    _check(state, contact, command)
    until = after(now, state.site.request_timeout_s)
    made = RequestMade(contact.id, command.agent, command.colleague, command.role, until, command.note)
    return [made] if command.note is None else [NoteWritten(contact.id, command.note, command.agent), made]


def _check(state: State, contact: Contact, command: AskColleague) -> None:
    colleague = require_agent(state, command.colleague)
    if command.role is Role.LISTENING:
        refuse("role_unfit", role=command.role)
    if colleague.id == contact.agent or colleague.id in contact.participants:
        refuse("already_there", agent=colleague.id)
    if not colleague.is_connected or colleague.presence is Presence.OFFLINE:
        refuse("colleague_not_there", agent=colleague.id)
    known = contact.requests.get(colleague.id)
    if known is not None and is_pending(known):
        refuse("already_asked", agent=colleague.id)
    if known is None and len(contact.requests) >= REQUESTS_MAX:
        refuse("requests_too_many", requests_max=REQUESTS_MAX)


def accept(state: State, command: AcceptRequest, now: Instant) -> list[Event]:
    contact = require_contact(state, command.contact)
    require_connected(state, command.agent)
    request = _require_request(contact, command.agent, now)
    return [ParticipantJoined(contact.id, command.agent, request.role)]


def decline(state: State, command: DeclineRequest, now: Instant) -> list[Event]:
    contact = require_contact(state, command.contact)
    _require_request(contact, command.agent, now)
    return [RequestEnded(contact.id, command.agent, RequestEnd.DECLINED)]


def withdraw(state: State, command: WithdrawRequest) -> list[Event]:
    contact = require_served(state, command.contact, command.agent)
    if command.colleague not in contact.requests:
        return [CommandNoted()]
    return [RequestEnded(contact.id, command.colleague, RequestEnd.WITHDRAWN)]


def lapsed(contact: Contact, due: Instant) -> Event:
    """The first of those who did not answer in time."""
    colleague = min(name for name, known in contact.requests.items() if is_pending(known) and known.expires_at == due)
    return RequestEnded(contact.id, colleague, RequestEnd.LAPSED)


def _require_request(contact: Contact, colleague: AgentId, now: Instant) -> Request:
    known = contact.requests.get(colleague)
    if known is None or not is_pending(known) or now >= known.expires_at:
        refuse("request_gone", contact=contact.id)
    return known
