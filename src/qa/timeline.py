"""When and how often people spoke about a topic, side by side and one by one; and who talks how much.

A mention is a sentence that is evidence for the topic by the measure an answer goes by (`Settings.threshold`
on `evidence.confidence`), or a run of such sentences. All of them are wanted, not the best few; so each must
speak for itself, without what its neighbours hold.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import groupby

from qa import cite, words
from qa.answer import Answerer
from qa.evidence import Evidence, Place, Weigher, confidence
from qa.index import Index
from qa.search import Searcher
from qa.settings import Settings
from qa.terms import Topic
from qa.types import (
    Citation,
    Comparison,
    Embedder,
    Filter,
    Kind,
    Mentions,
    Question,
    Share,
    Side,
    Stretch,
    Talk,
    Timeline,
    Transcript,
)

_BATCH = 50  # passages weighed before it is asked whether to go on
_MOST = 1000  # passages weighed at most, about a second's work
_TELLING = 3  # statements of a transcript where no topic is asked for


class Timelines:
    """Follows topics through one index.

    Args:
        answerer: asks the people who are compared.
    """

    def __init__(
        self, index: Index, searcher: Searcher, embedder: Embedder, settings: Settings, answerer: Answerer
    ) -> None:
        self._searcher = searcher
        self._settings = settings
        self._answerer = answerer
        self._weigher = Weigher(index, searcher, embedder, replace(settings, sentences=0))

    def timeline(self, question: Question, filter: Filter) -> Timeline:
        """Every mention of the question's topic that a filter lets through."""
        found, complete = self._about(question, filter)
        all_of_them = self._mentions(found)
        elsewhere: tuple[Citation, ...] = ()
        if not all_of_them and filter.speakers is not None:
            elsewhere = self._surest(self._mentions(self._about(question, replace(filter, speakers=None))[0]))
        searched = len(self._weigher.ids(filter))
        return Timeline(
            question.topic or question.standalone,
            filter.speakers or (),
            tuple(one for one in all_of_them if one.date),
            tuple(one for one in all_of_them if not one.date),
            searched,
            complete,
            elsewhere,
        )

    def telling(self, filter: Filter) -> Timeline:
        """Without a topic: the most telling statements of each transcript."""
        found: list[Evidence] = []
        for transcript_id in self._weigher.ids(filter):
            own = self._weigher.all_sentences(replace(filter, transcripts=(transcript_id,)))
            found += sorted(own, key=lambda e: (-e.score, e.turn, e.start))[:_TELLING]
        all_of_them = self._mentions(found)
        return Timeline(
            "",
            filter.speakers or (),
            tuple(one for one in all_of_them if one.date),
            tuple(one for one in all_of_them if not one.date),
            len(self._weigher.ids(filter)),
        )

    def compare(self, question: Question, people: Sequence[str], filter: Filter) -> Comparison:
        """Ask each person by name alone, so that nobody's words outshine another's."""
        each = max(1, self._settings.max_citations // 2)
        sides = []
        for name in people:
            own = replace(question, speakers=(name,), strict=True, kind=Kind.SAID_ABOUT, unclear=(), unknown=())
            answer = self._answerer.answer(own, replace(filter, speakers=(name,)))
            sides.append(Side(name, answer, answer.citations[:each]))
        return Comparison(question.topic or question.standalone, tuple(sides))

    # ---------------------------------------------------------------- finding

    def _about(self, question: Question, filter: Filter) -> tuple[list[Evidence], bool]:
        """The sentences that are about it, and whether those are all.

        Passages come by rank: once a batch holds none, the later ones are not looked at. A sentence must be sure
        enough by its own words, where an answer lets its neighbours' count, too.
        """
        topic = self._weigher.topic(question)
        if not topic.terms:
            return [], True
        passages = self._searcher.passages(question, filter, _MOST, topic.text)
        found: dict[Place, Evidence] = {}
        for n in range(0, len(passages), _BATCH):
            weighed = self._weigher.of_passages(passages[n : n + _BATCH], question, topic, filter)
            sure = [e for e in (self._alone(item, topic) for item in weighed) if self._sure(e)]
            if not sure:
                return list(found.values()), True
            found.update((_place(item), item) for item in sure)
        return list(found.values()), len(passages) < _MOST

    def _alone(self, item: Evidence, topic: Topic) -> Evidence:
        coverage, missing = topic.coverage(self._words(item))
        return replace(item, coverage=coverage, missing=missing)

    def _words(self, item: Evidence) -> str:
        return self._weigher.transcript(item.transcript_id).turns[item.turn].text[item.start : item.end]

    def _sure(self, item: Evidence) -> bool:
        return _sureness(item) >= self._settings.threshold

    def _mentions(self, found: Iterable[Evidence]) -> list[Mentions]:
        """By date, transcript and person; what breaks the law of citations is left out."""
        mentions = []
        ordered = sorted(found, key=lambda e: (e.transcript_id, e.speaker, e.turn, e.start))
        for (transcript_id, speaker), group in groupby(ordered, key=lambda e: (e.transcript_id, e.speaker)):
            items = list(group)
            transcript = self._weigher.transcript(transcript_id)
            cited = [
                cite.cite_turn(transcript, transcript.turns[e.turn], e.start, e.end) for e in _runs(items, transcript)
            ]
            citations = tuple(one for one in cited if one is not None and one.speaker == speaker)
            if citations:
                sure = max(map(_sureness, items))
                mentions.append(
                    Mentions(transcript_id, transcript.title, transcript.date, speaker, citations, round(sure, 3))
                )
        return sorted(mentions, key=lambda m: (m.date or "", m.title, m.transcript_id, -len(m.citations), m.speaker))

    def _surest(self, mentions: Sequence[Mentions]) -> tuple[Citation, ...]:
        """One quotation of each person, the surest first."""
        best: dict[str, Citation] = {}
        for one in sorted(mentions, key=lambda m: -m.confidence):
            best.setdefault(one.speaker, one.citations[0])
        return tuple(best.values())[: self._settings.max_citations]


def _sureness(item: Evidence) -> float:
    return confidence(item.coverage, item.cosine, item.missing, item.late)


def _place(item: Evidence) -> Place:
    return Place(item.transcript_id, item.turn, item.start, item.end)


def talk(transcript: Transcript) -> Talk:
    """Who spoke when and how long in a transcript."""
    stretches = []
    before = 0
    for turn in transcript.turns:
        n = len(words.words(turn.text))
        stretches.append(Stretch(turn.index, turn.speaker, before, n, turn.start_s, turn.end_s))
        before += n
    shares = [_share(name, [s for s in stretches if s.speaker == name]) for name in {s.speaker for s in stretches}]
    return Talk(
        transcript.id,
        transcript.title,
        transcript.date,
        tuple(sorted(shares, key=lambda share: (-share.words, share.speaker))),
        tuple(stretches),
    )


def _share(speaker: str, stretches: Sequence[Stretch]) -> Share:
    times = [s.end_s - s.start_s for s in stretches if s.start_s is not None and s.end_s is not None]
    known = len(times) == len(stretches) and all(time >= 0 for time in times)
    return Share(speaker, len(stretches), sum(s.words for s in stretches), round(sum(times), 3) if known else None)


def _runs(items: Sequence[Evidence], transcript: Transcript) -> list[Evidence]:
    """Sentences in order, those side by side in one paragraph as one."""
    joined: list[Evidence] = []
    for item in items:
        last = joined[-1] if joined else None
        if last is not None and last.turn == item.turn:
            between = transcript.turns[item.turn].text[last.end : item.start]
            if not between.strip() and "\n" not in between:
                joined[-1] = replace(last, end=max(last.end, item.end))
                continue
        joined.append(item)
    return joined
