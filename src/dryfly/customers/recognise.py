"""Weighs what was said about who talks: pure.

All claims that match anybody must agree on one customer. A claim that several people share narrows the choice and
gives no level of its own: name and postcode of two people, with the order number of one of them, is no more than
the order number.
"""

from collections import defaultdict
from collections.abc import Iterable

from dryfly.customers.model import Identifier, IdentityLevel, Match, Proof, Recognition
from dryfly.floor.model import CustomerId


def recognition_of(said: Iterable[Identifier | Proof], matches: list[Match]) -> Recognition:
    meant: dict[str, set[CustomerId]] = defaultdict(set)
    for match in matches:
        meant[match.by].add(match.customer)
    agreed = set.intersection(*meant.values()) if meant else set()
    if len(agreed) != 1:
        return Recognition(None, IdentityLevel.UNKNOWN, tuple(matches), tuple(said))
    (customer,) = agreed
    levels = [match.level for match in matches if meant[match.by] == agreed]
    level = max(levels, default=IdentityLevel.CLAIMED)
    theirs = (match for match in matches if match.customer == customer)
    strongest_first = sorted(theirs, key=lambda match: (meant[match.by] != agreed, -match.level, match.by))
    return Recognition(customer, level, tuple(strongest_first), tuple(said))
