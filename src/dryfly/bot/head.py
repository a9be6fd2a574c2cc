"""The model on top of the vectors: kernel ridge regression, which knows how it would do on what it has not seen.

With unit vectors x, examples X and a column of Y (n, columns) for each thing to tell apart:

    k(x, z) = exp(sharpness (x.z - 1))        alpha = (K + ridge I)^-1 Y        f(x) = k(x, X) alpha

A text that is like no example has k near 0 everywhere, so every column of f is near 0: the model is unsure far
from home, which a softmax is not. And leaving one example out has a closed form (Rifkin & Lippert 2007),

    f_without_i(x_i) = Y_i - alpha_i / (K + ridge I)^-1_ii

so how likely the model is right is fitted on held-out predictions, without training twice. 500 examples take some
ten milliseconds. bench/understand.py measures it beside logistic regression.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from dryfly.bot.encoder import Vectors

SHARPNESS = 2.0
RIDGE = 0.3
NEIGHBOURS = 3
EXAMPLES_MAX = 20_000  # the matrix grows with the square: 1.6 GB

Scores = npt.NDArray[np.float32]
Flags = npt.NDArray[np.bool_]
Indices = npt.NDArray[np.intp]


@dataclass(frozen=True)
class Head:
    examples: Vectors
    alpha: Scores

    def scores(self, vectors: Vectors) -> Scores:
        """One row a vector, one column a thing: about 1 where it is meant, about 0 where not."""
        scores: Scores = _kernel(vectors, self.examples) @ self.alpha
        return scores


def fit_head(examples: Vectors, targets: Scores) -> Head:
    """`targets` (examples, columns): 1.0 where the example stands for the thing, else 0.0."""
    assert len(examples) <= EXAMPLES_MAX
    return Head(examples, np.linalg.solve(_ridged(examples), targets))


def held_out(head: Head, targets: Scores) -> Scores:
    """What the model says of each of its own examples when it has not seen that one."""
    inverse: Scores = np.linalg.inv(_ridged(head.examples))
    scores: Scores = targets - head.alpha / np.diag(inverse)[:, None]
    return scores


def _ridged(examples: Vectors) -> Scores:
    matrix = _kernel(examples, examples)
    matrix[np.diag_indices(len(matrix))] += RIDGE
    return matrix


def nearness(vectors: Vectors, examples: Vectors, *, same: bool = False) -> Scores:
    """Mean cosine to the nearest examples. `same`: they are the examples themselves, none its own neighbour."""
    cosines = vectors @ examples.T
    if same:
        np.fill_diagonal(cosines, -1.0)
    count = min(NEIGHBOURS, cosines.shape[1])
    nearest: Scores = np.partition(cosines, -count, axis=1)[:, -count:].mean(axis=1)
    return nearest


@dataclass(frozen=True)
class Curve:
    """How likely something holds, told from features: a logistic curve (Platt 1999)."""

    slopes: npt.NDArray[np.float64]
    offset: float

    def share(self, features: Scores) -> npt.NDArray[np.float64]:
        share: npt.NDArray[np.float64] = 1 / (1 + np.exp(-(features @ self.slopes + self.offset)))
        return share


def fit_curve(features: Scores, truth: Flags, weights: npt.NDArray[np.float64]) -> Curve:
    """Newton's method on the log likelihood, held a little towards 0 so that clean data does not run away."""
    design = np.column_stack([features, np.ones(len(features))]).astype(np.float64)
    theta = np.zeros(design.shape[1])
    hold = 0.01 * np.eye(len(theta))
    for _ in range(25):
        share = 1 / (1 + np.exp(-design @ theta))
        gradient = design.T @ (weights * (truth - share)) - hold @ theta
        curvature = (design * (weights * share * (1 - share))[:, None]).T @ design + hold
        theta = theta + np.linalg.solve(curvature, gradient)
    return Curve(theta[:-1], float(theta[-1]))


def _kernel(left: Vectors, right: Vectors) -> Scores:
    kernel: Scores = np.exp(SHARPNESS * (left @ right.T - 1))
    return kernel
