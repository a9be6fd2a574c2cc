"""Talks, offers, queues and agents as the desk shows them: the floor's state with the few words it needs."""

from collections.abc import Callable, Iterable

from dryfly.conversations.model import Merged
from dryfly.conversations.talks import Talks, TalkWords
from dryfly.desk import words
from dryfly.desk.house_words import DispositionLine, Named, SetUpNow
from dryfly.floor import Agent, Contact, Offer, State
from dryfly.floor.model import AgentId, ContactId, ContactState, CustomerId, Presence
from dryfly.setup.model import Catalogue

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
        said: TalkWords = self._talks.of_talk(contact)
        is_held = contact.state in HOLDING
        return words.Talk(
            contact=contact.id,
            channel=contact.channel,
            state=contact.state,
            opened_at=contact.arrived_at,
            changed_at=contact.quiet_since,
            customer=customer_of(contact),
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
            asked=tuple(
                words.Asked(agent, self.agent_name(agent), request.role, request.expires_at, request.end)
                for agent, request in sorted(contact.requests.items())
            ),
            main=contact.main,
            merged=_merged(contact),
            answers_on=contact.heard_on,
            call=self._call(contact),
        )

    def _call(self, contact: Contact) -> words.CallPromised | None:
        promised = contact.callback
        if promised is None:
            return None
        queue = self._catalogue().queues.get(contact.queue) if contact.queue else None
        return words.CallPromised(promised.at, promised.attempts, queue.spec.callback_attempts_max if queue else 0)

    def offer(self, state: State, offer: Offer) -> words.Offer:
        agent = state.agents[offer.agent]
        return words.Offer(
            offer.id, self.talk(state.contacts[offer.contact]), offer.made_at, offer.expires_at, offer.rule,
            offer.values, agent.spec.auto_accept,
        )  # fmt: skip

    def request(self, contact: Contact, colleague: AgentId) -> words.ColleagueRequest:
        """What this colleague is asked, for the card on their desk."""
        request = contact.requests[colleague]
        said = self._talks.of(contact.id)
        note = said.asked.get(request.note, "") if request.note else ""
        return words.ColleagueRequest(
            contact.id, contact.customer, said.customer_name, said.need_title, request.agent,
            self.agent_name(request.agent), request.role, note, request.made_at, request.expires_at,
        )  # fmt: skip

    def requests(self, state: State, agent: Agent) -> list[words.ColleagueRequest]:
        return [self.request(state.contacts[name], agent.id) for name in agent.asked]

    def presence(self, agent: Agent) -> words.MyPresence:
        return words.MyPresence(agent.presence, agent.reason, agent.present_since)

    def desk(self, state: State, me: words.Me) -> words.DeskState:
        """The whole desk of one person. Who serves no contacts has an empty one."""
        agent = state.agents.get(AgentId(me.agent)) if me.agent else None
        now = set_up_now(self._catalogue())
        return words.DeskState(
            me=me,
            presence=self.presence(agent) if agent else words.MyPresence(Presence.OFFLINE, None, 0),
            talks=tuple(self.talk(state.contacts[contact]) for contact in (held_by(state, agent) if agent else ())),
            requests=tuple(self.requests(state, agent) if agent else ()),
            offers=tuple(self.offer(state, offer) for offer in (offers_to(state, agent) if agent else ())),
            queues=now.queues,
            agents=now.agents,
            dispositions=now.dispositions,
            presence_reasons=now.presence_reasons,
            set_up=now.version,
        )


def set_up_now(catalogue: Catalogue) -> SetUpNow:
    return SetUpNow(
        version=catalogue.version,
        site_title=catalogue.site.title,
        queues=tuple(Named(queue.id, queue.title) for queue in catalogue.queues.values()),
        agents=tuple(Named(agent.id, agent.name) for agent in catalogue.agents.values()),
        dispositions=tuple(DispositionLine(d.id, d.title, d.queues) for d in catalogue.dispositions.values()),
        presence_reasons=tuple(Named(reason.id, reason.title) for reason in catalogue.presence_reasons.values()),
    )


def customer_of(contact: Contact) -> CustomerId | None:
    """Of one of them known, the whole talk's."""
    family = (contact, *contact.followers.values())
    return next((each.customer for each in family if each.customer is not None), None)


def _merged(contact: Contact) -> tuple[Merged, ...]:
    followers = sorted(contact.followers.values(), key=lambda each: (each.merged_at or 0, each.id))
    return tuple(Merged(each.id, each.channel, each.arrived_at, each.merged_at or 0) for each in followers)


def held_by(state: State, agent: Agent) -> list[ContactId]:
    """The talks on an agent's screen: their own, those they joined, the parked ones that they know."""
    own = [contact for contact in agent.holding if state.contacts[contact].state in HOLDING]
    return list(dict.fromkeys([*own, *agent.joined, *agent.parked]))


def offers_to(state: State, agent: Agent) -> list[Offer]:
    held = (state.contacts[contact].offers.get(agent.id) for contact in agent.holding)
    return [state.offers[offer] for offer in held if offer is not None]
