"""What came of inviting visitors, against not asking: counts by day and arm, and the difference with its interval.

Of those for whom a rule holds, a share is asked (`shown`) and the others are not (`held`): chance decides in their
browser. Both arms are counted until a talk begins, so that the difference is what asking did. Counts only; anybody
could send false ones, so they are bounded by rate and tell about invitations that are set up, and nothing else.
"""

from collections.abc import Iterable
from enum import StrEnum
from math import sqrt

import msgspec

from dryfly.floor.model import SiteId
from dryfly.platform.database import Database

DAYS_MAX = 366
Z_95 = 1.959964
MATTERS = 0.05  # of a hundred visitors, five talks more or fewer
FEW = 30  # visitors of an arm: below, an interval is looked at too early to be believed


class Arm(StrEnum):
    SHOWN = "shown"
    HELD = "held"


class What(StrEnum):
    DUE = "due"  # the rule held: shown, or held back
    OPENED = "opened"
    WAVED = "waved"  # waved away
    TALK = "talk"  # a talk began, then or later


class ArmCounts(msgspec.Struct, frozen=True):
    due: int = 0
    opened: int = 0
    waved: int = 0
    talk: int = 0


class Verdict(StrEnum):
    """What can honestly be said by now."""

    EMPTY = "empty"  # nobody was asked yet, or nobody left alone
    TOO_FEW = "too_few"  # it may do good or harm, by more than matters
    NO_DIFFERENCE = "no_difference"  # whatever it does is less than `MATTERS`
    MORE = "more"  # asking leads to more talks
    FEWER = "fewer"


class InvitationResult(msgspec.Struct, frozen=True):
    """`lift`: how much larger the share of talks is where visitors were asked, with its 95 % interval (-1..1).
    None while an arm is empty."""

    invitation: str
    shown: ArmCounts
    held: ArmCounts
    lift: float | None = None
    lift_from: float | None = None
    lift_to: float | None = None
    verdict: Verdict = Verdict.EMPTY


class Invitations:
    def __init__(self, db: Database, site: SiteId) -> None:
        self._db = db
        self._site = site

    async def count(self, invitation: str, arm: Arm, what: What) -> None:
        async with self._db.site(self._site) as conn:
            await conn.execute(
                "insert into invitation_count (site, invitation, day, arm, what, count)"
                " values ($1, $2, current_date, $3, $4, 1)"
                " on conflict (site, invitation, day, arm, what) do update set count = invitation_count.count + 1",
                self._site, invitation, arm.value, what.value,
            )  # fmt: skip

    async def results(self, days: int) -> list[InvitationResult]:
        async with self._db.site(self._site) as conn:
            rows = await conn.fetch(
                "select invitation, arm, what, sum(count)::bigint as count from invitation_count"
                " where site = $1 and day > current_date - $2::int group by 1, 2, 3 order by 1",
                self._site, max(1, min(days, DAYS_MAX)),
            )  # fmt: skip
        return results_of((row["invitation"], row["arm"], row["what"], row["count"]) for row in rows)


def results_of(rows: Iterable[tuple[str, str, str, int]]) -> list[InvitationResult]:
    counted: dict[str, dict[str, dict[str, int]]] = {}
    for invitation, arm, what, count in rows:
        counted.setdefault(invitation, {}).setdefault(arm, {})[what] = count
    return [_result(invitation, arms) for invitation, arms in counted.items()]


def _result(invitation: str, arms: dict[str, dict[str, int]]) -> InvitationResult:
    shown, held = (msgspec.convert(arms.get(arm, {}), ArmCounts) for arm in (Arm.SHOWN, Arm.HELD))
    if not (shown.due and held.due):
        return InvitationResult(invitation, shown, held)
    lift, low, high = difference((shown.talk, shown.due), (held.talk, held.due))
    return InvitationResult(invitation, shown, held, lift, low, high, verdict_of(shown, held, low, high))


def verdict_of(shown: ArmCounts, held: ArmCounts, low: float, high: float) -> Verdict:
    """By the interval: where it has zero in it, the sign of the difference may be chance."""
    if min(shown.due, held.due) < FEW:
        return Verdict.TOO_FEW
    if low > 0 or high < 0:
        return Verdict.MORE if low > 0 else Verdict.FEWER
    return Verdict.NO_DIFFERENCE if max(-low, high) < MATTERS else Verdict.TOO_FEW


def wilson(count: int, of: int) -> tuple[float, float]:
    """The 95 % interval of a share (Wilson 1927): honest for few and for none."""
    share = count / of
    middle = share + Z_95**2 / (2 * of)
    half = Z_95 * sqrt(share * (1 - share) / of + Z_95**2 / (4 * of**2))
    scale = 1 + Z_95**2 / of
    return max(0.0, (middle - half) / scale), min(1.0, (middle + half) / scale)


def difference(one: tuple[int, int], other: tuple[int, int]) -> tuple[float, float, float]:
    """(difference of two shares, its 95 % interval): Newcombe 1998, method 10."""
    (a, n), (b, m) = (min(one[0], one[1]), one[1]), (min(other[0], other[1]), other[1])
    p, q = a / n, b / m
    (p_low, p_high), (q_low, q_high) = wilson(a, n), wilson(b, m)
    below = sqrt((p - p_low) ** 2 + (q_high - q) ** 2)
    above = sqrt((p_high - p) ** 2 + (q - q_low) ** 2)
    return p - q, p - q - below, p - q + above
