"""Evidence to an `Answer` with checked citations, or the honest "not said".

The person asked about is a filter applied before the search. When the evidence is weak, nothing is
quoted as an answer; those who did say it are pointed to.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from qa import cite, words
from qa.errors import IndexFolderError
from qa.evidence import Evidence, Weigher, confidence
from qa.grammar import grammar
from qa.index import Index
from qa.names import function_of, is_role_noun
from qa.phrases import join, say
from qa.question.limits import days_in
from qa.search import Searcher
from qa.settings import Settings
from qa.speakers import name_keys, told_apart
from qa.types import (
    Answer,
    Citation,
    Embedder,
    Filter,
    Kind,
    PageKind,
    Question,
    TranscriptInfo,
)

_TRIES = 3  # answers, where the index changes while one is made


class Answerer:
    """Answers understood questions from one index.

    Args:
        index: where the words are.
        searcher: finds passages in it.
        embedder: gives sentences their vectors.
    """

    def __init__(self, index: Index, searcher: Searcher, embedder: Embedder, settings: Settings) -> None:
        self._index = index
        self._settings = settings
        self._weigher = Weigher(index, searcher, embedder, settings)

    # ---------------------------------------------------------------- the way of a question

    def answer(self, question: Question, filter: Filter) -> Answer:
        """Answer, or say why not.

        Args:
            question: understood; its own speakers, dates and transcripts are already in `filter`.
            filter: what may be looked at.

        Raises:
            IndexFolderError: the index cannot be read.
        """
        for _ in range(_TRIES):  # what is replaced while it is read is read again
            before = self._index.generation
            try:
                answer = self._once(question, filter)
            except (IndexError, IndexFolderError):
                if self._index.generation == before:
                    raise
                continue
            if self._index.generation == before:
                return answer
        with self._index.reading():  # others write all the time: they wait for this one
            return self._once(question, filter)

    def _once(self, question: Question, filter: Filter) -> Answer:
        if not any(ch.isalnum() for ch in question.standalone) or question.kind is Kind.GREETING:
            return _silent(question, "empty-question", say(question, "empty-question"))
        if question.kind is Kind.INSTRUCTION:
            return _silent(question, "instruction", say(question, "instruction"))
        if self._index.empty:
            return _silent(question, "empty-index", say(question, "empty-index"))
        if question.unknown:
            return self._unknown_speaker(question, filter)
        if question.unclear:
            return self._ask_back(question)
        if question.kind is Kind.WHO_IS and filter.speakers is None:
            return self._who_is(question, filter)
        if question.kind in {Kind.WHEN, Kind.WHERE, Kind.WHO_ATTENDED}:
            return self._about_event(question, filter)
        if question.kind is Kind.PAGE and filter.speakers is None:
            page = self._from_page(question, filter)
            if page is not None:
                return page
        if filter.speakers is not None and not self._speak(filter):
            if not filter.speakers:
                return self._not_said(question, filter)
            return self._never_spoke(question, filter, filter.speakers)
        if question.kind is Kind.COMPARISON or len(_asked(question.speakers)) > 1:
            return self._each(question, filter)
        return self._from_words(question, filter)

    def _from_words(self, question: Question, filter: Filter) -> Answer:
        topic = self._weigher.topic(question)
        if not topic.terms and question.speakers:
            return self._statements(question, filter)
        found = self._weigher.find(question, topic, filter)
        sure = self._weigher.confidence(found, self._weigher.lead(question, topic, filter))
        if sure < self._settings.threshold:
            return self._not_said(question, filter, confidence=sure)
        chosen = self._weigher.choose(found, question, topic, filter)
        return self._at_another_time(question, filter, chosen) or self._quote(question, chosen, sure)

    def _at_another_time(self, question: Question, filter: Filter, chosen: Sequence[Evidence]) -> Answer | None:
        """Silence, where the question names a time from which no transcript is, and nobody quoted speaks of it."""
        topic, since, until = days_in(question.topic, date.today())
        named = re.search(r"\b(?:19|20)\d\d\b", question.topic)
        if not named or topic == question.topic or not words.content_terms(topic):
            return None
        if any(self._weigher.transcript(item.transcript_id).date is None for item in chosen):
            return None  # it may be of that time
        if any(named.group() in self._weigher.text_of(item) for item in chosen):
            return None
        then = replace(filter, since=since, until=until)
        return self._not_said(replace(question, topic=topic), then)

    def _each(self, question: Question, filter: Filter) -> Answer:
        """Evidence for each person named, balanced; found when one of them did say it."""
        topic = self._weigher.topic(question)
        chosen: list[Evidence] = []
        sure = 0.0
        silent: list[str] = []
        for group in _asked(question.speakers):
            names = tuple(name for name in group if filter.speakers is None or name in filter.speakers)
            if not names:
                continue
            own = replace(filter, speakers=names)
            found = self._weigher.find(question, topic, own) if topic.terms else self._weigher.all_sentences(own)
            here = self._weigher.confidence(found) if topic.terms else (0.9 if found else 0.0)
            sure = max(sure, here)
            if here >= self._settings.threshold:
                chosen += self._weigher.choose(found, question, topic, own)[: max(1, self._settings.max_citations // 2)]
            else:
                silent.extend(names)
        if not chosen:
            return self._not_said(question, filter, confidence=sure)
        answer = self._quote(question, chosen, sure)
        if not silent or not topic.terms:
            return answer
        note = say(question, "not-said", who=_few(question, silent), topic=_shown(question))
        return replace(answer, text=f"{answer.text}\n\n{note}")

    def _statements(self, question: Question, filter: Filter) -> Answer:
        """What somebody said, without a topic: their most telling sentences, in order."""
        found = self._weigher.all_sentences(filter)
        if not found:
            return self._never_spoke(question, filter, question.speakers)
        best = sorted(found, key=lambda e: -e.score)[: self._settings.max_citations]
        return self._quote(question, sorted(best, key=lambda e: (e.transcript_id, e.turn, e.start)), 0.9)

    # ---------------------------------------------------------------- found

    def _quote(self, question: Question, chosen: Sequence[Evidence], sure: float) -> Answer:
        citations = self._grouped([c for e in chosen if (c := self._cite(e)) is not None])
        if not citations:
            return _silent(question, "not-said", say(question, "no-fact"))
        return Answer(
            question.text, question.standalone, True, round(_honest(sure), 3),
            _prose(question, citations), question, tuple(citations),
        )  # fmt: skip

    def _cite(self, item: Evidence) -> Citation | None:
        transcript = self._weigher.transcript(item.transcript_id)
        if item.turn < 0:
            return cite.cite_page(transcript, transcript.page[-1 - item.turn], item.start, item.end)
        turn = transcript.turns[item.turn]
        if turn.speaker != item.speaker:
            return None
        return cite.cite_turn(transcript, turn, item.start, item.end)

    def _grouped(self, citations: Sequence[Citation]) -> list[Citation]:
        """By speaker, the speaker of the best citation first."""
        order = list(dict.fromkeys((c.transcript_id, c.speaker) for c in citations))
        return sorted(citations, key=lambda c: order.index((c.transcript_id, c.speaker)))

    # ---------------------------------------------------------------- the event and the page

    def _about_event(self, question: Question, filter: Filter) -> Answer:
        kinds: tuple[PageKind, ...] = {
            Kind.WHEN: (PageKind.DATE,),
            Kind.WHERE: (PageKind.PLACE,),
            Kind.WHO_ATTENDED: (PageKind.ATTENDANCE,),
        }[question.kind]
        if question.kind is Kind.WHEN and re.search(r"\btime\b|\bhour\b|\bwhat o'?clock\b", question.standalone):
            kinds = (PageKind.TIME, PageKind.DATE)
        if re.search(r"\bpublish", question.standalone, re.IGNORECASE):
            kinds = (PageKind.NOTE, PageKind.DATE)
        citations = []
        infos = self._events(question, filter)
        for info in infos[: self._settings.max_citations]:
            transcript = self._weigher.transcript(info.id)
            pages = [page for kind in kinds for page in transcript.page if page.kind is kind]
            citations += [c for page in pages[:2] if (c := cite.cite_page(transcript, page)) is not None]
        if citations:
            return Answer(
                question.text, question.standalone, True, 0.95 if len(infos) == 1 else 0.7,
                self._event_prose(question, citations), question, tuple(citations),
            )  # fmt: skip
        said = self._metadata_answer(question, infos)
        if said:
            return Answer(question.text, question.standalone, True, 0.7, said, question)
        # What people say in it ("today is the 100th episode") does not tell when or where it was.
        return _silent(question, "not-said", say(question, "no-fact"))

    def _who_is(self, question: Question, filter: Filter) -> Answer:
        """Who somebody is, by the page's words that hold name and office, else by the label."""
        citations: list[Citation] = []
        lines: list[str] = []
        for tid in self._weigher.ids(replace(filter, speakers=None)):
            transcript = self._weigher.transcript(tid)
            for person in transcript.people:
                if person.name not in question.mentions:
                    continue
                if person.role:
                    lines.append(f"{person.name}: {person.role}")
                pages = [p for p in transcript.page if person.role and person.role in p.text and person.name in p.text]
                citations += [c for p in pages[:1] if (c := cite.cite_page(transcript, p)) is not None]
        if not lines:
            return self._from_words(replace(question, kind=Kind.FACT), filter)
        citations = citations[: self._settings.max_citations]
        quoted = [f"“{c.quote}” [{n}] ({c.title})" for n, c in enumerate(citations, 1)]
        text = "\n".join([*dict.fromkeys(lines), *quoted])
        return Answer(question.text, question.standalone, True, 0.9, text, question, tuple(citations))

    def _events(self, question: Question, filter: Filter) -> list[TranscriptInfo]:
        """The transcripts an event question can mean: those in which the people it names take part."""
        allowed = set(self._weigher.ids(replace(filter, speakers=None)))
        infos = [info for info in self._index.transcripts() if info.id in allowed]
        wanted = set(question.mentions) | set(question.speakers)
        if wanted:
            with_them = [
                info for info in infos if wanted & {person.name for person in self._index.transcript_people(info.id)}
            ]
            everyone = [
                info for info in with_them if wanted <= {p.name for p in self._index.transcript_people(info.id)}
            ]
            infos = everyone or with_them or infos
        topic = set(words.content_terms(question.topic)) - {words.stem(w) for w in grammar("en").event_words}
        named = [info for info in infos if topic & set(words.content_terms(f"{info.title} {info.place or ''}"))]
        return named or infos

    def _metadata_answer(self, question: Question, infos: Sequence[TranscriptInfo]) -> str:
        """Facts that the transcript carries as data but not in its text, as the own JSON format does."""
        lines = []
        for info in infos[: self._settings.max_citations]:
            if question.kind is Kind.WHEN and info.date:
                lines.append(f"{info.title}: {info.date}{f', {info.time}' if info.time else ''}")
            elif question.kind is Kind.WHERE and info.place:
                lines.append(f"{info.title}: {info.place}")
            elif question.kind is Kind.WHO_ATTENDED:
                lines.append(f"{info.title}: {', '.join(info.people)}")
        return "\n".join(lines)

    def _event_prose(self, question: Question, citations: Sequence[Citation]) -> str:
        lines = [say(question, "page")]
        for n, c in enumerate(citations, 1):
            lines.append(f"“{c.quote}” [{n}] ({c.title})")
        if question.kind is Kind.WHO_ATTENDED:
            people = dict.fromkeys(p for c in citations for p in self._info(c.transcript_id).people)
            lines.append(say(question, "speaking", names=", ".join(people)))
        return "\n".join(lines)

    def _info(self, transcript_id: str) -> TranscriptInfo:
        return next(info for info in self._index.transcripts() if info.id == transcript_id)

    def _from_page(self, question: Question, filter: Filter) -> Answer | None:
        """What the page itself reports; with a topic, what it reports about that."""
        pages = self._weigher.page_sentences(replace(question, speakers=()), replace(filter, speakers=None))
        if re.search(r"\btopics?\b|\btags?\b", question.standalone, re.IGNORECASE):
            pages += [
                (tid, n, page)
                for tid in self._weigher.ids(replace(filter, speakers=None))
                for n, page in enumerate(self._weigher.transcript(tid).page)
                if page.kind is PageKind.TOPICS
            ]
        if not pages:
            return None
        topic = self._weigher.topic(question)
        found = self._weigher.score(question, topic, {}, pages)
        frame = set(words.content_terms("page report discuss summary topic talk meeting website agenda cover publish"))
        specific = [t for t in topic.terms if t not in frame]
        if specific and not question.mentions:
            sure = self._weigher.confidence(found)
            if sure < self._settings.threshold:
                return None
            return self._quote(question, self._weigher.choose(found, question, topic, filter), sure)
        return self._quote(question, found[: self._settings.max_citations], 0.8)

    # ---------------------------------------------------------------- not found

    def _ask_back(self, question: Question) -> Answer:
        """Several people bear the name: which of them is meant?"""
        known = {person.name: person for person in self._index.people()}
        lines = []
        for group in question.unclear:
            shown = [told_apart(known[name]) if name in known else name for name in group[:_NAMED]]
            more = [f"+ {len(group) - _NAMED}"] if len(group) > _NAMED else []
            lines.append(say(question, "ambiguous-speaker", names=", ".join([*shown, *more])))
        return _silent(question, "ambiguous-speaker", "\n".join(lines))

    def _not_said(self, question: Question, filter: Filter, lead: str = "", confidence: float = 0.0) -> Answer:
        asked = filter.speakers or ()
        others = self._elsewhere(question, filter)
        if asked or question.speakers:
            who = _few(question, asked or question.speakers)
            shown = _shown(question)
            if not lead and not shown:
                lead = say(question, "not-said-list", who=who)
            named = re.search(rf"\b(?:{_ABOUT})\s+{re.escape(shown)}", question.standalone, re.IGNORECASE)
            plainly = "not-said-perhaps" if confidence >= _DOUBT else "not-said"
            plainly = "not-said-then" if filter.since or filter.until else plainly
            head = lead or say(question, plainly if named else "not-said-that", who=who, topic=shown)
            if not (lead or others) and shown and self._one_language(question, filter):
                head = f"{head} {say(question, 'not-said-nobody')}"
            pointer = "not-said-other" if named and not lead else "not-said-on-this"
            text = _with_others(question, head, others, pointer, self._outside(others, filter))
            return _silent(question, "not-said", text, others, confidence)
        head = say(question, "off-topic-then" if filter.since or filter.until else "off-topic")
        text = _with_others(question, head, others, "not-said-other", self._outside(others, filter))
        return _silent(question, "off-topic", text, others, confidence)

    def _one_language(self, question: Question, filter: Filter) -> bool:
        """Whether the question is in the language of what was searched: a Russian topic is not found in English."""
        allowed = set(self._weigher.ids(replace(filter, speakers=None)))
        spoken = {info.language for info in self._index.transcripts() if info.id in allowed}
        return question.language == "en" or question.language in spoken

    def _outside(self, citations: Iterable[Citation], filter: Filter) -> tuple[Citation, ...]:
        """Those of other days than the ones asked for."""
        if not (filter.since or filter.until):
            return ()
        inside = self._inside(filter)
        return tuple(citation for citation in citations if citation.transcript_id not in inside)

    def _never_spoke(self, question: Question, filter: Filter, names: Sequence[str]) -> Answer:
        """The persons are named or present, but there are no words of theirs."""
        lead = say(question, "silent", who=_few(question, names))
        return replace(self._not_said(question, filter, lead), reason="never-spoke")

    def _elsewhere(self, question: Question, filter: Filter) -> tuple[Citation, ...]:
        """Who did say it: other people, then other days and the page itself; one quotation each."""
        topic = self._weigher.topic(question)
        if not topic.terms:
            return ()
        asked = set(filter.speakers or question.speakers)
        anybody = replace(question, speakers=(), strict=False, kind=Kind.FACT)
        found = self._weigher.find(anybody, topic, replace(filter, speakers=None))
        if filter.since or filter.until:
            found += self._weigher.find(anybody, topic, replace(filter, speakers=None, since=None, until=None))
            inside = self._inside(filter)
            found = [e for e in found if e.speaker not in asked or e.transcript_id not in inside]
        else:
            found = [e for e in found if e.speaker not in asked]
        best: dict[tuple[str, str], Citation] = {}
        for item in sorted(found, key=lambda e: (e.turn < 0, -e.score)):
            enough = confidence(item.coverage, item.cosine, item.missing, item.late) >= self._settings.threshold
            if enough and (item.transcript_id, item.speaker) not in best:
                citation = self._cite(self._weigher.with_antecedent(item))
                if citation is not None:
                    best[(item.transcript_id, item.speaker)] = citation
        chosen = tuple(best.values())[: self._settings.max_citations]
        outside = self._outside(chosen, filter)
        return tuple(sorted(chosen, key=lambda c: (not c.speaker, c in outside)))  # in the order they are told

    def _inside(self, filter: Filter) -> frozenset[str]:
        """The transcripts of the days asked for."""
        return frozenset(self._weigher.ids(Filter(None, None, filter.since, filter.until)))

    def _unknown_speaker(self, question: Question, filter: Filter) -> Answer:
        name = question.unknown[0]
        lines = [say(question, "unknown-speaker", name=name)]
        if question.nearest:
            lines.append(say(question, "nearest", names=" / ".join(question.nearest)))
        else:
            here = None if filter.transcripts is None else set(filter.transcripts)
            speaking = [p.name for p in self._index.people() if p.n_turns and (here is None or here & {*p.transcripts})]
            lines.append(say(question, "speaking", names=", ".join(speaking[:6])))
        others, about = self._of_the_stranger(question, name, filter), name
        if not others:
            others, about = self._elsewhere(question, replace(filter, speakers=None)), _shown(question)
        text = _with_others(question, " ".join(lines), others, "about-others", topic=about, joint="\n")
        return _silent(question, "unknown-speaker", text, others)

    def _of_the_stranger(self, question: Question, name: str, filter: Filter) -> tuple[Citation, ...]:
        """Others' words that name somebody who does not speak, the topic's first."""
        own = [word for word in name.split() if word[:1].isupper() and not is_role_noun(word) and word != "The"]
        keys = {key for key in name_keys(" ".join(own)) if len(key) > 2}
        if not keys:
            return ()
        named = replace(question, topic=f"{name} {question.topic}".strip())
        found = self._elsewhere(named, replace(filter, speakers=None))
        return tuple(citation for citation in found if keys & set(name_keys(citation.quote)))

    # ---------------------------------------------------------------- small things

    def _speak(self, filter: Filter) -> bool:
        return len(self._index.allowed(Filter(None, filter.speakers))) > 0


