"""Every offer and every wait can be explained."""

from dryfly.floor import Explanation, why
from dryfly.floor import model as m
from dryfly.floor.why import OBSTACLES, REASONS
from tests.floor.day import VOICE, Customer, Day


def explain(customer: Customer) -> Explanation:
    found = why(customer.day.floor.state, customer.id, customer.day.now)
    assert found.reason in REASONS
    assert found.agents.keys() <= OBSTACLES.keys()
    return found


def test_an_offer_names_the_rule_and_what_it_compared(day: Day) -> None:
    day.queue("loans", ("loans", 2))
    day.agent("bob", loans=5, french=1)
    day.passes(30)
    found = explain(day.customer("ann").asks("loans"))
    assert (found.reason, found.agent, found.rule) == ("offered", "bob", "least_sufficient")
    assert found.values == {
        "relaxed": 0,
        "surplus": 3,
        "scarcity": 1,
        "load_units": 0,
        "idle_ms": 30_000,
        "waited_ms": 0,
        "due_at": day.now + 60_000,
    }


def test_nobody_has_the_skill(day: Day) -> None:
    day.queue("loans", ("loans", 2))
    day.agent("bob", loans=1)
    assert explain(day.customer("ann").asks("loans")).reason == "no_agent_with_skills"


def test_everybody_is_away(day: Day) -> None:
    day.agent("bob").goes_away()
    day.agent("eve", ready=False)
    day.agent("zoe").vanishes()
    found = explain(day.customer("ann").asks("help"))
    assert (found.reason, found.agents) == ("all_away", {"away": 1, "offline": 1, "vanished": 1})


def test_everybody_is_full_and_others_are_ahead(day: Day) -> None:
    day.agent("bob", auto_accept=True)
    day.customer("call", channel=VOICE).asks("help")
    day.customer("first").asks("help")
    day.passes(7)
    found = explain(day.customer("ann").asks("help"))
    assert (found.reason, found.agents) == ("all_full", {"full": 1})
    assert found.values == {"waited_ms": 0, "due_at": day.now + 60_000, "relaxed": 0, "ahead_count": 1}


def test_a_cool_down(day: Day) -> None:
    bob = day.agent("bob")
    ann = day.customer("ann").asks("help")
    bob.declines()
    assert explain(ann).reason == "cool_down"


def test_an_agent_makes_room(day: Day) -> None:
    day.agent("bob", auto_accept=True)
    day.customer("chat").asks("help")
    call = day.customer("call", channel=VOICE).asks("help")
    assert explain(call).reason == "draining"
    assert explain(day.customer("ann").asks("help")).agents == {"draining": 1}


def test_the_agent_who_knows_it_is_waited_for(day: Day) -> None:
    bob = day.agent("bob", channels=(m.ChannelCapacity(m.Channel("web"), 100, 1),))
    bob.serves(day.customer("chat", known_as="ann").asks("help"))
    day.agent("eve")
    found = explain(day.customer("again", known_as="ann").asks("help"))
    assert (found.reason, found.agent, found.agents) == ("preferred_wait", "bob", {"full": 1, "preferred_wait": 1})


def test_who_does_not_wait(day: Day) -> None:
    assert explain(day.customer("ann")).reason == "not_waiting"
