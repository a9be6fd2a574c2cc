"""Overdue mail comes before a fresh call, but only up to a share of the agents."""

import pytest

from dryfly.floor import model as m
from tests.floor.day import MAIL, VOICE, Agent, Day

ONE = (m.ChannelCapacity(MAIL, 100, 1), m.ChannelCapacity(VOICE, 100, 1))


def two_agents_meet_two_overdue_mails_and_two_calls(day: Day) -> tuple[Agent, Agent]:
    day.queue("mail", target_s=600)
    day.queue("calls", target_s=20)
    for name in ("mail1", "mail2"):
        day.customer(name, channel=MAIL).asks("mail")
    day.passes(3600)
    for name in ("call1", "call2"):
        day.customer(name, channel=VOICE).asks("calls")
    al, bo = day.agent("al", channels=ONE, ready=False), day.agent("bo", channels=ONE, ready=False)
    al.signs_in()
    bo.signs_in()
    return al, bo


@pytest.mark.parametrize(
    ("share", "first", "second"), [(1.0, "mail1", "mail2"), (0.5, "mail1", "call1"), (0.0, "call1", "call2")]
)
def test_up_to_a_share_of_the_agents(day: Day, share: float, first: str, second: str) -> None:
    day.site(overdue_agent_share=share)
    al, bo = two_agents_meet_two_overdue_mails_and_two_calls(day)
    assert (al.offered, bo.offered) == (first, second)


def test_who_yields_is_served_when_nothing_else_waits(day: Day) -> None:
    day.site(overdue_agent_share=0.0)
    day.queue("mail", target_s=600)
    mail = day.customer("mail1", channel=MAIL).asks("mail")
    day.passes(3600)
    day.agent("al", channels=ONE).serves(mail)


def test_an_impossible_share_is_refused(day: Day) -> None:
    assert day.refusal_of(m.PutSite(m.SiteSpec(overdue_agent_share=1.5))) == "spec_out_of_range"