_DOUBT = 0.2  # confidence; from here on the nearest words may have been about it
_NAMED = 8  # most people whom a question back names
_CHAIRS = 3  # most functions of transcripts, "The Chair (council-3)", whom a sentence names

_ABOUT = r"about|on|of|regarding|concerning|mention\w*|о|об|про|по поводу"


def _honest(sure: float) -> float:
    """What a confidence is worth: of the development answers above .95, .92 were right (2026-11-24)."""
    return sure if sure < 0.9 else 0.9 + (min(1.0, sure) - 0.9) * 0.4


def _silent(
    question: Question, reason: str, text: str, elsewhere: Iterable[Citation] = (), confidence: float = 0.0
) -> Answer:
    return Answer(
        question.text, question.standalone, False, round(confidence, 3), text, question, (), tuple(elsewhere), reason
    )


def _shown(question: Question) -> str:
    topic = question.topic.strip()
    return topic if len(topic) <= 80 else topic[:77] + "…"


def _asked(names: Sequence[str]) -> list[tuple[str, ...]]:
    """Those asked for, one by one; the holders of one function, "the chair" of several transcripts, together."""
    groups: dict[str, list[str]] = {}
    for name in names:
        groups.setdefault(function_of(name) or name, []).append(name)
    return [tuple(group) for group in groups.values()]


