"""What the agent gets when the bot lets go: everything that was learned, so that nothing is asked twice."""

from dryfly.bot.model import BotState, Knowledge, Reason
from dryfly.bot.playbook import Need
from dryfly.conversations.model import Brief, BriefLine


def brief(state: BotState, known: Knowledge, need: Need | None, reason: Reason) -> Brief:
    return Brief(
        customer=known.customer,
        identity_level=known.level,
        identity_proof=known.proof,
        need=need.key if need else "",
        need_title=need.title if need else "",
        need_share=state.need_share,
        reason=reason,
        facts=state.facts,
        answered=tuple(BriefLine(answered.answer, answered.at) for answered in state.answered),
        tried=state.tried,
        asked=state.asked,
        mood=state.mood,
    )
