"""What a first site begins with, so that `up` serves at once."""

from dryfly.floor.model import QueueId, SiteId
from dryfly.setup.change import Change
from dryfly.setup.model import Disposition, Look, PresenceReason, Queue, Site, Team, TeamId

FIRST_SITE = SiteId("main")


def first_site() -> Site:
    return Site(FIRST_SITE, "Main", Look(title="How can we help?"))


def first_entries() -> Change:
    service = TeamId("service")
    return Change(
        puts=(
            Team(service, "Service"),
            Queue(QueueId("general"), "General", "Everything that no other queue is for", service),
            *(Disposition(id, title) for id, title in _DISPOSITIONS),
            *(PresenceReason(id, title) for id, title in _PRESENCE_REASONS),
        )
    )


_DISPOSITIONS = (
    ("solved", "Solved"),
    ("passed-on", "Passed on"),
    ("call-back", "We will get back"),
    ("not-solved", "Not solved"),
    ("spam", "Spam or wrong address"),
)
_PRESENCE_REASONS = (("break", "Break"), ("training", "Training"), ("meeting", "Meeting"))
