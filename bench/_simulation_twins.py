"""M/M/n+M in SimPy and Ciw: what the floor's simulator is measured against.

SimPy meets the very customers that the floor meets, so that it can be asked what became of each of them. Ciw draws its
own, from the same laws.
"""

from collections.abc import Generator
from typing import Any

import ciw
import numpy as np
import simpy

from dryfly.simulation.workload import Workload


def by_simpy(workload: Workload, agents: int) -> list[float]:
    """When each was answered; -1 for those who left."""
    arrived, patience = workload.arrived_ms.tolist(), workload.patience_ms.tolist()
    handling = workload.handling_ms.tolist()
    world = simpy.Environment()
    team = simpy.Resource(world, agents)
    started = [-1.0] * len(arrived)

    def customer(number: int) -> Generator[Any, Any, None]:
        with team.request() as request:
            won = yield request | world.timeout(patience[number])
            if request in won:
                started[number] = world.now
                yield world.timeout(handling[number])

    def door() -> Generator[Any, Any, None]:
        for number, at in enumerate(arrived):
            yield world.timeout(at - world.now)
            world.process(customer(number))

    world.process(door())
    world.run()
    return started


def by_ciw(contacts: int, agents: int, per_hour: float, handling_s: float, patience_s: float, seed: int) -> int:
    """How many left."""
    network = ciw.create_network(
        arrival_distributions=[ciw.dists.Exponential(per_hour / 3600)],
        service_distributions=[ciw.dists.Exponential(1 / handling_s)],
        reneging_time_distributions=[ciw.dists.Exponential(1 / patience_s)],
        number_of_servers=[agents],
    )
    ciw.seed(seed)
    run = ciw.Simulation(network)
    run.simulate_until_max_customers(contacts, method="Finish")
    return int(np.sum([record.record_type == "renege" for record in run.get_all_records()]))