def _few(question: Question, names: Sequence[str]) -> str:
    """All of them, but of those whom a function meant, "the chair", three at most."""
    left_out = set(list(filter(function_of, names))[_CHAIRS:])
    more = [say(question, "more", n=str(len(left_out)))] if left_out else []
    return join(question, [*(name for name in names if name not in left_out), *more])


def _others(question: Question, citations: Sequence[Citation]) -> str:
    names = tuple(dict.fromkeys(c.speaker for c in citations if c.speaker))
    return join(question, names)


def _with_others(
    question: Question,
    head: str,
    others: Sequence[Citation],
    pointer: str,
    outside: Sequence[Citation] = (),
    *,
    topic: str = "",
    joint: str = " ",
) -> str:
    """What was not said, and who did: at the days asked for, on other days, and the pages themselves.

    Args:
        pointer: the phrase that points to others.
        outside: those of `others` that are of other days.
        topic: what the pointer says they spoke about.
        joint: what stands between the head and the first of them.
    """
    text, n = head, 0
    for key, group in (
        (pointer, [c for c in others if c.speaker and c not in outside]),
        ("not-said-other-days", [c for c in others if c.speaker and c in outside]),
        ("not-said-page", [c for c in others if not c.speaker]),
    ):
        if group:
            lead = say(question, key, topic=topic, others=_others(question, group) if group[0].speaker else "")
            text += f"{joint}{lead}\n{_quotes(question, group, n + 1, dated=group[0] in outside)}"
            joint, n = "\n", n + len(group)
    return text


