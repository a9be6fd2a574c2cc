"""How fast simulated people are: in real seconds while the demo runs, in no time at all while it is tested."""

import asyncio
from dataclasses import dataclass
from random import Random


@dataclass
class Pace:
    """`speed` 1 is a person's own; 100 is a test's."""

    random: Random
    speed: float = 1.0

    async def pause(self, least_s: float, most_s: float) -> None:
        await asyncio.sleep(self.random.uniform(least_s, most_s) / self.speed)

    def seconds(self, least_s: float, most_s: float) -> float:
        return self.random.uniform(least_s, most_s) / self.speed
