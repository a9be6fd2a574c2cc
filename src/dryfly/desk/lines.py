"""Talks, offers, queues and agents as the desk shows them: the floor's state with the few words it needs."""

from collections.abc import Callable, Iterable
from heapq import nlargest

from dryfly.conversations.talks import Talks, TalkWords
from dryfly.desk import words
from dryfly.floor import Agent, Contact, Offer, State
from dryfly.floor.model import AgentId, ContactId, ContactState, Presence, SkillNeed
from dryfly.setup.model import Catalogue

TALKS_MAX = 200
HOLDING = (ContactState.ACTIVE, ContactState.WRAP_UP, ContactState.PARKED)


class Lines:
    """Draws lines of one site. `catalogue` gives the set-up as it is now."""

    def __init__(self, talks: Talks, catalogue: Callable[[], Catalogue]) -> None:
        self._talks = talks
        self._catalogue = catalogue

    def agent_name(self, agent: AgentId | None) -> str:
        known = self._catalogue().agents.get(agent) if agent else None
        return known.name if known else ""

    def agents(self) -> Iterable[AgentId]:
        return self._catalogue().agents.keys()

    def shown_name(self, agent: AgentId) -> str:
        """How customers see the agent called."""
        known = self._catalogue().agents.get(agent)
        return known.shown_name if known else ""

    def talk(self, contact: Contact) -> words.Talk:
        said: TalkWords = self._talks.of(contact.id)
        is_held = contact.state in HOLDING
        return words.Talk(
            contact=contact.id,
            channel=contact.channel,
            state=contact.state,
            opened_at=contact.arrived_at,
            changed_at=contact.quiet_since,
            customer=contact.customer,
            customer_name=said.customer_name,
            identity_level=contact.identity_level,
            queue=contact.queue,
            need=contact.need or "",
            need_title=said.need_title,
            owner=contact.agent if is_held else None,
            owner_name=self.agent_name(contact.agent) if is_held else "",
            waiting_since=contact.waiting_since if contact.queue and not is_held else None,
            due_at=contact.due_at if contact.queue else None,
            reply_due_at=contact.reply_due_at,
            reply_overdue=contact.requeue_at is not None,
            wrap_up_until=contact.wrap_until,
            held=contact.held,
            snoozed_until=contact.snoozed_until,
            woken=contact.is_woken,
            last_text=said.last_text,
            last_at=said.last_at or None,
            unread_count=said.unread_count,
            participants=tuple(
                words.Participant(agent, self.agent_name(agent), role) for agent, role in contact.participants.items()
            ),
        )

    def offer(self, state: State, offer: Offer) -> words.Offer:
        agent = state.agents[offer.agent]
        return words.Offer(
            offer.id, self.talk(state.contacts[offer.contact]), offer.made_at, offer.expires_at, offer.rule,
            offer.values, agent.spec.auto_accept,
        )  # fmt: skip

    def presence(self, agent: Agent) -> words.MyPresence:
        return words.MyPresence(agent.presence, agent.reason, agent.present_since)

    def desk(self, state: State, me: words.Me) -> words.DeskState:
        """The whole desk of one person. Who serves no contacts has an empty one."""
        agent = state.agents.get(AgentId(me.agent)) if me.agent else None
        catalogue = self._catalogue()
        return words.DeskState(
            me=me,
            presence=self.presence(agent) if agent else words.MyPresence(Presence.OFFLINE, None, 0),
            talks=tuple(self.talk(state.contacts[contact]) for contact in (held_by(state, agent) if agent else ())),
            offers=tuple(self.offer(state, offer) for offer in (offers_to(state, agent) if agent else ())),
            queues=tuple(words.Named(queue.id, queue.title) for queue in catalogue.queues.values()),
            agents=tuple(words.Named(a.id, a.name) for a in catalogue.agents.values()),
            dispositions=tuple(words.DispositionLine(d.id, d.title, d.queues) for d in catalogue.dispositions.values()),
            presence_reasons=tuple(words.Named(r.id, r.title) for r in catalogue.presence_reasons.values()),
        )

    def board(self, state: State, now: int) -> words.Board:
        waiting: dict[str, list[int]] = {}
        for contact in state.contacts.values():
            if contact.queue and contact.state in (ContactState.WAITING, ContactState.OFFERED):
                waiting.setdefault(contact.queue, []).append(contact.waiting_since)
        newest = nlargest(TALKS_MAX, state.contacts.values(), key=lambda contact: contact.number)
        return words.Board(
            now,
            tuple(
                words.QueueLine(
                    queue.id, queue.title, len(waiting.get(queue.id, ())), min(waiting.get(queue.id, ()), default=None),
                    sum(_serves(agent, queue.spec.requirement) for agent in state.agents.values()),
                )
                for queue in self._catalogue().queues.values()
            ),
            tuple(
                words.AgentLine(a.id, self.agent_name(a.id), a.presence, a.reason, a.present_since, len(a.holding))
                for a in state.agents.values()
            ),
            tuple(self.talk(contact) for contact in newest),
        )  # fmt: skip


def held_by(state: State, agent: Agent) -> list[ContactId]:
    """The talks on an agent's screen: their own, those they joined, the parked ones that they know."""
    own = [contact for contact in agent.holding if state.contacts[contact].state in HOLDING]
    return list(dict.fromkeys([*own, *agent.joined, *agent.parked]))


def offers_to(state: State, agent: Agent) -> list[Offer]:
    held = (state.contacts[contact].offer for contact in agent.holding)
    return [state.offers[offer] for offer in held if offer is not None]


def _serves(agent: Agent, requirement: tuple[SkillNeed, ...]) -> bool:
    return agent.presence is Presence.READY and all(
        agent.spec.skills.get(need.skill, 0) >= need.level_min for need in requirement
    )
