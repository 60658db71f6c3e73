"""A tiny real sentence-transformers model, and the shipped one where it is installed."""

from __future__ import annotations

import json
import shutil
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from engine.cancel import CancelToken
from engine.embedding import Embedder, loading
from engine.errors import Cancelled, ModelDamaged, ModelMissing
from engine.paths import embedded_models_dir
from engine.records import ModelFile

TEXTS = [
    "契約の有効期間",
    "leave",
    "a much longer passage about rent and notice " * 6,
    "",
    "x y",
] * 5


def write_tiny_model(folder: Path) -> Path:
    """A two-layer BERT with seeded random weights and one token per byte."""
    import torch
    from tokenizers import Tokenizer, decoders, models, pre_tokenizers, processors
    from transformers import BertConfig, BertModel

    alphabet = sorted(pre_tokenizers.ByteLevel.alphabet())
    vocabulary = {token: n for n, token in enumerate(["[PAD]", "[CLS]", "[SEP]", *alphabet])}
    tokenizer = Tokenizer(models.BPE(vocabulary, merges=[]))
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    tokenizer.decoder = decoders.ByteLevel()
    tokenizer.post_processor = processors.BertProcessing(("[SEP]", 2), ("[CLS]", 1))
    torch.manual_seed(3)
    config = BertConfig(
        vocab_size=len(vocabulary), hidden_size=32, num_hidden_layers=2, num_attention_heads=2,
        intermediate_size=64, max_position_embeddings=128, pad_token_id=0,
    )  # fmt: skip
    BertModel(config).save_pretrained(folder)
    tokenizer.save(str(folder / "tokenizer.json"))
    said = {
        "tokenizer_config.json": {
            "tokenizer_class": "PreTrainedTokenizerFast", "pad_token": "[PAD]",
            "cls_token": "[CLS]", "sep_token": "[SEP]", "model_max_length": 128,
        },
        "modules.json": [
            {"idx": 0, "name": "0", "path": "", "type": "sentence_transformers.models.Transformer"},
            {"idx": 1, "name": "1", "path": "1_Pooling",
             "type": "sentence_transformers.models.Pooling"},
        ],
        "sentence_bert_config.json": {"max_seq_length": 128, "do_lower_case": False},
        "1_Pooling/config.json": {"word_embedding_dimension": 32, "pooling_mode_mean_tokens": True},
    }  # fmt: skip
    (folder / "1_Pooling").mkdir()
    for name, content in said.items():
        (folder / name).write_text(json.dumps(content), "utf-8")
    return folder


@pytest.fixture(scope="module")
def tiny_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_tiny_model(tmp_path_factory.mktemp("tiny"))


def model_file(folder: Path, name: str = "tiny") -> ModelFile:
    return ModelFile(name, folder, "embedding", 1)


@pytest.fixture(scope="module")
def tiny(tiny_folder: Path) -> Embedder:
    return Embedder(model_file(tiny_folder))


@pytest.fixture
def copy(tiny_folder: Path, tmp_path: Path) -> Iterator[Path]:
    yield Path(shutil.copytree(tiny_folder, tmp_path / "copy"))


def cosine(a: np.ndarray, b: np.ndarray) -> float:
    return float((a * b).sum(axis=-1).min())


def test_vectors_are_float32_unit_length_and_in_order(tiny: Embedder) -> None:
    vectors = tiny.embed_passages(TEXTS)
    assert vectors.shape == (25, tiny.dimension) == (25, 32)
    assert vectors.dtype == np.float32
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)
    alone = np.stack([tiny.embed_passages([text])[0] for text in TEXTS])
    assert cosine(vectors, alone) > 0.999  # batching and padding change nothing
    assert tiny.embed_passages([]).shape == (0, 32)


def test_without_a_declaration_queries_and_passages_are_alike(tiny: Embedder) -> None:
    assert cosine(tiny.embed_query("leave"), tiny.embed_passages(["leave"])[0]) > 0.999


def test_declared_prefixes_stand_in_front(copy: Path, tiny: Embedder) -> None:
    said = {"query_prefix": "query: ", "passage_prefix": "passage: "}
    (copy / loading.DECLARATION).write_text(json.dumps(said), "utf-8")
    prefixed = Embedder(model_file(copy))
    assert cosine(prefixed.embed_query("rent"), tiny.embed_query("query: rent")) > 0.999
    assert cosine(prefixed.embed_passages(["r"])[0], tiny.embed_query("passage: r")) > 0.999
    assert cosine(prefixed.embed_query("rent"), tiny.embed_query("rent")) < 0.999


def test_texts_longer_than_the_model_are_cut_not_refused(tiny: Embedder) -> None:
    long = "rent " * 5_000
    assert cosine(tiny.embed_query(long), tiny.embed_query(long + "other words")) > 0.999
    assert np.isfinite(tiny.embed_query("")).all()


