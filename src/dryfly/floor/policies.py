"""Who of several agents gets a contact: small named orders, chosen per queue by `QueueSpec.choice`.

Who meets the requirement as it is comes before who meets it relaxed. Then the policy decides, in two parts. `rank`
compares skill profiles for a requirement: agents with the same skills are equal to it. `order` compares agents of equal
rank. The lowest wins; the last tie is broken by the agent's id, so that the same state always gives the same choice. To
add a policy, write a rank or an order and name the pair in POLICIES.
"""

from collections.abc import Callable

from dryfly.floor.capacity import load_permille
from dryfly.floor.entities import Agent
from dryfly.floor.facts import fact
from dryfly.floor.model import Relaxation, SkillId, SkillNeed
from dryfly.floor.relaxing import needs_met

Skills = dict[SkillId, int]
Holders = dict[SkillId, int]  # how many agents have a skill at all
Rank = tuple[int, int]
Standing = tuple[int, int, int]  # the step of relaxation that was needed, then the policy's rank


def surplus(skills: Skills, requirement: tuple[SkillNeed, ...]) -> int:
    """Levels above what is needed: a master is kept for those who need one."""
    return sum(skills[need.skill] - need.level_min for need in requirement)


def scarcity(skills: Skills, requirement: tuple[SkillNeed, ...], holders: Holders, agents_count: int) -> int:
    """How rare the agent's other skills are: each counts agents per holder, and the sum is taken in powers of two.

    Powers of two, because a small difference in rarity should not outweigh who has been idle for longer.
    """
    needed = {need.skill for need in requirement}
    return sum(agents_count // holders[skill] for skill in skills if skill not in needed).bit_length()


def rank_by_skills(skills: Skills, requirement: tuple[SkillNeed, ...], holders: Holders, agents_count: int) -> Rank:
    return surplus(skills, requirement), scarcity(skills, requirement, holders, agents_count)


def standing(
    policy: "Policy",
    skills: Skills,
    requirement: tuple[SkillNeed, ...],
    steps: tuple[Relaxation, ...],
    holders: Holders,
    agents_count: int,
) -> Standing | None:
    """How these skills stand for a requirement that has relaxed by `steps`; None: they do not suffice."""
    met = needs_met(skills, requirement, steps)
    if met is None:
        return None
    return met[0], *policy.rank(skills, met[1], holders, agents_count)


def rank_all_alike(skills: Skills, requirement: tuple[SkillNeed, ...], holders: Holders, agents_count: int) -> Rank:
    return 0, 0


def least_loaded_first(agent: Agent) -> tuple[int, int]:
    """Share of capacity in use, then the longest idle."""
    return load_permille(agent), agent.idle_since


def longest_idle_first(agent: Agent) -> tuple[int, int]:
    return agent.idle_since, load_permille(agent)


@fact
class Policy:
    rank: Callable[[Skills, tuple[SkillNeed, ...], Holders, int], Rank]
    order: str  # a name in ORDERS


ORDERS: dict[str, Callable[[Agent], tuple[int, int]]] = {
    "least_loaded": least_loaded_first,
    "longest_idle": longest_idle_first,
}

POLICIES: dict[str, Policy] = {
    "least_sufficient": Policy(rank_by_skills, "least_loaded"),
    "least_loaded": Policy(rank_all_alike, "least_loaded"),
    "longest_idle": Policy(rank_all_alike, "longest_idle"),
}
