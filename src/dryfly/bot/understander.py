"""The default understander: sentence vectors, one linear head over the playbook's examples, and expressions.

It is trained in about a second from nothing but the playbook, and it knows when it does not know: how likely it
is right is fitted on what it says of each example when it has not seen that example, with everyday sentences
that no playbook is about mixed in at the share in which people write such things. It is confident where it is
more likely right than wrong; otherwise one question back costs less than a wrong answer.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from dryfly.bot.encoder import Encoder, Vectors
from dryfly.bot.entities import find_entities
from dryfly.bot.head import Curve, Head, Indices, Scores, fit_curve, fit_head, held_out, nearness
from dryfly.bot.model import Context, Entity, EntityKind, NeedScore, SignalKind, Strength, Understanding
from dryfly.bot.signals import denied, seeds, signs

SURE_SHARE_MIN = 0.5
STRANGE_SHARE = 0.2  # of all messages that no need is about
CLEAR_FALSE_MAX, WEAK_FALSE_MAX = 0.005, 0.03  # of other sentences that may pass for a signal
CLEAR_MIN, WEAK_MIN = 0.45, 0.30  # scores; nothing below passes
SHARPEN = 8.0  # of the softmax that turns scores into shares
NEEDS_TOLD_MAX = 10
RECORD_NUMBER_MIN = 6  # characters
_MARKS = "?!.,;: "
LANGUAGE_LETTERS_MIN = 20  # shorter texts do not tell


@dataclass(frozen=True)
class Lessons:
    """What to learn: examples a need, and examples a signal beside the built-in ones.

    `number_word`: what a number in a message mostly stands for at this site ("order").
    """

    needs: Mapping[str, Sequence[str]]
    signals: Mapping[SignalKind, Sequence[str]] = field(default_factory=dict)
    background: Sequence[str] = ()
    number_word: str = ""


class LocalUnderstander:
    """`Understander` without a network. Make it by `train`; it never changes afterwards."""

    def __init__(self, encoder: Encoder, needs: "NeedModel", hints: "SignalModel", number_word: str) -> None:
        self._encoder = encoder
        self._number_word = number_word
        self._needs = needs
        self._hints = hints

    @classmethod
    def train(cls, encoder: Encoder, lessons: Lessons) -> "LocalUnderstander":
        samples = _samples(lessons)
        vectors = encoder.encode([masked(sample.text, lessons.number_word) for sample in samples])
        targets = _targets(samples, lessons)
        head = fit_head(vectors, targets)
        unseen = held_out(head, targets)
        return cls(
            encoder,
            NeedModel.fit(tuple(lessons.needs), head, unseen, np.array([_column(s, lessons) for s in samples])),
            SignalModel.fit(unseen[:, len(lessons.needs) + 1 :], [sample.signal for sample in samples]),
            lessons.number_word,
        )

    def understand(self, text: str, context: Context) -> Understanding:
        told = masked(text, self._number_word, context.name)
        vector = self._encoder.encode([told])
        row = self._needs.head.scores(vector)
        needs, confident, oos = self._needs.judge(vector, row) if told else ((), False, 1.0)
        return Understanding(
            needs=needs,
            confident=confident,
            oos=oos,
            signals=self._signals(text, row[0]),
            entities=find_entities(text),
            language=_language(text) or context.language,
            repeats=self._repeats(vector, context.answered),
        )

    def _signals(self, text: str, row: Scores) -> dict[SignalKind, Strength]:
        """What the model hears, unless a need fits better or the words deny it, and what stands in the words."""
        count = len(self._needs.keys)
        heard = self._hints.judge(row[count + 1 :], float(row[:count].max()))
        return _stronger({kind: found for kind, found in heard.items() if not denied(text, kind)}, signs(text))

    def _repeats(self, vector: Vectors, earlier: Sequence[str]) -> float:
        if not earlier:
            return 0.0
        told = [masked(text, self._number_word) for text in earlier]
        return float((self._encoder.encode(told) @ vector[0]).max())


def masked(text: str, number_word: str, name: str = "") -> str:
    """Who they are out of the way, and a record's number read as what it stands for: its digits say nothing."""
    told = text
    for entity in reversed(find_entities(text)):
        if entity.kind is not EntityKind.AMOUNT:
            before = told[: entity.start].rstrip()
            stands = _is_record_number(entity) and not before.lower().endswith(number_word)
            told = f"{before} {number_word if stands else ''} {told[entity.end :]}"
    names = {*name.lower().split(), ""}
    words = [word for word in told.split() if word.lower().strip(_MARKS) not in names or word.strip(_MARKS) == ""]
    says_something = any(word.strip(_MARKS) not in ("", number_word) for word in words)
    return " ".join(words).lstrip(_MARKS) if says_something else ""


def _is_record_number(entity: Entity) -> bool:
    """Four or five digits alone may be a postcode."""
    return entity.kind is EntityKind.REFERENCE and len(entity.value.lstrip("#")) >= RECORD_NUMBER_MIN


# ---- needs -------------------------------------------------------------------------------------


