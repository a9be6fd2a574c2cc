"""all-MiniLM-L6-v2 as an ONNX graph, made from its published weights without torch.

The network (Wang et al. 2020, "MiniLM"; sentence-transformers' all-MiniLM-L6-v2) is a BERT of 6 layers,
12 heads and 384 dimensions, whose last layer is averaged over the words and brought to unit length. All of
that is in the graph: token ids and mask go in, unit vectors come out.

Only building needs `onnx` and onnxruntime's quantiser; nothing here is imported at run time.
"""

import json
import math
import struct
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import onnx
from onnx import TensorProto, helper, numpy_helper
from onnxruntime.quantization import QuantType, quantize_dynamic

DIMENSIONS = 384
HEADS = 12
LAYERS = 6
HEAD_DIMENSIONS = DIMENSIONS // HEADS
EPSILON = 1e-12
MASKED = -1e4  # added to the scores of padding before the softmax

Weights = dict[str, npt.NDArray[np.float32]]


def read_weights(path: Path) -> Weights:
    """The float tensors of a safetensors file: 8 bytes length, a JSON head with offsets, the numbers."""
    blob = path.read_bytes()
    (head_bytes,) = struct.unpack("<Q", blob[:8])
    head = json.loads(blob[8 : 8 + head_bytes])
    data = memoryview(blob)[8 + head_bytes :]
    return {
        name: np.frombuffer(data[slice(*tensor["data_offsets"])], np.float32).reshape(tensor["shape"])
        for name, tensor in head.items()
        if name != "__metadata__" and tensor["dtype"] == "F32"
    }


class _Graph:
    """Collects nodes and constants; every method returns the name of what it made."""

    def __init__(self, weights: Weights) -> None:
        self.weights = weights
        self.nodes: list[onnx.NodeProto] = []
        self.constants: list[onnx.TensorProto] = []

    def constant(self, value: npt.ArrayLike, kind: npt.DTypeLike = np.int64) -> str:
        name = f"constant{len(self.constants)}"
        array = np.ascontiguousarray(value, dtype=kind) if np.ndim(value) else np.array(value, dtype=kind)
        self.constants.append(numpy_helper.from_array(array, name))
        return name

    def number(self, value: float) -> str:
        return self.constant(value, np.float32)

    def weight(self, name: str) -> str:
        return self.constant(self.weights[name], np.float32)

    def node(self, kind: str, inputs: Iterable[str], **attributes: Any) -> str:
        name = f"node{len(self.nodes)}"
        self.nodes.append(helper.make_node(kind, list(inputs), [name], **attributes))
        return name

    def linear(self, x: str, name: str) -> str:
        weight = self.constant(self.weights[f"{name}.weight"].T, np.float32)
        return self.node("Add", [self.node("MatMul", [x, weight]), self.weight(f"{name}.bias")])

    def norm(self, x: str, name: str) -> str:
        inputs = [x, self.weight(f"{name}.weight"), self.weight(f"{name}.bias")]
        return self.node("LayerNormalization", inputs, axis=-1, epsilon=EPSILON)

    def split_heads(self, x: str, order: list[int]) -> str:
        shaped = self.node("Reshape", [x, self.constant([0, 0, HEADS, HEAD_DIMENSIONS])])
        return self.node("Transpose", [shaped], perm=order)

    def gelu(self, x: str) -> str:
        bent = self.node("Erf", [self.node("Mul", [x, self.number(1 / math.sqrt(2))])])
        bent = self.node("Add", [bent, self.number(1.0)])
        return self.node("Mul", [self.node("Mul", [x, bent]), self.number(0.5)])


def _embed(g: _Graph) -> str:
    words = g.node("Gather", [g.weight("embeddings.word_embeddings.weight"), "input_ids"])
    shape = g.node("Shape", ["input_ids"])
    length = g.node("Slice", [shape, g.constant([1]), g.constant([2])])
    places = g.node(
        "Slice",
        [g.weight("embeddings.position_embeddings.weight"), g.constant([0]), length, g.constant([0])],
    )
    kind = g.constant(g.weights["embeddings.token_type_embeddings.weight"][0], np.float32)
    x = g.node("Add", [g.node("Add", [words, places]), kind])
    return g.norm(x, "embeddings.LayerNorm")


def _attend(g: _Graph, x: str, bias: str, layer: str) -> str:
    query = g.split_heads(g.linear(x, f"{layer}.attention.self.query"), [0, 2, 1, 3])
    key = g.split_heads(g.linear(x, f"{layer}.attention.self.key"), [0, 2, 3, 1])
    value = g.split_heads(g.linear(x, f"{layer}.attention.self.value"), [0, 2, 1, 3])
    scores = g.node("Mul", [g.node("MatMul", [query, key]), g.number(1 / math.sqrt(HEAD_DIMENSIONS))])
    shares = g.node("Softmax", [g.node("Add", [scores, bias])], axis=-1)
    mixed = g.node("Transpose", [g.node("MatMul", [shares, value])], perm=[0, 2, 1, 3])
    joined = g.node("Reshape", [mixed, g.constant([0, 0, DIMENSIONS])])
    out = g.linear(joined, f"{layer}.attention.output.dense")
    return g.norm(g.node("Add", [out, x]), f"{layer}.attention.output.LayerNorm")


def _think(g: _Graph, x: str, layer: str) -> str:
    wide = g.gelu(g.linear(x, f"{layer}.intermediate.dense"))
    out = g.linear(wide, f"{layer}.output.dense")
    return g.norm(g.node("Add", [out, x]), f"{layer}.output.LayerNorm")


def _average(g: _Graph, x: str, mask: str) -> str:
    mask = g.node("Unsqueeze", [mask, g.constant([2])])
    total = g.node("ReduceSum", [g.node("Mul", [x, mask]), g.constant([1])], keepdims=0)
    count = g.node("ReduceSum", [mask, g.constant([1])], keepdims=0)
    return g.node("Div", [total, count])


def write_graph(weights: Weights, path: Path) -> None:
    """The float32 graph: `input_ids`, `attention_mask` [batch, words] -> `vector` [batch, 384]."""
    g = _Graph(weights)
    mask = g.node("Cast", ["attention_mask"], to=TensorProto.FLOAT)
    hidden = g.node("Mul", [g.node("Sub", [g.number(1.0), mask]), g.number(MASKED)])
    bias = g.node("Unsqueeze", [hidden, g.constant([1, 2])])
    x = _embed(g)
    for number in range(LAYERS):
        layer = f"encoder.layer.{number}"
        x = _think(g, _attend(g, x, bias, layer), layer)
    g.nodes.append(helper.make_node("LpNormalization", [_average(g, x, mask)], ["vector"], axis=1, p=2))
    _save(g, path)


def _save(g: _Graph, path: Path) -> None:
    inputs = [
        helper.make_tensor_value_info(name, TensorProto.INT64, ["batch", "words"])
        for name in ("input_ids", "attention_mask")
    ]
    output = helper.make_tensor_value_info("vector", TensorProto.FLOAT, ["batch", DIMENSIONS])
    graph = helper.make_graph(g.nodes, "minilm", inputs, [output], g.constants)
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
    onnx.checker.check_model(model)
    onnx.save(model, str(path))


def quantise(exact: Path, small: Path) -> None:
    """int8 per channel: a quarter of the size, twice the speed, vectors within cosine 0.98 of float32."""
    quantize_dynamic(
        exact, small, weight_type=QuantType.QInt8, per_channel=True, op_types_to_quantize=["MatMul", "Gather"]
    )
