"""One turn of the bot: what it says, asks, learns, and when it lets go. Pure.

The rules, the first that applies decides:

1.  Silent after letting go, until the customer chooses to go on with the bot.
2.  Asked for a person: at once, the first time, no question back.
3.  Fraud, law, distress, leaving, complaint, buying: at once, to the queue that the playbook names.
4.  Frustration: one clear sign, or two weak ones in a row.
5.  The answer to what the bot asked.
6.  Courtesies: settled, thanks, hello.
7.  A need that is understood (`serving`): identity, then the record, then a person or an answer.
8.  Otherwise one clarifying question with at most three choices, and then a person.

Nothing is asked twice: each question has the key of a fact, and a key in `BotState.asked` is never asked for again.
No answer is given twice: who asks again is not helped by hearing it again, and gets a person.
Every value in an answer is filled in by `template` from what is on file; what is not on file is not said.
"""

from msgspec.structs import replace

from dryfly.bot import template
from dryfly.bot.model import (
    CHOICES_MAX,
    BotState,
    Heard,
    Knowledge,
    Pending,
    Reason,
    Say,
    SignalKind,
    Strength,
    Turn,
    Understanding,
)
from dryfly.bot.playbook import Need, Playbook, Question
from dryfly.bot.serving import CODE, IDENTITY, serve, suffices
from dryfly.bot.talk import Talk
from dryfly.conversations.model import Certainty, Choice

MEANING = "meaning"  # the key of the clarifying question
REPEATED_COSINE_MIN = 0.85
ANNOYED_COUNT_MAX = 2  # weak signs in a row
STRANGE_MIN = 0.8  # so likely is it that no need is meant
CHOICE_SHARE_MIN = 0.02  # a need less likely is no help as a choice

ALARMS = {
    SignalKind.FRAUD: Reason.FRAUD,
    SignalKind.LEGAL: Reason.LEGAL,
    SignalKind.VULNERABLE: Reason.VULNERABLE,
    SignalKind.LEAVE: Reason.LEAVING,
    SignalKind.COMPLAINT: Reason.COMPLAINT,
    SignalKind.BUY: Reason.BUYING,
}


def turn(playbook: Playbook, state: BotState, heard: Heard, understood: Understanding, known: Knowledge) -> Turn:
    """What follows from `heard`."""
    if state.silent:
        return Turn(state)
    talk = Talk(playbook, state, heard, understood, known)
    talk.listen()
    rules = (_want_person, _raise_alarm, _lose_patience, _take_answer, _be_courteous, _serve_need, _follow_up)
    return next((done for rule in rules if (done := rule(talk))), None) or _clarify(talk)


def let_go(playbook: Playbook, state: BotState, heard: Heard, known: Knowledge, reason: Reason) -> Turn:
    """For a reason that is not in the words: the button for a person, or the bot's own failure."""
    if state.silent:
        return Turn(state)
    talk = Talk(playbook, state, heard, Understanding(), known)
    text = playbook.texts.asked_for_person if reason is Reason.ASKED_FOR_PERSON else ""
    return talk.let_go(reason, talk.need(), text=text)


def go_on(state: BotState) -> BotState:
    """The customer, told the wait, chose to go on with the bot meanwhile."""
    return replace(state, silent=False, pending=None)


# ---- a person is wanted ------------------------------------------------------------------------


def _want_person(talk: Talk) -> Turn | None:
    strength = talk.signal(SignalKind.HUMAN)
    if strength is Strength.CLEAR or (strength is Strength.WEAK and not talk.understood.confident):
        rule = talk.playbook.signals.get(SignalKind.HUMAN)
        return talk.let_go(Reason.ASKED_FOR_PERSON, talk.need(), rule, talk.playbook.texts.asked_for_person)
    return None


def _raise_alarm(talk: Talk) -> Turn | None:
    for kind, reason in ALARMS.items():
        if talk.signal(kind) is Strength.CLEAR:
            rule = talk.playbook.signals.get(kind)
            return talk.let_go(reason, talk.clear_need(), rule)
    return None


def _lose_patience(talk: Talk) -> Turn | None:
    clear = talk.signal(SignalKind.FRUSTRATION) is Strength.CLEAR
    if clear or talk.state.annoyed_count >= ANNOYED_COUNT_MAX:
        return talk.let_go(Reason.FRUSTRATED, talk.need(), talk.playbook.signals.get(SignalKind.FRUSTRATION))
    return None


# ---- the answer to a question ------------------------------------------------------------------


