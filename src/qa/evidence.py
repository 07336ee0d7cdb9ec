"""Sentences as evidence: found in the best passages, weighed against the topic, chosen.

The unit is the sentence. Each is scored by how much of the topic it holds (words weighed by rarity)
and how near it means; what belongs to its thought is taken along when it is chosen.
"""

from __future__ import annotations

import math
import re
import threading
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from qa import cues, late, words
from qa.index import Index
from qa.search import Scored, Searcher
from qa.settings import DEFAULT_MODEL, Settings
from qa.speakers import name_keys
from qa.terms import Topic
from qa.types import Embedder, Filter, Kind, PageKind, PageText, Question, Tokens, Transcript, Turn

_PASSAGES = 16  # whose sentences are weighed; more changed no answer on the development questions
_ANNOUNCING = 0.1  # "On the agenda are the bridge and the tram."
_ASKING = 0.15  # a question is seldom the answer, but its answer may stand nowhere else
_UNSEEN = 0.25  # cosine of a sentence that is not embedded and stands in no passage
_NEAR_FACT = 0.75  # likewise, where a fact is asked for
_NEAR_IN_LIST = 0.6  # likewise, where several things are asked for
_NEAR = 0.65  # a further quotation must score this share of the best one's score
_NONE = Tokens(np.zeros(0, dtype=np.uint16), np.zeros((0, 0), dtype=np.uint8))


class Place(NamedTuple):
    """Where a sentence stands; `turn` as in `Evidence`."""

    transcript_id: str
    turn: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Evidence:
    """One sentence that may answer, or a run of them.

    Attributes:
        turn: index of the turn; -1 - n for the n-th of the page's own texts.
        coverage: share of the topic's words it holds, weighed by rarity, in [0, 1].
        cosine: of the topic and the sentence.
        missing: share of the topic's names and numbers that it does not hold, in [0, 1].
        late: how near its tokens come to the topic's, each for itself (`qa.late`), on the mean by rarity.
        score: what orders evidence, higher is better.
    """

    transcript_id: str
    turn: int
    start: int
    end: int
    speaker: str
    coverage: float
    cosine: float
    missing: float
    late: float
    score: float


class Sight(NamedTuple):
    """Who says a sentence, and its tokens.

    Attributes:
        speaker: canonical name; "" for the page's own words.
        tokens: None for words that stand in no passage.
    """

    speaker: str
    tokens: Tokens | None = None


class _Seen(NamedTuple):
    """A sentence and how much of the topic it holds; see `Evidence`."""

    place: Place
    sight: Sight
    text: str
    coverage: float
    missing: float


