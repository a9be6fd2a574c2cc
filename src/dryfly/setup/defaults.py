"""What a first site begins with, so that `up` serves at once."""

from dryfly.floor.model import QueueId, SiteId
from dryfly.setup.change import Change
from dryfly.setup.look import Look
from dryfly.setup.model import Disposition, PresenceReason, Queue, Site, Team, TeamId

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
            *(PresenceReason(id, title, limit_s) for id, title, limit_s in _PRESENCE_REASONS),
        )
    )


_DISPOSITIONS = (
    ("solved", "Solved"),
    ("passed-on", "Passed on"),
    ("call-back", "We will get back"),
    ("not-solved", "Not solved"),
    ("spam", "Spam or wrong address"),
)
_PRESENCE_REASONS = (("break", "Break", 900), ("training", "Training", None), ("meeting", "Meeting", None))
