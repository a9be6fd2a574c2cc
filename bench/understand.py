"""How well the bot understands: CLINC150 (with messages that no intent is about), BANKING77, and how fast.

Data: DRYFLY_DATASETS/bot (clinc150, banking77). The models and their constants are those that ship; thresholds are
fitted on the validation part only, and nothing is chosen by a test part. Anchors: scikit-learn's logistic regression
on the same vectors in the same run; for CLINC150 the published figures of Larson et al. 2019 (EMNLP-IJCNLP, table 2),
which are of 2019's versions of those products.

Takes some five minutes on two cores: 15,100 examples are more than any playbook has.
"""

import csv
import json
import os
import random
import tempfile
import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

import numpy as np
from sklearn.linear_model import LogisticRegression

from bench._report import Measure, against, report
from dryfly.bot.encoder import MiniLM, Vectors, load_minilm
from dryfly.bot.head import Scores, fit_head, nearness
from dryfly.bot.model import Context
from dryfly.bot.understander import Lessons, LocalUnderstander, best_need, clues

DATA = Path(os.environ.get("DRYFLY_DATASETS") or Path(__file__).resolve().parents[2] / "shared/data") / "bot"
MODELS = Path(os.environ.get("DRYFLY_TEST_MODELS") or Path(tempfile.gettempdir()) / f"dryfly-models-{os.getuid()}")
SEEDS = (0, 1, 2)
BERT_IN_SCOPE, BERT_RECALL, RASA_RECALL = 96.9, 40.3, 45.3  # percent, out of scope as a class
STRANGE_TEST_SHARE = 1000 / 4500  # of test messages out of scope to those in scope
TIMED_COUNT = 300


class Part(NamedTuple):
    texts: list[str]
    intents: list[str]


def percent(share: float) -> float:
    return round(100 * float(share), 2)


# ---- CLINC150 ----------------------------------------------------------------------------------


def clinc() -> dict[str, Part]:
    rows = json.loads((DATA / "clinc150/data_full.json").read_text())
    return {name: Part([text for text, _ in part], [intent for _, intent in part]) for name, part in rows.items()}


class Rated(NamedTuple):
    """Of each message: how sure it is in scope, and the intent it would be."""

    sure: Scores
    intents: Sequence[str]


def strangers(encoder: MiniLM, parts: dict[str, Part]) -> list[Measure]:
    """The whole training part with its 100 strange messages; one threshold from the validation part."""
    known = sorted(set(parts["train"].intents))
    meant = [*parts["train"].intents, *parts["oos_train"].intents]
    targets = np.array([[intent == thing for thing in (*known, "oos")] for intent in meant], np.float32)
    inside = encoder.encode(parts["train"].texts)
    head = fit_head(np.concatenate([inside, encoder.encode(parts["oos_train"].texts)]), targets)

    def rate(name: str) -> Rated:
        vectors = encoder.encode(parts[name].texts)
        scores = head.scores(vectors)
        sure = clues(scores, len(known), nearness(vectors, inside))[:, 0]
        return Rated(sure, [known[i] for i in best_need(scores, len(known))])

    least = threshold(rate("val"), parts["val"].intents, rate("oos_val"))
    return quality(rate("test"), parts["test"].intents, rate("oos_test"), least)


def threshold(inside: Rated, meant: Sequence[str], outside: Rated) -> float:
    """The one that is right most often, with strangers at the share that the test part has."""
    right = np.array(inside.intents) == np.array(meant)
    weight = STRANGE_TEST_SHARE * len(right) / len(outside.sure)
    tried = np.quantile(np.concatenate([inside.sure, outside.sure]), np.linspace(0, 1, 600))
    gains = [((inside.sure >= least) & right).sum() + weight * (outside.sure < least).sum() for least in tried]
    return float(tried[int(np.argmax(gains))])


def quality(inside: Rated, meant: Sequence[str], outside: Rated, least: float) -> list[Measure]:
    right = np.array(inside.intents) == np.array(meant)
    kept, caught, refused = inside.sure >= least, (outside.sure < least).sum(), (inside.sure < least).sum()
    recall, precision = caught / len(outside.sure), caught / (caught + refused)
    f1 = 2 * recall * precision / (recall + precision)
    bert = "BERT, Larson 2019"
    return [
        against("clinc150 in-scope accuracy", percent((kept & right).mean()), "%", bert, BERT_IN_SCOPE, at_least=0.97),
        against("clinc150 out-of-scope recall", percent(recall), "%", bert, BERT_RECALL, at_least=2.0),
        against("clinc150 out-of-scope recall, as", percent(recall), "%", "Rasa, Larson 2019", RASA_RECALL),
        Measure("clinc150 out-of-scope precision", percent(precision), "%"),
        Measure("clinc150 out-of-scope F1", percent(f1), "%", goal=">= 86", ok=bool(f1 >= 0.86)),
        Measure("clinc150 out-of-scope AUROC", percent(auroc(inside.sure, outside.sure)), "%"),
    ]


def auroc(high: Scores, low: Scores) -> float:
    """The chance that one of `high` is above one of `low`."""
    ordered = np.sort(low)
    below = np.searchsorted(ordered, high, "left") + np.searchsorted(ordered, high, "right")
    return float(below.mean() / 2 / len(low))


