"""Agents come, go, vanish and change."""

from dryfly.floor import model as m
from tests.floor.day import CHANNELS, WEB, Day


def test_a_desk_that_comes_back_in_time_keeps_its_talks(day: Day) -> None:
    bob = day.agent("bob")
    ann = day.customer("ann").asks("help")
    bob.serves(ann)
    bob.vanishes()
    day.passes(29)
    bob.comes_back()
    day.passes(60)
    assert (ann.agent, bob.presence) == ("bob", m.Presence.READY)


def test_after_the_grace_time_talks_go_back_with_their_due_time_kept(day: Day) -> None:
    bob = day.agent("bob")
    ann = day.customer("ann").asks("help")
    due_at = ann.contact.due_at
    bob.serves(ann)
    day.passes(100)
    bob.vanishes()
    day.passes(30)
    assert (ann.is_waiting, ann.contact.due_at, bob.presence) == (True, due_at, m.Presence.OFFLINE)
    assert day.events(m.ContactQueued)[-1].because is m.QueuedBecause.AGENT_VANISHED  # type: ignore[union-attr]


def test_who_vanishes_is_offered_nothing_and_the_offer_goes_on_at_once(day: Day) -> None:
    bob = day.agent("bob")
    ann = day.customer("ann").asks("help")
    bob.vanishes()
    assert (ann.is_waiting, bob.offered) == (True, None)
    bob.comes_back()
    assert bob.offered == "ann"


def test_who_goes_away_keeps_the_talks_and_loses_the_offer(day: Day) -> None:
    bob = day.agent("bob")
    ann = day.customer("ann").asks("help")
    bob.serves(ann)
    ben = day.customer("ben").asks("help")
    bob.goes_away()
    assert (ann.agent, ben.is_waiting) == ("bob", True)


def test_signing_out_loses_nobody(day: Day) -> None:
    bob, eve = day.agent("bob"), day.agent("eve", ready=False)
    ann = day.customer("ann").asks("help")
    bob.serves(ann)
    bob.finishes(ann)
    ben = day.customer("ben").asks("help")
    bob.serves(ben)
    eve.signs_in()
    bob.signs_out()
    assert (ann.is_gone, eve.offered) == (True, "ben")


def test_a_removed_agent_leaves_contacts_and_conversations_behind(day: Day) -> None:
    bob, eve = day.agent("bob"), day.agent("eve")
    ann = day.customer("ann").asks("help")
    bob.serves(ann)
    eve.joins(ann, m.Role.LISTENING)
    day.submit(m.RemoveAgent(eve.id))
    assert ann.contact.participants == {}
    day.submit(m.RemoveAgent(bob.id))
    assert ann.is_waiting
    assert day.refusal_of(m.ConnectAgent(bob.id)) == "agent_exists_not"


def test_only_a_connected_agent_can_be_ready(day: Day) -> None:
    bob = day.agent("bob", ready=False)
    assert day.refusal_of(m.SetPresence(bob.id, m.Presence.READY)) == "agent_not_connected"


def test_a_new_skill_counts_at_once(day: Day) -> None:
    day.queue("loans", ("loans", 3))
    bob = day.agent("bob")
    day.customer("ann").asks("loans")
    day.submit(m.PutAgent(bob.id, m.AgentSpec({m.SkillId("loans"): 3}, channels=CHANNELS)))
    assert bob.offered == "ann"


def test_less_capacity_ends_no_talk_but_adds_none(day: Day) -> None:
    bob = day.agent("bob", auto_accept=True)
    ann, ben = day.customer("ann").asks("help"), day.customer("ben").asks("help")
    smaller = m.AgentSpec(channels=(m.ChannelCapacity(WEB, 25, 1),), auto_accept=True, wrap_up_s=0)
    day.submit(m.PutAgent(bob.id, smaller))
    assert ann.agent == ben.agent == "bob"
    bob.finishes(ann)
    assert day.customer("cat").asks("help").is_waiting
    bob.finishes(ben)
    assert day.floor.state.agents[bob.id].counts == {WEB: 1}


def test_nothing_changes_when_nothing_is_new(day: Day) -> None:
    bob = day.agent("bob")
    spec = day.floor.state.agents[bob.id].spec
    noted = [m.CommandNoted()]
    assert day.submit(m.PutAgent(bob.id, spec)) == noted
    assert day.submit(m.PutQueue(m.QueueId("help"), day.floor.state.queues[m.QueueId("help")])) == noted
    assert day.submit(m.PutSite(m.SiteSpec())) == noted
    assert day.submit(m.SetPresence(bob.id, m.Presence.READY)) == noted
    assert day.submit(m.ConnectAgent(bob.id)) == noted
    assert day.submit(m.WakeUp()) == noted