@dataclass(frozen=True)
class NeedModel:
    """Columns of `head`: the needs in the order of `keys`, then "none of them", then the signals."""

    keys: tuple[str, ...]
    head: Head
    inside: Vectors  # examples that stand for a need
    is_right: Curve  # ... that the best need is meant
    is_inside: Curve  # ... that any need is

    @classmethod
    def fit(cls, keys: tuple[str, ...], head: Head, unseen: Scores, columns: Indices) -> "NeedModel":
        """`columns`: of each example, the need's; -1 where it stands for none. `unseen`: its held-out scores."""
        meant = columns >= 0
        inside = head.examples[meant]
        near = nearness(head.examples, inside)
        near[meant] = nearness(inside, inside, same=True)
        features = clues(unseen, len(keys), near)
        right = best_need(unseen, len(keys)) == columns
        weights = np.where(meant, (1 - STRANGE_SHARE) / meant.mean(), STRANGE_SHARE / (~meant).mean())
        return cls(keys, head, inside, fit_curve(features, right, weights), fit_curve(features, meant, weights))

    def judge(self, vector: Vectors, row: Scores) -> tuple[tuple[NeedScore, ...], bool, float]:
        """(needs, confident, oos) of one text."""
        features = clues(row, len(self.keys), nearness(vector, self.inside))
        right, inside = float(self.is_right.share(features)[0]), float(self.is_inside.share(features)[0])
        shares = _shares(row[0, : len(self.keys)], right, max(right, inside))
        order = np.argsort(-shares)[:NEEDS_TOLD_MAX]
        needs = tuple(NeedScore(self.keys[i], float(shares[i])) for i in order)
        return needs, right >= SURE_SHARE_MIN, 1 - max(right, inside)


def _shares(scores: Scores, right: float, inside: float) -> Scores:
    """The best need gets the share at which it is right; the others part what is left of `inside`."""
    others = np.exp(SHARPEN * (scores - scores.max()))
    others[scores.argmax()] = 0.0
    shares: Scores = (inside - right) * others / max(float(others.sum()), 1e-9)
    shares[scores.argmax()] = right
    return shares


def clues(scores: Scores, needs_count: int, near: Scores) -> Scores:
    """Of each row: how well the best need fits against "none", and how far it is before the second best."""
    ordered = np.sort(np.pad(scores[:, :needs_count], ((0, 0), (1, 0))), axis=1)
    return np.column_stack([ordered[:, -1] - scores[:, needs_count] + near, ordered[:, -1] - ordered[:, -2]])


def best_need(scores: Scores, needs_count: int) -> Indices:
    best: Indices = scores[:, :needs_count].argmax(axis=1)
    return best


# ---- signals -----------------------------------------------------------------------------------

LEARNED = tuple(kind for kind in SignalKind if kind not in (SignalKind.HELLO, SignalKind.YES, SignalKind.NO))


BESIDE_NEEDS = (SignalKind.HUMAN, SignalKind.FRUSTRATION)  # said together with a need; the others instead of one


@dataclass(frozen=True)
class SignalModel:
    clear: Scores  # one threshold a signal of `LEARNED`
    weak: Scores

    @classmethod
    def fit(cls, held_out: Scores, meant: Sequence[SignalKind | None]) -> "SignalModel":
        others = [held_out[[m is not kind for m in meant], i] for i, kind in enumerate(LEARNED)]
        clear = [max(CLEAR_MIN, float(np.quantile(scores, 1 - CLEAR_FALSE_MAX))) for scores in others]
        weak = [max(WEAK_MIN, float(np.quantile(scores, 1 - WEAK_FALSE_MAX))) for scores in others]
        return cls(np.array(clear, np.float32), np.array(weak, np.float32))

    def judge(self, scores: Scores, best_need: float) -> dict[SignalKind, Strength]:
        rows = zip(LEARNED, scores, self.clear, self.weak, strict=True)
        return {
            kind: Strength.CLEAR if score >= clear else Strength.WEAK
            for kind, score, clear, weak in rows
            if score >= weak and (kind in BESIDE_NEEDS or score > best_need)
        }


def _stronger(*several: dict[SignalKind, Strength]) -> dict[SignalKind, Strength]:
    merged: dict[SignalKind, Strength] = {}
    for found in several:
        for kind, strength in found.items():
            if merged.get(kind) is not Strength.CLEAR:
                merged[kind] = strength
    return merged


# ---- what is learned from ----------------------------------------------------------------------


@dataclass(frozen=True)
class _Sample:
    text: str
    need: str | None = None
    signal: SignalKind | None = None


def _samples(lessons: Lessons) -> list[_Sample]:
    samples = [_Sample(text, need=need) for need, texts in lessons.needs.items() for text in texts]
    for kind, built_in in seeds().signals.items():
        samples += [_Sample(text, signal=kind) for text in (*built_in.examples, *lessons.signals.get(kind, ()))]
    return samples + [_Sample(text) for text in (*seeds().background, *lessons.background)]


def _column(sample: _Sample, lessons: Lessons) -> int:
    return list(lessons.needs).index(sample.need) if sample.need is not None else -1


def _targets(samples: list[_Sample], lessons: Lessons) -> Scores:
    """One column a thing that can be meant: needs, none of them, learned signals."""
    things = [*((need, None) for need in lessons.needs), (None, None), *((None, kind) for kind in LEARNED)]
    return np.array([[(s.need, s.signal) == thing for thing in things] for s in samples], np.float32)


# ---- language ----------------------------------------------------------------------------------


def _language(text: str) -> str:
    """Two letters, or empty where the text is too short to tell."""
    if sum(map(str.isalpha, text)) < LANGUAGE_LETTERS_MIN:
        return ""
    import py3langid

    return str(py3langid.classify(text)[0])