def test_repeated_queries_are_remembered_and_cannot_be_changed(
    tiny: Embedder, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = tiny.embed_query("how much is the rent?")
    monkeypatch.setattr(tiny, "_model", None)
    assert tiny.embed_query("how much is the rent?") is first
    with pytest.raises(ValueError, match="read-only"):
        first[0] = 1


def test_the_memory_of_queries_is_bounded(tiny: Embedder) -> None:
    for n in range(100):
        tiny.embed_query(str(n))
    assert len(tiny._queries) == 64


def test_a_set_token_stops_between_batches(tiny: Embedder) -> None:
    cancel = CancelToken()
    cancel.cancel()
    with pytest.raises(Cancelled):
        tiny.embed_passages(TEXTS, cancel)


def test_passages_wait_between_passes_while_an_answer_is_made(
    tiny: Embedder, monkeypatch: pytest.MonkeyPatch
) -> None:
    expected = tiny.embed_passages(TEXTS)
    token, urgent, passes, encode = CancelToken(), threading.Event(), [0], tiny._encode

    def counted(texts: list[str]) -> np.ndarray:
        passes[0] += 1
        urgent.set()  # a question comes while the first pass runs
        return encode(texts)

    monkeypatch.setattr(tiny, "_encode", counted)
    token.gives_way_to(urgent.is_set)
    found: list[np.ndarray] = []
    thread = threading.Thread(target=lambda: found.append(tiny.embed_passages(TEXTS, token)))
    thread.start()
    assert urgent.wait(30)
    time.sleep(0.3)
    assert passes == [1] and not found
    token.gives_way_to(lambda: False)
    thread.join(30)
    np.testing.assert_array_equal(found[0], expected)
    assert token.paused_s > 0.1


def test_two_threads_may_embed_at_once(tiny: Embedder) -> None:
    expected = tiny.embed_passages(TEXTS)
    results: list[np.ndarray] = []
    threads = [
        threading.Thread(target=lambda: results.append(tiny.embed_passages(TEXTS)))
        for _ in range(4)
    ]
    for thread in threads:
        thread.start()
    for n in range(30):
        tiny.embed_query(f"question {n} " * (n % 7))
    for thread in threads:
        thread.join()
    assert len(results) == 4
    assert min(cosine(result, expected) for result in results) > 0.999


def test_a_missing_folder_is_a_missing_model(tmp_path: Path) -> None:
    with pytest.raises(ModelMissing):
        Embedder(model_file(tmp_path / "nowhere"))


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("model.safetensors", b"not weights"),
        ("model.safetensors", None),
        ("config.json", b"{"),
        ("tokenizer.json", b"{}"),
        ("modules.json", b"[]}"),
        (loading.DECLARATION, b"{"),
        (loading.DECLARATION, b"[]"),
    ],
)
def test_a_damaged_model_is_named(copy: Path, name: str, content: bytes | None) -> None:
    path = copy / name
    if content is None:
        path.unlink()
    else:
        path.write_bytes(content)
    with pytest.raises(ModelDamaged) as caught:
        Embedder(model_file(copy))
    assert str(copy) in str(caught.value)


def test_a_model_that_rounding_would_spoil_stays_in_float32(
    tiny_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import torch

    if not torch.cpu._is_avx512_bf16_supported():
        pytest.skip("this processor does not multiply bfloat16")
    monkeypatch.setattr(loading, "_LEAST_COSINE", 2.0)
    kept = loading.load(model_file(tiny_folder))
    assert {p.dtype for p in kept.parameters()} == {torch.float32}


@pytest.mark.models
@pytest.mark.slow
def test_the_shipped_model_agrees_with_float32_and_knows_both_languages() -> None:
    folder = embedded_models_dir() / "multilingual-e5-small"
    if not folder.exists():
        pytest.skip("multilingual-e5-small is not installed")
    from sentence_transformers import SentenceTransformer

    ours = Embedder(model_file(folder, "multilingual-e5-small"))
    passages = [
        "本契約の有効期間は締結日から2年間とする。",
        "Employees receive 20 days of paid leave per year.",
        "The canteen on the second floor closes at two.",
        "出張旅費は月末までに申請すること。",
    ] * 3
    exact = SentenceTransformer(str(folder), device="cpu", local_files_only=True)
    expected = exact.encode(
        [f"passage: {text}" for text in passages], normalize_embeddings=True,
        show_progress_bar=False,
    )  # fmt: skip
    found = ours.embed_passages(passages)
    assert cosine(found, expected) > 0.999
    questions = ["契約は何年間有効ですか", "How many days off do I get?", "When is lunch over?",
                 "旅費の申請期限"]  # fmt: skip
    for answer, question in enumerate(questions):
        assert int(np.argmax(found[:4] @ ours.embed_query(question))) == answer
