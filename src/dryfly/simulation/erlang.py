"""Erlang A exactly: Poisson arrivals, exponential handling and patience, n agents. The ruler for the simulator.

The wait that somebody with endless patience would have has the density (Baccelli and Hebuterne 1981)

    v(t) = lambda p exp(lambda * integral of G over 0..t - n mu t)

where G(t) is the chance to be patient for longer than t and p the chance that n - 1 agents are busy. Everything else is
an integral of it, taken by Gauss and Legendre's rule on panels, scaled by its highest value so that nothing overflows.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from dryfly.simulation.workload import Floats

PANELS = 400
NODES, WEIGHTS = np.polynomial.legendre.leggauss(16)
NEGLIGIBLE = 60.0  # in powers of e below the highest value


@dataclass(frozen=True, slots=True)
class ErlangA:
    wait_share: float  # who have to wait at all
    abandoned_share: float
    wait_s: float  # of everybody, until answered or gone
    within_share: float  # answered within the target, of all who come


def erlang_a(per_hour: float, handling_s: float, agents: int, patience_s: float, target_s: float) -> ErlangA:
    arrivals, served, left = per_hour / 3600, 1 / handling_s, 1 / patience_s

    def height(t: Floats) -> Floats:
        return -arrivals / left * np.expm1(-left * t) - agents * served * t

    peak = _peak(arrivals, agents * served, left)
    top = float(height(np.array([peak]))[0])
    end = _end(lambda t: float(height(np.array([t]))[0]) - top, peak, patience_s)
    ceiling = max(top, 0.0)
    scaled = float(np.exp(-ceiling))
    waiting = arrivals * _integral(lambda t: np.exp(height(t) - ceiling), 0.0, end)
    answered = arrivals * _integral(lambda t: np.exp(height(t) - ceiling - left * t), 0.0, min(target_s, end))
    idle = _idle(arrivals * handling_s, agents) * scaled
    whole = idle + waiting
    abandoned = (scaled + (arrivals - agents * served) * waiting / arrivals) / whole
    return ErlangA(waiting / whole, abandoned, abandoned * patience_s, (idle + answered) / whole)


def _idle(load: float, agents: int) -> float:
    """The chance that somebody is free, over the chance that n - 1 are busy."""
    ratio = 1.0
    for busy in range(1, agents):
        ratio = 1 + ratio * busy / load
    return ratio


def _peak(arrivals: float, service: float, left: float) -> float:
    """Where the density is highest: later than at once only if more come than can be served."""
    return float(np.log(arrivals / service) / left) if arrivals > service else 0.0


def _end(below: Callable[[float], float], peak: float, patience_s: float) -> float:
    end = peak + patience_s
    while below(end) > -NEGLIGIBLE:
        end *= 2
    return end


def _integral(of: Callable[[Floats], Floats], begin: float, end: float) -> float:
    edges = np.linspace(begin, end, PANELS + 1)
    half = (edges[1:] - edges[:-1]) / 2
    points = (edges[1:] + edges[:-1])[:, None] / 2 + half[:, None] * NODES
    return float((of(points) * WEIGHTS * half[:, None]).sum())