class Weigher:
    """Finds, weighs and chooses sentences of one index.

    Args:
        index: where the words are.
        searcher: finds passages in it.
        embedder: gives sentences their vectors.
    """

    def __init__(self, index: Index, searcher: Searcher, embedder: Embedder, settings: Settings) -> None:
        self._index = index
        self._searcher = searcher
        self._embedder = embedder
        self._settings = settings
        self._transcripts: dict[tuple[int, str], Transcript] = {}
        self._lock = threading.Lock()

    # ---------------------------------------------------------------- finding and weighing

    def topic(self, question: Question) -> Topic:
        return Topic.of(question, self._index.document_frequencies, self._index.count())

    def find(self, question: Question, topic: Topic, filter: Filter) -> list[Evidence]:
        """Sentences of the best passages, and of the page where it may answer, best first."""
        self._embedder.encode([topic.text, question.standalone])  # together, they are wanted one by one
        spans: dict[Place, Sight] = {}
        own = filter
        if question.speakers and filter.speakers is None:
            # Whatever is asked of a person: their own words first, others' only where they name the person.
            own = replace(filter, speakers=question.speakers)
        wanted = _PASSAGES * (2 if question.besides else 1)
        spans.update(self._sentences_near(self._searcher.passages(question, own, wanted, topic.text), own))
        spans = {place: sight for place, sight in spans.items() if sight.speaker not in question.besides}
        pages: list[tuple[str, int, PageText]] = []
        if filter.speakers is None and not question.strict:
            pages = self.page_sentences(question, filter)
            if question.speakers:
                spans |= self._about_the_person(question, topic, filter)
        return self.score(question, topic, spans, pages)

    def of_passages(self, items: Iterable[Scored], question: Question, topic: Topic, filter: Filter) -> list[Evidence]:
        """The sentences of passages that are found already, weighed as `find` does, best first."""
        return self.score(question, topic, dict(self._sentences_near(items, filter)))

    def _sentences_near(self, items: Iterable[Scored], filter: Filter) -> Iterable[tuple[Place, Sight]]:
        """The passages' sentences; when one ends in a question, also how the next speaker begins to answer."""
        of: dict[str, tuple[Turn, ...]] = {}
        for item in items:
            passage = item.passage
            if passage.transcript_id not in of:
                of[passage.transcript_id] = self.transcript(passage.transcript_id).turns
            turns = of[passage.transcript_id]
            text = turns[passage.turn].text
            yield from _sentences_of(item, _spans(text))
            following = turns[passage.turn + 1] if passage.turn + 1 < len(turns) else None
            asks = text[passage.end :].strip() == "" and _asks(text)
            if following and asks and (filter.speakers is None or following.speaker in filter.speakers):
                for other in self._searcher.turn(passage.transcript_id, following.index):
                    yield from _sentences_of(other, _spans(following.text)[:3])

    def _about_the_person(self, question: Question, topic: Topic, filter: Filter) -> dict[Place, Sight]:
        """Others' sentences that name the person of a question such as "Where did X go?"."""
        keys = {k for name in question.speakers for k in name_keys(name) if len(k) > 2}
        found = {}
        for item in self._searcher.passages(question, replace(filter, speakers=None), _PASSAGES, topic.text):
            p = item.passage
            for start, end in words.sentences(p.text):
                if p.speaker not in question.speakers and keys & set(name_keys(p.text[start:end])):
                    place = Place(p.transcript_id, p.turn, p.start + start, p.start + end)
                    found[place] = Sight(p.speaker, late.part(item.tokens, start, end))
        return found

    def page_sentences(self, question: Question, filter: Filter) -> list[tuple[str, int, PageText]]:
        """The page's reports; with a person asked about, those that name the person."""
        keys = {k for name in question.speakers for k in name_keys(name) if len(k) > 2}
        kept = {PageKind.SUMMARY, PageKind.ATTENDANCE, PageKind.NOTE}
        found = []
        for tid in self.ids(filter):
            for n, page in enumerate(self.transcript(tid).page):
                if page.kind in kept and (not keys or keys & set(name_keys(page.text))):
                    found.append((tid, n, page))
        return found

    def score(
        self,
        question: Question,
        topic: Topic,
        spans: Mapping[Place, Sight],
        pages: Sequence[tuple[str, int, PageText]] = (),
    ) -> list[Evidence]:
        """Weigh sentences; the question before an answer lends it its words."""
        seen: list[_Seen] = []
        transcripts = {tid: self.transcript(tid) for tid in dict.fromkeys(place.transcript_id for place in spans)}
        for place, sight in spans.items():
            turns = transcripts[place.transcript_id].turns
            text = turns[place.turn].text
            around = _around(text, place.start, place.end)
            if place.turn and _asks(turns[place.turn - 1].text) and place.start <= _opening(text):
                around = [*_last_sentences(turns[place.turn - 1].text), *around]
            sentence = text[place.start : place.end]
            seen.append(_Seen(place, sight, sentence, *topic.coverage(sentence, around)))
        for tid, n, page in pages:
            for start, end in words.sentences(page.text):
                sentence = page.text[start:end]
                held = topic.coverage(sentence, [page.text])
                seen.append(_Seen(Place(tid, -1 - n, start, end), Sight(""), sentence, *held))
        if not seen:
            return []
        meant = self._meaning(question, topic, seen)
        found = [
            self._weigh(question, topic, item, cosine=float(cosine), near=float(near))
            for item, cosine, near in zip(seen, *meant, strict=True)
        ]
        return sorted(found, key=lambda e: (-e.score, e.transcript_id, e.turn, e.start))

    def _weigh(self, question: Question, topic: Topic, item: _Seen, *, cosine: float, near: float) -> Evidence:
        score = 0.4 * item.coverage + 0.25 * cosine + 0.4 * near - 0.1 * item.missing + topic.bonus(item.text)
        if len(item.text.split()) < 3:
            score -= 0.1
        if _asks(item.text) and not (question.kind is Kind.WHO_SAID and question.strict):
            score -= _ASKING
        if cues.announces(item.text):
            score -= _ANNOUNCING
        return Evidence(*item.place, item.sight.speaker, item.coverage, cosine, item.missing, near, score)

    def _meaning(
        self, question: Question, topic: Topic, seen: Sequence[_Seen]
    ) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        """How near the sentences mean what is asked: (cosine, late) of `Evidence`, float32, shape (len(seen),) each.

        The cosine is the nearer of two: to the topic alone, and to the question as asked. A sentence's vector is
        the mean of its tokens, which were kept when its passage was embedded; words without tokens (those that stand
        in no passage, and all where the model tells none) are embedded now, the most promising only. Of a model
        that tells no tokens the cosine stands for both.
        """
        asked = self._embedder.encode([topic.text, question.standalone])
        dim = len(asked[0].vector)
        texts = [item.sight.tokens or _NONE for item in seen]
        strange = [n for n, tokens in enumerate(texts) if not len(tokens.starts)]
        chosen = sorted(strange, key=lambda n: -seen[n].coverage)[: self._settings.sentences]
        made = dict(zip(chosen, self._embedder.encode([seen[n].text for n in chosen]), strict=True))
        for n, one in made.items():
            texts[n] = late.pack(one.tokens, one.starts)
        questions = np.stack([one.vector for one in asked])
        cosines = (late.means(texts, dim) @ questions.T).max(axis=1)
        for n in strange:
            if not len(texts[n].starts):  # not embedded, or by a model that tells no tokens
                cosines[n] = (questions @ made[n].vector).max() if n in made else _UNSEEN
        if question.language == "ru" and self._settings.model == DEFAULT_MODEL:
            # The bundled model knows English only: to it all Cyrillic sentences are alike.
            cosines = np.asarray(_BLIND_COSINE + (cosines - cosines.mean()) * 0.3, dtype=np.float32)
        if not len(asked[0].tokens):
            return cosines, cosines
        near = late.greatest(asked[0].tokens, texts)
        return cosines, late.weighted(near, self._searcher.rarity(topic.text))

    def all_sentences(self, filter: Filter) -> list[Evidence]:
        """A person's sentences without a topic: longer ones with rarer words tell more."""
        rows = self._index.allowed(filter)
        found = []
        for p in self._index.passages([int(row) for row in rows[:2000]]):
            for start, end in words.sentences(p.text):
                terms = set(words.content_terms(p.text[start:end]))
                score = min(len(terms), 12) / 12 - (0.3 if p.text[start:end].endswith("?") else 0)
                found.append(
                    Evidence(p.transcript_id, p.turn, p.start + start, p.start + end, p.speaker, 0, 0, 0, 0, score)
                )
        return found

    # ---------------------------------------------------------------- confidence and choice

    def confidence(self, found: Sequence[Evidence], lead: float = 0.0) -> float:
        """Estimated probability that the best evidence answers; see docs/answers.md for the fit."""
        if not found:
            return 0.0
        return max(confidence(e.coverage, e.cosine, e.missing, e.late, lead) for e in found[:5])

    def lead(self, question: Question, topic: Topic, filter: Filter) -> float:
        """Whose words fit the topic better: the filter's speakers' or everybody else's; see `Searcher.lead`."""
        return self._searcher.lead(question, filter, topic.text)

    def choose(self, found: Sequence[Evidence], question: Question, topic: Topic, filter: Filter) -> list[Evidence]:
        """The best sentence and those about as good, without repeats, neighbours joined."""
        best = found[0]
        several = cues.several(question.standalone)
        least = best.score * (_NEAR_IN_LIST if several or question.kind is Kind.LIST else _NEAR)
        kept: list[Evidence] = []
        seen: set[str] = set()
        for item in found:
            if item.score < least:
                continue
            text = words.bare(self._text(item)).casefold()
            sure = confidence(item.coverage, item.cosine, item.missing, item.late) >= self._settings.threshold
            if text in seen or not (sure or item is best):
                continue
            if question.kind is Kind.FACT and not several and kept and item.score < best.score * _NEAR_FACT:
                continue
            kept.append(item)
            seen.add(text)
            if len(kept) >= self._settings.max_citations:
                break
        whole = []
        for item in kept:
            reply = self._reply(item, question, filter)
            if reply is not None and reply not in whole:
                whole.append(reply)
            if reply is None:
                whole.append(self._with_rest(self.with_antecedent(item), topic, question, several))
        return _join_neighbours(whole[: self._settings.max_citations], self.text_of)

    def _reply(self, item: Evidence, question: Question, filter: Filter) -> Evidence | None:
        """How the next speaker begins to answer, when the evidence is a question that ends its turn."""
        if item.turn < 0 or question.strict:
            return None
        turns = self.transcript(item.transcript_id).turns
        text = turns[item.turn].text
        following = turns[item.turn + 1] if item.turn + 1 < len(turns) else None
        allowed = filter.speakers if filter.speakers is not None else question.speakers or None
        if following is not None and allowed is not None and following.speaker not in allowed:
            return None
        if following is None or not _asks(text) or text[item.end :].count("?") + _asks(text[: item.end]) < 1:
            return None
        spans = _spans(following.text)
        if not _asks(text[item.start : item.end]) or not spans or following.speaker == item.speaker:
            return None
        last = spans[0]
        if len(spans) > 1 and not following.text[spans[0][1] : spans[1][0]].strip():
            last = spans[1]
        return replace(item, turn=following.index, start=spans[0][0], end=last[1], speaker=following.speaker)

    def _with_rest(self, item: Evidence, topic: Topic, question: Question, several: bool) -> Evidence:
        """A sentence whose thought goes on takes the next one along: "It ...", or the number asked for.

        Args:
            several: more than one thing is asked for: what goes on with a list comes along, too.
        """
        if item.turn < 0:
            return item
        text = self.text_of(item)
        end = item.end
        for start, stop in [span for span in _spans(text) if span[0] >= item.end][: 4 if several else 2]:
            sentence = text[start:stop]
            if "\n" in text[end:start] or text[end:start].strip():
                break
            lacks = topic.bonus(text[item.start : end]) <= 0 < topic.bonus(sentence)
            short = len(text[item.start : end].split()) <= (_SHORT if question.kind is Kind.FACT else _BRIEF)
            listed = several and cues.goes_on(sentence)
            if not (lacks or short or listed or _ANAPHOR.search(" ".join(sentence.split()[:4]))):
                break
            end = stop
        return replace(item, end=end)

    def with_antecedent(self, item: Evidence) -> Evidence:
        """A sentence that begins with "It" or "They" takes the sentence before it along."""
        if item.turn < 0:
            return item
        text = self.text_of(item)
        first = re.match(r"[\W_]*(\w+)", text[item.start : item.end])
        if not first or first.group(1).casefold() not in _ANAPHORS:
            return item
        spans = [span for span in words.sentences(text) if span[1] <= item.start]
        if not spans or "\n" in text[spans[-1][1] : item.start] or text[spans[-1][1] : item.start].strip():
            return item
        return replace(item, start=spans[-1][0])

    def _text(self, item: Evidence) -> str:
        return self.text_of(item)[item.start : item.end]

    def text_of(self, item: Evidence) -> str:
        """The turn, or the page's text, in which a sentence stands."""
        transcript = self.transcript(item.transcript_id)
        return transcript.turns[item.turn].text if item.turn >= 0 else transcript.page[-1 - item.turn].text

    # ---------------------------------------------------------------- transcripts

    def ids(self, filter: Filter) -> list[str]:
        return [
            info.id
            for info in self._index.transcripts()
            if (filter.transcripts is None or info.id in filter.transcripts)
            and (filter.since is None or (info.date is not None and info.date >= filter.since))
            and (filter.until is None or (info.date is not None and info.date <= filter.until))
        ]

    def transcript(self, transcript_id: str) -> Transcript:
        """Kept until the index changes: a question looks at the same few again and again."""
        place = (self._index.generation, transcript_id)
        found = self._transcripts.get(place)
        if found is None:
            found = self._index.transcript(transcript_id)
            with self._lock:
                if len(self._transcripts) > 64 or any(g != place[0] for g, _ in self._transcripts):
                    self._transcripts = {}
                self._transcripts[place] = found
        return found


