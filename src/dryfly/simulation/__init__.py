"""The floor under virtual time: what would happen, if. See `drive`."""

from dryfly.simulation.centre import Centre, without_words
from dryfly.simulation.drive import drive
from dryfly.simulation.workload import Act, Outcome, Roster, Trajectory, Workload, plain_roster, plain_workload

__all__ = [
    "Act",
    "Centre",
    "Outcome",
    "Roster",
    "Trajectory",
    "Workload",
    "drive",
    "plain_roster",
    "plain_workload",
    "without_words",
]