def playbook_of(part: Part, shots: int, seed: int) -> dict[str, list[str]]:
    """`shots` examples an intent, drawn."""
    drawn = random.Random(seed)
    by_intent: dict[str, list[str]] = {}
    for text, intent in zip(*part, strict=True):
        by_intent.setdefault(intent, []).append(text)
    return {intent: drawn.sample(texts, shots) for intent, texts in sorted(by_intent.items())}


def as_shipped(encoder: MiniLM, parts: dict[str, Part]) -> list[Measure]:
    """The understander as a site has it: 150 needs of ten examples, its own strangers, its own threshold."""
    understander = LocalUnderstander.train(encoder, Lessons(playbook_of(parts["train"], 10, 0)))
    texts = [*parts["test"].texts, *parts["oos_test"].texts]
    meant = [*parts["test"].intents, *parts["oos_test"].intents]
    encoder.encode(texts)
    heard = [understander.understand(text, Context()) for text in texts]
    acted = [(u.needs[0].need, intent) for u, intent in zip(heard, meant, strict=True) if u.confident]
    wrong = sum(need != intent for need, intent in acted) / len(acted)
    strange = sum(intent == "oos" for _, intent in acted) / len(parts["oos_test"].texts)
    return [
        Measure("clinc150 10-shot, acted on at once", percent(len(acted) / len(texts)), "% (81.8 could be)"),
        Measure("clinc150 10-shot, wrong among those", percent(wrong), "%", goal="<= 5", ok=wrong <= 0.05),
        Measure("clinc150 10-shot, strange ones acted on", percent(strange), "%"),
    ]


# ---- BANKING77 ---------------------------------------------------------------------------------


def banking(part: str) -> Part:
    with (DATA / f"banking77/{part}.csv").open(newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    return Part([row["text"].strip() for row in rows], [row["category"] for row in rows])


def few_shots(encoder: MiniLM, shots: int, goal: float) -> Measure:
    train, test = banking("train"), banking("test")
    vectors = encoder.encode(test.texts)
    ours, theirs = [], []
    for seed in SEEDS:
        playbook = playbook_of(train, shots, seed)
        examples = encoder.encode([text for texts in playbook.values() for text in texts])
        intents = [intent for intent, texts in playbook.items() for _ in texts]
        ours.append(accuracy(ridge(examples, intents, vectors), test.intents))
        logistic = LogisticRegression(C=20, max_iter=150, tol=1e-3).fit(examples, intents)
        theirs.append(accuracy(logistic.predict(vectors), test.intents))
    value, anchor = percent(float(np.mean(ours))), percent(float(np.mean(theirs)))
    anchored = against(f"banking77 {shots}-shot accuracy", value, "%", "logistic regression, same vectors", anchor)
    return replace(anchored, goal=f">= {goal:g}", ok=value >= goal)


def ridge(examples: Vectors, intents: Sequence[str], vectors: Vectors) -> list[str]:
    known = sorted(set(intents))
    targets = np.array([[intent == thing for thing in known] for intent in intents], np.float32)
    return [known[i] for i in fit_head(examples, targets).scores(vectors).argmax(axis=1)]


def accuracy(said: Sequence[str], meant: Sequence[str]) -> float:
    return float((np.array(said) == np.array(meant)).mean())


# ---- time --------------------------------------------------------------------------------------


def times(encoder: MiniLM) -> list[Measure]:
    train = banking("train")
    playbook = dict(list(playbook_of(train, 10, 0).items())[:50])
    start = time.perf_counter()
    LocalUnderstander.train(load_minilm(MODELS), Lessons(playbook))
    whole = time.perf_counter() - start
    understander = LocalUnderstander.train(encoder, Lessons(playbook))
    playbook[next(iter(playbook))].append("one more way to say it")
    start = time.perf_counter()
    understander = LocalUnderstander.train(encoder, Lessons(playbook))
    added = time.perf_counter() - start
    texts = train.texts[-TIMED_COUNT:]
    spans = [(timed_encoding(encoder, text), timed(understander, f"{text} ")) for text in texts]
    bare, all = np.quantile(np.array(spans) * 1000, (0.5, 0.99), axis=0).T.round(2)
    vector = "the vector alone"
    return [
        Measure("train 50 needs x 10 examples, from nothing", round(whole, 2), "s"),
        Measure("a new example is live after", round(added, 2), "s", goal="< 2", ok=added < 2),
        against("understand one message, p50", float(all[0]), "ms", vector, float(bare[0]), at_most=1.5),
        against("understand one message, p99", float(all[1]), "ms", vector, float(bare[1]), at_most=2.0),
    ]


def timed_encoding(encoder: MiniLM, text: str) -> float:
    start = time.perf_counter()
    encoder.encode([f"{text}  "])
    return time.perf_counter() - start


def timed(understander: LocalUnderstander, text: str) -> float:
    start = time.perf_counter()
    understander.understand(text, Context())
    return time.perf_counter() - start


def main() -> None:
    if not DATA.exists():
        raise SystemExit(f"{DATA} is not there: DRYFLY_DATASETS names the folder with the data.")
    encoder = load_minilm(MODELS)
    report([*times(encoder), few_shots(encoder, 10, 85.0), few_shots(encoder, 5, 80.0)])
    parts = clinc()
    report([*as_shipped(encoder, parts), *strangers(encoder, parts)])


if __name__ == "__main__":
    main()