# Logistic regression on the development questions in evaluation/ (559 that are searched for, without unseen.jsonl;
# 2026-11-25): AUROC .962 in ten folds, .956 on the 128 of unseen.jsonl, which nothing was fitted on.
# benchmarks/fit_confidence.py fits anew.
_BIAS, _COVERAGE, _COSINE, _MISSING, _LATE, _LEAD = -1.11, 2.95, 1.82, -0.35, 2.27, 0.87
_BLIND_COSINE = 0.35  # what counts for a text the model cannot read: neither for nor against


def confidence(coverage: float, cosine: float, missing: float, near: float, lead: float = 0.0) -> float:
    """Probability that a sentence answers: a logistic function of five signals.

    Args:
        coverage, cosine, missing: see `Evidence`; near is its `late`.
        lead: see `Searcher.lead`; 0 where nobody's words in particular are asked for.
    """
    z = _BIAS + _COVERAGE * coverage + _COSINE * cosine + _MISSING * missing + _LATE * near + _LEAD * lead
    return 1 / (1 + math.exp(-z))


_SHORT = 8  # words; a sentence this short seldom holds the whole thought
_BRIEF = 12  # words; likewise, where somebody's thoughts on a topic are asked for
_ANAPHOR = re.compile(
    r"\b(?:it|this|that|these|those|they|them|he|she|there|so|such|because|"
    r"это|этот|эта|эти|этого|этому|он|она|они|там|потому)\b",
    re.IGNORECASE,
)
_ANAPHORS = frozenset("it this that these those they them he she such это этот эта эти он она они такой".split())


