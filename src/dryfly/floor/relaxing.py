"""How a requirement relaxes while the customer waits.

A queue's steps are read live: a contact only remembers how many of them have come. The first step at which an agent's
skills suffice ranks the agent, so that whom the contact needs is asked before whom it would do with.
"""

from dryfly.floor.model import Relaxation, SkillId, SkillNeed

Needs = tuple[SkillNeed, ...]


def may_serve(skills: dict[SkillId, int], needs: Needs) -> bool:
    return all(skills.get(need.skill, 0) >= need.level_min for need in needs)


def needs_met(
    skills: dict[SkillId, int], requirement: Needs, steps: tuple[Relaxation, ...]
) -> tuple[int, Needs] | None:
    """The first step (0: none) at which these skills suffice, and what was asked of them there."""
    if may_serve(skills, requirement):
        return 0, requirement
    needs = requirement
    for number, step in enumerate(steps, 1):
        needs = lowered(needs, step.levels)
        if may_serve(skills, needs):
            return number, needs
        backup = backup_needs(requirement, step)
        if backup and may_serve(skills, backup):
            return number, backup
    return None


def lowered(needs: Needs, levels: Needs) -> Needs:
    """Never raised, and firm needs stay as they are; level 0 drops the skill."""
    if not levels:
        return needs
    new = {level.skill: level.level_min for level in levels}
    relaxed = (
        need if need.firm else SkillNeed(need.skill, min(need.level_min, new.get(need.skill, need.level_min)))
        for need in needs
    )
    return tuple(need for need in relaxed if need.level_min > 0)


def backup_needs(requirement: Needs, step: Relaxation) -> Needs:
    """What the back-up group of a step needs: its own skills, and what is firm."""
    if not step.backup:
        return ()
    return (*step.backup, *(need for need in requirement if need.firm))