def _quotes(question: Question, citations: Sequence[Citation], first: int = 1, *, dated: bool = False) -> str:
    return "\n".join(
        f"{_who(c)}{f', {c.date}' if dated and c.date else ''}: {_quoted(question, n, c)}"
        for n, c in enumerate(citations, first)
    )


def _quoted(question: Question, n: int, citation: Citation) -> str:
    doubt = f" {say(question, 'uncertain')}" if citation.uncertain else ""
    return f"“{citation.quote}” [{n}]{doubt}"


def _who(citation: Citation) -> str:
    if not citation.speaker:
        return citation.title
    return f"{citation.speaker} ({citation.role})" if citation.role else citation.speaker


def _prose(question: Question, citations: Sequence[Citation]) -> str:
    """Quotations under the name of who spoke, with place and day."""
    lines: list[str] = []
    last: tuple[str, str] | None = None
    for n, c in enumerate(citations, 1):
        if (c.transcript_id, c.speaker) != last:
            where = ", ".join(part for part in (c.place, c.date) if part)
            lines.append(f"{_who(c) if c.speaker else say(question, 'page')[:-1]}{f', {where}' if where else ''}:")
            last = (c.transcript_id, c.speaker)
        lines.append(_quoted(question, n, c))
    return "\n".join(lines)