def _sentences_of(item: Scored, spans: Sequence[words.Span]) -> Iterable[tuple[Place, Sight]]:
    """Those sentences of a turn that begin in the passage, with their tokens."""
    p = item.passage
    for start, end in spans:
        if p.start <= start < p.end:
            tokens = late.part(item.tokens, start - p.start, end - p.start)
            yield Place(p.transcript_id, p.turn, start, end), Sight(p.speaker, tokens)


def _around(text: str, start: int, end: int) -> list[str]:
    """The sentence and its neighbours in the same turn."""
    spans = _spans(text)
    at = bisect_right(spans, start, key=lambda span: span[1])
    last = bisect_left(spans, end, key=lambda span: span[0]) - 1
    return [text[a:b] for a, b in spans[max(0, at - 1) : max(at, last) + 2]]


def _asks(text: str) -> bool:
    """A turn that ends in a question."""
    return text.rstrip("\"”»' \n").endswith("?")


def _opening(text: str) -> int:
    """Where the second sentence of a turn begins: as far as a question before it reaches."""
    spans = _spans(text)
    return spans[min(2, len(spans) - 1)][0] if spans else 0


def _last_sentences(text: str) -> list[str]:
    return [text[a:b] for a, b in _spans(text)[-2:]]


@lru_cache(maxsize=4096)
def _spans(text: str) -> tuple[words.Span, ...]:
    return tuple(words.sentences(text))


def _join_neighbours(items: Sequence[Evidence], text_of: Callable[[Evidence], str]) -> list[Evidence]:
    """Sentences of one turn that stand side by side become one quotation, at the better one's place."""
    joined: list[Evidence] = []
    for item in items:
        for n, other in enumerate(joined):
            if (item.transcript_id, item.turn) != (other.transcript_id, other.turn):
                continue
            first, second = sorted((item, other), key=lambda e: e.start)
            between = text_of(item)[first.end : second.start]
            if second.start <= first.end or (not between.strip() and "\n" not in between):
                joined[n] = replace(other, start=first.start, end=max(first.end, second.end))
                break
        else:
            joined.append(item)
    return joined
