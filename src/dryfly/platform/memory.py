"""How the process looks after its memory.

Reference counts free nearly everything at once. The collector is there for cycles, and finds them by walking over
what lives: with Python's own thresholds a server that keeps its newest history in memory spends a quarter of its
time on that (docs/decisions/0005-message-path.md). What start-up made stays for good, so it is not walked over
again, and the young are looked at after as many new objects as some thousand messages leave.
"""

import gc

YOUNG_MAX = 50_000
ROUNDS = 20  # of the young before the middle-aged are looked at, and of those before all are


def settle_memory() -> None:
    """To be called once, when everything has started."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(YOUNG_MAX, ROUNDS, ROUNDS)
