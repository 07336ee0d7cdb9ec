"""A question's topic as weighed words, and how much of it a sentence holds."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz.distance import DamerauLevenshtein

from qa import cues, words
from qa.grammar import grammar
from qa.names import without_place
from qa.types import Question

# Words that name the sort of answer wanted, not the topic: "which city", "what percentage".
_SORTS = frozenset(
    words.stem(word)
    for word in """percentage percent number amount kind sort type way thing things topic topics issue issues point
    points subject subjects question word words name part piece matter view opinion mention mentioned discuss
    discussed talk talked say said speak spoke anything something use used connection context reason exactly
    city country place town year day date time month person people post position role field fields meaning
    число количество тема вопрос слово слова город страна год день причина мнение""".split()
)
_QUANTITY = re.compile(
    r"\b(?:how (?:much|many|long|often|far|old|big|large|high)|what (?:percentage|share|number|amount|sum|price|year)|"
    r"by how|which year|when|сколько|когда|какой процент|в каком году)\b",
    re.IGNORECASE,
)
_REASON = re.compile(
    r"\b(?:because|['’]?cause|cuz|cos|since|so that|reasons?|in order to|due to|therefore|that['’]s why|потому|поэтому|"
    r"причин\w*|чтобы|из-за|так как)\b",
    re.IGNORECASE,
)
_NUMBER = re.compile(
    r"\d|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|dozen|hundred|thousand|million|billion|"
    r"half|third|quarter|percent|double|twice|один|два|три|четыре|пять|шесть|семь|восемь|девять|десять|сто|тысяч\w*|"
    r"миллион\w*|миллиард\w*|процент\w*|половин\w*|треть)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Topic:
    """What a question is about.

    Attributes:
        text: for the embedding.
        terms: stems that carry meaning, without repeats, in order.
        weights: one per term, by rarity in the index; they sum to 1.
        names: those of the terms that are names or numbers, or that stand nowhere in the index.
        quantity: a number or a time is asked for.
        reason: a reason is asked for.
        unknown: those of the terms that stand nowhere in the index; only these may be misspelt.
    """

    text: str
    terms: tuple[str, ...]
    weights: tuple[float, ...]
    names: frozenset[str]
    quantity: bool
    unknown: frozenset[str] = frozenset()
    reason: bool = False

    @classmethod
    def of(cls, question: Question, frequencies: Callable[[Sequence[str]], Mapping[str, int]], count: int) -> Topic:
        """The topic of a question.

        Args:
            frequencies: stems -> in how many passages each stands.
            count: number of passages.
        """
        topic = question.topic.strip() or question.standalone
        terms = list(dict.fromkeys(words.content_terms(topic)))
        wanted = [term for term in terms if term not in _SORTS] or terms
        if not question.topic.strip():
            wanted = []
        found = frequencies(wanted) if wanted else {}
        light = _light(question, topic)
        raw = [_rarity(count, found.get(t, 0)) * (_LIGHT if t in light else 1.0) for t in wanted]
        total = sum(raw) or 1.0
        named = _names(topic) | {term for term in wanted if not found.get(term)}
        names = frozenset(term for term in wanted if term in named and term not in light)
        return cls(
            topic, tuple(wanted), tuple(weight / total for weight in raw), names,
            bool(_QUANTITY.search(question.standalone)), frozenset(t for t in wanted if not found.get(t)),
            cues.wh(question.standalone) == "why",
        )  # fmt: skip

    def coverage(self, sentence: str, around: Iterable[str] = ()) -> tuple[float, float]:
        """How much of the topic a sentence holds.

        Args:
            sentence: the words.
            around: its neighbours; what only they hold counts half.

        Returns:
            (share of the topic's weight held, in [0, 1]; share of its names and numbers missing).
        """
        own, near = _stems(sentence), frozenset[str]().union(*map(_stems, around))
        held = 0.0
        missing = 0
        for term, weight in zip(self.terms, self.weights, strict=True):
            here = _match(term, own, term in self.unknown)
            if not here:
                beside = _match(term, near, term in self.unknown)
                here = beside / 2
                missing += term in self.names and not beside
            held += weight * here
        return held, missing / len(self.names) if self.names else 0.0

    def bonus(self, sentence: str) -> float:
        """Where a number or a reason is asked for: a little for one; without a number, a little less."""
        if self.reason:
            return 0.08 if _REASON.search(sentence) else 0.0
        if not self.quantity:
            return 0.0
        return 0.08 if _NUMBER.search(sentence) else -0.12


_LIGHT = 0.35  # weight of words that stand in the asker's frame more often than in the answer


def _rarity(count: int, found: int) -> float:
    """Inverse document frequency as BM25 has it, plus a floor. Source: Robertson and Zaragoza 2009."""
    return math.log(1 + (count - found + 0.5) / (found + 0.5)) + 0.5


def _light(question: Question, topic: str) -> set[str]:
    """Stems of verbs of speech at the topic's beginning and of the persons it names."""
    tongue = grammar(question.language)
    found = {words.stem(word) for name in question.mentions for word in words.words(without_place(name))}
    verb = tongue.speech.match(topic)
    if verb:
        found.update(words.content_terms(verb.group()))
    return found


@lru_cache(maxsize=16384)
def _stems(text: str) -> frozenset[str]:
    return frozenset(words.terms(text))


def _names(text: str) -> set[str]:
    """Stems of capitalised words and numbers; none where everything is in one case."""
    found = {words.stem(w) for w in words.words(" ".join(re.findall(r"\S*\d\S*", text)))}
    if text == text.lower() or text == text.upper():
        return found
    for match in re.finditer(r"[^\W\d_][\w'’-]*", text):
        if match.group()[0].isupper() and (match.start() > 0 or match.group() not in _COMMON_FIRST):
            found.update(words.stem(word) for word in words.words(match.group()))
    return found


_COMMON_FIRST = frozenset(
    "What Which Who When Where Why How Is Are Was Were Did Does Do Has Have Will Would By In On".split()
)


def _match(term: str, stems: frozenset[str], misspelt: bool) -> float:
    """1 for the term itself, less for a longer word of the same root or what was meant by a misspelling, else 0."""
    if term in stems:
        return 1.0
    if len(term) < 5 or term.isdigit():
        return 0.0
    best = 0.0
    for stem in stems:
        if len(stem) < 4 or stem[0] != term[0]:
            continue
        if len(stem) >= 5 and (stem.startswith(term) or term.startswith(stem)) and abs(len(stem) - len(term)) <= 3:
            best = max(best, 0.8)
        elif misspelt and abs(len(stem) - len(term)) <= 2:
            slips = DamerauLevenshtein.distance(term, stem, score_cutoff=2)
            if slips <= (1 if len(term) < 8 else 2):
                best = max(best, 0.85)
    return best
