"""The one question after a talk, as the widget asks it: when it is over, and once."""

from typing import TYPE_CHECKING

from dryfly.channels.web import words
from dryfly.channels.web.view import stage_of
from dryfly.channels.web.words import Stage
from dryfly.conversations.record import CUSTOMER, check_text
from dryfly.conversations.surveys import SCORE_MAX, SCORE_MIN, TEXT_MAX, EndedBy, SurveyWords
from dryfly.floor.model import AnswerSurvey, ContactId
from dryfly.ledger import CommandId, Receipt, Submission
from dryfly.platform.errors import CallerError

if TYPE_CHECKING:
    from dryfly.channels.web.gateway import WidgetGateway


async def rate(gateway: "WidgetGateway", contact: ContactId, asked: words.Rate) -> Receipt:
    """Sent again, it has its receipt; the second answer of another tab is refused."""
    id = CommandId(asked.id)
    if receipt := await gateway.ledger.answer_to(id):
        return receipt
    _check(asked)
    if gateway.ledger.peek(lambda state: stage_of(state, contact))[0] is not Stage.CLOSED:
        raise CallerError("talk_goes_on", "The talk is not over yet.", status=409)
    if await gateway.is_rated(contact):
        raise CallerError("survey_answered", "You have answered already. Thank you!", status=409)
    answer = await _words(gateway, contact, asked)
    return await gateway.ledger.submit(Submission(id, CUSTOMER, AnswerSurvey(contact, asked.score), (answer,)))


def _check(asked: words.Rate) -> None:
    if asked.score is not None and not SCORE_MIN <= asked.score <= SCORE_MAX:
        raise CallerError("score_wrong", f"A score is {SCORE_MIN} to {SCORE_MAX}.")
    if len(asked.text) > TEXT_MAX:
        raise CallerError("message_too_long", f"A message has at most {TEXT_MAX} characters.", limit=TEXT_MAX)


async def _words(gateway: "WidgetGateway", contact: ContactId, asked: words.Rate) -> SurveyWords:
    """Of a talk in wrap-up the floor knows who had it; of a closed one its line does."""
    text = check_text(asked.text, may_be_empty=True)
    known = gateway.ledger.peek(lambda state: state.contacts.get(contact))
    if known is not None:
        by = EndedBy.AGENT if known.agent else EndedBy.BOT
        return SurveyWords(contact, asked.score, text, known.channel, by, gateway.ledger.now())
    line = await gateway.conversations.talk(gateway.ledger.site, contact) or {}
    by = EndedBy.AGENT if line.get("agent") else EndedBy.BOT
    ended_at = line.get("closed_at") or gateway.ledger.now()
    return SurveyWords(contact, asked.score, text, line.get("channel", ""), by, ended_at)
