"""A need that is understood, served: who it is, which record, then a person or an answer (see `playbook`)."""

from msgspec.structs import replace

from dryfly.bot import template
from dryfly.bot.model import Knowledge, Reason, Record, Say, Turn
from dryfly.bot.playbook import LEVELS, Need, Question, RecordWords, holds
from dryfly.bot.records import Pick
from dryfly.bot.talk import Talk
from dryfly.conversations.model import Certainty, Choice, Origin

IDENTITY, CODE = "identity", "code"  # keys of what the bot itself wants to know
RECORD_CHOICES_MAX = 5


def suffices(known: Knowledge, need: Need) -> bool:
    return known.level >= LEVELS[need.identity]


def serve(talk: Talk, need: Need, *, awaited: bool = False) -> Turn:
    """`awaited`: the bot has just asked which record is meant."""
    talk.state = replace(talk.state, need=need.key, need_share=_share(talk, need))
    if not suffices(talk.known, need):
        return _identify(talk, need)
    if not need.about:
        return _conclude(talk, need, None)
    picked = talk.pick(need, awaited=awaited)
    if picked.unknown:
        return _not_found(talk, need, picked.unknown)
    return _with_records(talk, need, picked)


def _share(talk: Talk, need: Need) -> float:
    """How sure it is: what the model says, and what it said before if this message is only an answer."""
    now = next((score.share for score in talk.understood.needs if score.need == need.key), 0.0)
    return max(now, talk.state.need_share if talk.state.need == need.key else 0.0)


# ---- who ---------------------------------------------------------------------------------------


def _identify(talk: Talk, need: Need) -> Turn:
    """One question, and where that is not proof enough, one code."""
    texts, asked, known = talk.playbook.texts, talk.state.asked, talk.known
    if known.code_to and CODE not in asked:
        return talk.ask(CODE, need, talk.fill(texts.ask_code), send_code=True)
    if IDENTITY not in asked and not known.code_failed and not _said_who(talk):
        text = f"{texts.ask_identity_again} {texts.ask_identity}" if known.claimed_unknown else texts.ask_identity
        return talk.ask(IDENTITY, need, Say(text))
    return talk.let_go(Reason.IDENTITY_TOO_LOW if known.customer else Reason.NOT_IDENTIFIED, need)


def _said_who(talk: Talk) -> bool:
    """They named themselves as well as the question could ask for; that it is no proof is not theirs to mend."""
    return talk.known.customer is not None and talk.state.fact("email") is not None


# ---- which -------------------------------------------------------------------------------------


def _with_records(talk: Talk, need: Need, picked: Pick) -> Turn:
    match picked.records:
        case ():
            return _say_or_let_go(talk, need, need.none, None)
        case (record,):
            origin = Origin.CUSTOMER if picked.named else Origin.RECORD
            talk.learn(record.kind, record.key, Certainty.ON_RECORD, origin)
            return _conclude(talk, need, record)
        case several:
            return _tell_or_ask(talk, need, several)


def _tell_or_ask(talk: Talk, need: Need, several: tuple[Record, ...]) -> Turn:
    """All of them at once where the playbook has a sentence for that; otherwise which of them, once."""
    assert need.about
    if need.several:
        return _say_or_let_go(talk, need, need.several, {need.about: [_fields(record) for record in several]}, several)
    if need.about in talk.state.asked:
        return talk.let_go(Reason.NOT_UNDERSTOOD, need)
    return talk.ask(need.about, need, _which(talk, need, several))


def _which(talk: Talk, need: Need, several: tuple[Record, ...]) -> Say:
    assert need.about
    words = talk.playbook.records[need.about]
    asking = talk.fill(talk.playbook.texts.ask_record, {"record": {"title": words.title}})
    if len(several) > RECORD_CHOICES_MAX:
        return asking
    return replace(asking, choices=tuple(_choice(words, record) for record in several))


def _choice(words: RecordWords, record: Record) -> Choice:
    try:
        return Choice(template.parse(words.choice).render(_fields(record)), record.key)
    except template.Unresolved:
        return Choice(record.key, record.key)


def _not_found(talk: Talk, need: Need, key: str) -> Turn:
    """They name a number that is not theirs: nothing is said about it; which of their own is it?"""
    assert need.about
    own = tuple(record for record in talk.known.records if record.kind == need.about)
    talk.learn(need.about, key, Certainty.SAID)
    if not own or need.about in talk.state.asked:
        return talk.let_go(Reason.NOT_ON_RECORD, need)
    sorry = talk.fill(talk.playbook.texts.record_not_found, {"asked": {"key": key}})
    which = _which(talk, need, own)
    return talk.ask(need.about, need, replace(which, text=f"{sorry.text} {which.text}"))


# ---- then --------------------------------------------------------------------------------------


def _conclude(talk: Talk, need: Need, record: Record | None) -> Turn:
    if need.hand_over and need.hand_over.wanted(record.fields if record else {}):
        return _collect(talk, need, record)
    scope = {record.kind: _fields(record)} if record else {}
    for answer in need.answers:
        if holds(answer.when, record.fields if record else talk.known.profile):
            try:
                about = (record,) if record else ()
                return talk.answer(need, talk.fill(answer.say, scope, about), about)
            except template.Unresolved:
                continue
    return talk.let_go(Reason.NOT_ON_RECORD, need)


def _collect(talk: Talk, need: Need, record: Record | None) -> Turn:
    """The facts that the person will need, each asked for once at most; then the person."""
    for question in need.ask:
        if said := _said_choice(question, talk.heard.text):
            talk.learn(question.fact, said, Certainty.SAID, label=question.label)
        if not talk.state.fact(question.fact) and question.fact not in talk.state.asked:
            choices = tuple(Choice(choice, choice) for choice in question.choices)
            scope = {record.kind: _fields(record)} if record else {}
            return talk.ask(question.fact, need, replace(talk.fill(question.question, scope), choices=choices))
    return talk.let_go(Reason.NEEDS_PERSON, need)


def _said_choice(question: Question, text: str) -> str | None:
    """A choice that the message names word for word."""
    return next((choice for choice in question.choices if choice.lower() in text.lower()), None)


def _say_or_let_go(
    talk: Talk, need: Need, text: str, scope: template.Scope | None, about: tuple[Record, ...] = ()
) -> Turn:
    try:
        return talk.answer(need, talk.fill(text, scope, about), about)
    except template.Unresolved:
        return talk.let_go(Reason.NOT_ON_RECORD, need)


def _fields(record: Record) -> dict[str, template.Thing]:
    return {**record.fields, "key": record.key, "date": record.date, "lines": record.lines}