def _take_answer(talk: Talk) -> Turn | None:
    pending = talk.state.pending
    if pending is None:
        return None
    talk.state = replace(talk.state, pending=None)
    need = talk.playbook.need(pending.need)
    if pending.fact == MEANING:
        return _take_meaning(talk)
    if need is None:
        return None  # the playbook was changed meanwhile
    if pending.fact in (IDENTITY, CODE):
        return _take_identity(talk, need)
    if pending.fact == need.about:
        return _take_record(talk, need)
    return _take_fact(talk, need, pending)


def _take_identity(talk: Talk, need: Need) -> Turn:
    other = talk.clear_need()
    if other and not suffices(talk.known, need) and suffices(talk.known, other):
        return serve(talk, other)
    return serve(talk, need)


def _take_record(talk: Talk, need: Need) -> Turn:
    other = talk.clear_need()
    told = len(talk.pick(need, awaited=True).records) == 1
    if other and other.key != need.key and not told:
        return serve(talk, other)
    return serve(talk, need, awaited=True)


def _take_fact(talk: Talk, need: Need, pending: Pending) -> Turn:
    question = next((question for question in need.ask if question.fact == pending.fact), None)
    other = talk.clear_need()
    if other and other.key != need.key and talk.heard.text.rstrip().endswith("?"):
        return serve(talk, other)
    if question:
        talk.learn(question.fact, _chosen(question, talk.heard.text), Certainty.SAID, label=question.label)
    return serve(talk, need)


def _chosen(question: Question, text: str) -> str:
    """The choice that the answer names, or the answer as it was given."""
    return next((choice for choice in question.choices if _plain(choice) in _plain(text)), text)


def _take_meaning(talk: Talk) -> Turn | None:
    titled = [need for need in talk.playbook.needs if _plain(need.title) == _plain(talk.heard.text)]
    need = titled[0] if titled else talk.clear_need()
    if need is None and (talk.signal(SignalKind.THANKS) or talk.signal(SignalKind.SOLVED)):
        return None
    return serve(talk, need) if need else talk.let_go(Reason.NOT_UNDERSTOOD, _likeliest(talk))


# ---- courtesies --------------------------------------------------------------------------------


def _be_courteous(talk: Talk) -> Turn | None:
    texts = talk.playbook.texts
    if talk.clear_need():
        return None
    if talk.signal(SignalKind.SOLVED) is Strength.CLEAR:
        return replace(talk.say(Say(texts.goodbye)), solved=True)
    if talk.signal(SignalKind.THANKS) or (talk.signal(SignalKind.NO) and talk.state.answered):
        return talk.say(Say(texts.thanks))
    if talk.signal(SignalKind.HELLO):
        return talk.say(Say(texts.how_can_i_help))
    return None


# ---- needs -------------------------------------------------------------------------------------


def _serve_need(talk: Talk) -> Turn | None:
    need = talk.clear_need()
    return serve(talk, need) if need else None


def _follow_up(talk: Talk) -> Turn | None:
    """ "And #W7678072?" after another order; or nothing but who they are."""
    need = talk.playbook.need(talk.state.need)
    if need and need.about and any(fact.key == need.about for fact in talk.learned):
        return serve(talk, need)
    return _welcome(talk) if talk.known.identified_now and need is None else None


def _welcome(talk: Talk) -> Turn:
    texts = talk.playbook.texts
    try:
        return talk.say(talk.fill(f"{texts.hello_known} {texts.how_can_i_help}"))
    except template.Unresolved:
        return talk.say(Say(texts.how_can_i_help))


def _clarify(talk: Talk) -> Turn:
    if talk.understood.repeats >= REPEATED_COSINE_MIN:
        return talk.let_go(Reason.REPEATED_QUESTION, _likeliest(talk))
    if MEANING in talk.state.asked:
        return talk.let_go(Reason.NOT_UNDERSTOOD, _likeliest(talk))
    texts, choices = talk.playbook.texts, _likely(talk)
    return talk.ask(MEANING, None, Say(texts.clarify if choices else texts.not_understood, choices))


def _likely(talk: Talk) -> tuple[Choice, ...]:
    """The needs that may be meant, unless it is likely that none is."""
    if talk.understood.oos >= STRANGE_MIN:
        return ()
    likely = [score.need for score in talk.understood.needs[:CHOICES_MAX] if score.share >= CHOICE_SHARE_MIN]
    needs = [need for key in likely if (need := talk.playbook.need(key))]
    return tuple(Choice(need.title, need.title) for need in needs)


def _likeliest(talk: Talk) -> Need | None:
    """What a person is told that it may be about: what was talked about before, else nothing."""
    return talk.playbook.need(talk.state.need)


def _plain(text: str) -> str:
    return " ".join("".join(c if c.isalnum() else " " for c in text.lower()).split())
