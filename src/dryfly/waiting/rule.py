"""The queue-length rule: place x recent mean time between two answers of the queue. It needs no history but the last
half hour.

It follows arrivals and agents without a model of either (Ibrahim & Whitt 2009, "Real-time delay estimation based on
delay history", QL). So many times in a row, each as likely to end at one moment as at another, are Erlang's: their
median and 80th percentile are those of the cube of a normal (Wilson & Hilferty 1931).
"""

from math import sqrt

from dryfly.waiting.flow import LATELY_MS, Line
from dryfly.waiting.model import Band

ENGAGED_MIN = 3
Z80 = 0.8416


def between_ms(line: Line, at: int) -> float | None:
    """The mean time between answers, the one that is not there yet included where it is late; None: too few."""
    recent = [when for when in line.engaged if when > at - 2 * LATELY_MS]
    if len(recent) < ENGAGED_MIN:
        return None
    gaps = len(recent) - 1
    return max((recent[-1] - recent[0]) / gaps, (at - recent[0]) / (gaps + 1))


def by_rule(line: Line, place: int, at: int) -> Band | None:
    between = between_ms(line, at)
    return None if between is None else erlang(place, between / 1000)


def erlang(place: int, between_s: float) -> Band:
    mean, centre = place * between_s, 1 - 1 / (9 * place)
    return Band(mean * centre**3, mean * (centre + Z80 / (3 * sqrt(place))) ** 3, is_learned=False)
