"""Pasted words to a verdict: verbatim, nearly, somebody else's, or not found, always with the place.

Passages that share phrases or rare words with the quotation are looked up; their turns are then compared with
it word by word. Everything shown as said is a checked citation.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise

from qa import alignment, cite, words
from qa.across import Piece, across
from qa.alignment import Book, Match, Word
from qa.errors import UsageError
from qa.index import Index
from qa.types import Citation, Difference, Filter, Passage, QuotationCheck, Transcript, Turn

NEARLY = 0.6
"""Least share of agreeing words for "nearly": below, another sentence on the same matter is as like."""

_MOST_PLACES = 1000  # passages looked through for a short phrase
_TURNS = 24  # turns that are compared word by word
_TERMS = 32  # of a long quotation, its rarest terms are searched
_WINDOW = 4  # terms of a searched phrase
_SHOWN = 5  # further places shown
_LONGEST = 1500  # characters of a citation that runs across what the quotation leaves out
_AHEAD = 0.1  # by how much somebody else's words must be more like it than those of the person named

_GAP = re.compile(
    r"\[\s*(?:…|\.\s?\.\s?\.)\s*\]|\(\s*(?:…|\.\s?\.\s?\.)\s*\)|<\s*(?:…|\.\.\.)\s*>|…|\.\s?\.\s?\.(?:\s?\.)?"
)
_INSERTED = re.compile(r"\[[^\[\]\n]{1,80}\]")  # [Putin]: the quoter's own words
_DASHES, _QUOTES = re.compile("[‐‑‒–—―−]"), re.compile("[\"'“”„‟«»‘’‚‛‹›`´]")


@dataclass(frozen=True, slots=True)
class _Segment:
    """Words of the quotation that must stand side by side."""

    words: tuple[Word, ...]
    spelled: str


@dataclass(frozen=True, slots=True)
class _Quote:
    text: str
    segments: tuple[_Segment, ...]
    inserted: tuple[str, ...]
    n_words: int


@dataclass(frozen=True, slots=True)
class _Found:
    """The quotation laid over one turn.

    Attributes:
        matches: one for each segment; None where nothing of it is there.
        similarity: share of the words that agree.
    """

    transcript: Transcript
    turn: Turn
    words: tuple[Word, ...]
    matches: tuple[Match | None, ...]
    similarity: float

    @property
    def exact(self) -> bool:
        return all(match is not None and not match.distance for match in self.matches)


class Checker:
    """Checks quotations against one index."""

    def __init__(self, index: Index) -> None:
        self._index = index
        # several candidates stand in one transcript; the generation tells states of the index apart
        self._kept = lru_cache(maxsize=64)(lambda generation, transcript_id: index.transcript(transcript_id))

    def check(self, quote: str, named: str, speakers: Sequence[str], filter: Filter) -> QuotationCheck:
        """Who said these words, and how exactly.

        Args:
            quote: the words; "…" and "[...]" stand for words left out, other brackets for words put in.
            named: to whom they are ascribed, as given; "" for nobody.
            speakers: the canonical names that may mean; empty when it is nobody's.
            filter: where to look, without its speakers.

        Raises:
            UsageError: there is no word in the quotation.
        """
        book = Book()
        asked = _understood(quote, book)
        if not asked.segments:
            raise UsageError("There are no words in the quotation. Paste what is to have been said.")
        with self._index.reading():
            own: list[_Found] = []
            n_own = 0
            if speakers:
                own, n_own = self._candidates(asked, replace(filter, speakers=tuple(speakers)), book)
            if named and own and own[0].exact:
                return _verdict("verbatim", asked, named, speakers, own, n_own)
            anyone, n_any = self._candidates(asked, replace(filter, speakers=None), book)
            over = None if anyone and anyone[0].exact else _over_turns(asked, named, speakers, [*own, *anyone], book)
            if over is not None:
                return over
            others = [found for found in anyone if found.turn.speaker not in speakers]
            if not named and anyone and anyone[0].similarity >= NEARLY:
                verdict = "verbatim" if anyone[0].exact else "nearly"
                return _verdict(verdict, asked, named, speakers, anyone, n_any)
            mine = own[0].similarity if own else 0.0
            theirs = others[0].similarity if others else 0.0
            best_other = bool(others) and (others[0].exact or theirs > mine + _AHEAD or mine < NEARLY)
            if named and best_other and theirs >= NEARLY:
                return _verdict("other-speaker", asked, named, speakers, [*others, *own], n_any)
            if mine >= NEARLY:
                return _verdict("nearly", asked, named, speakers, [*own, *others], 0)
            return self._on_the_page(asked, named, speakers, filter)

    # ---------------------------------------------------------------- looking

    def _candidates(self, asked: _Quote, filter: Filter, book: Book) -> tuple[list[_Found], int]:
        """Turns that hold the words or nearly, best first; and how many places hold them exactly."""
        rows = self._rows(asked, filter)
        passages = self._index.passages(rows)
        exact = _holding(asked, passages, book)
        if exact:
            best = [self._laid(asked, p.transcript_id, p.turn, book) for p in _each_turn(exact)[: 1 + _SHOWN]]
            if best and best[0].exact:
                return [found for found in best if found.exact], len(exact)
        turns = list(dict.fromkeys((p.transcript_id, p.turn) for p in passages))[:_TURNS]
        if alignment.unspaced(asked.text):
            turns = list(dict.fromkeys([*turns, *self._all_turns(asked, filter, book)]))
        found = [self._laid(asked, transcript_id, turn, book) for transcript_id, turn in turns]
        found.sort(key=lambda one: (not one.exact, -one.similarity))  # stable: the search's own order breaks ties
        return found, sum(one.exact for one in found)

    def _rows(self, asked: _Quote, filter: Filter) -> list[int]:
        """Passages by the phrases they share with the quotation, then by its rarest words."""
        phrases: list[Sequence[str]] = []
        terms: list[str] = []
        for segment in asked.segments:
            own = words.terms(asked.text[segment.words[0].start : segment.words[-1].end])
            terms += own
            size = len(own) if len(own) <= 2 * _WINDOW else _WINDOW
            phrases += [own[n : n + size] for n in range(0, max(1, len(own) - size + 1), max(1, size // 2))]
        distinct = list(dict.fromkeys(terms))
        if len(distinct) > _TERMS:
            counts = self._index.document_frequencies(distinct)
            distinct = sorted(distinct, key=lambda term: (counts[term] == 0, counts[term]))[:_TERMS]
        side_by_side = [row for row, _ in self._index.phrases(phrases[:200], _MOST_PLACES, filter)]
        by_words = [row for row, _ in self._index.lexical(distinct, 100, filter)]
        return list(dict.fromkeys([*side_by_side, *by_words]))

    def _all_turns(self, asked: _Quote, filter: Filter, book: Book) -> list[tuple[str, int]]:
        """Of scripts without blanks the word index knows whole runs only: the turns are read through."""
        found = []
        seeds = {segment.spelled[n : n + 3] for segment in asked.segments for n in range(len(segment.spelled))}
        for transcript_id in self._index.transcript_ids(filter):
            for turn in self._index.turns(transcript_id):
                if filter.speakers is not None and turn.speaker not in filter.speakers:
                    continue
                spelled = book.spell(alignment.split(turn.text))
                shared = sum(seed in spelled for seed in seeds)
                if shared:
                    found.append((-shared, transcript_id, turn.index))
        return [(transcript_id, turn) for _, transcript_id, turn in sorted(found)[:_TURNS]]

    def _laid(self, asked: _Quote, transcript_id: str, turn_index: int, book: Book) -> _Found:
        transcript = self._transcript(transcript_id)
        turn = transcript.turns[turn_index]
        found = tuple(alignment.split(turn.text, words.furniture(turn.text)))
        matches = _matches(asked, book.spell(found))
        wrong = sum(
            len(segment.spelled) if match is None else match.distance
            for segment, match in zip(asked.segments, matches, strict=True)
        )
        said = sum(match.end - match.start for match in matches if match is not None)
        return _Found(transcript, turn, found, matches, max(0.0, 1 - wrong / max(asked.n_words, said)))

    def _transcript(self, transcript_id: str) -> Transcript:
        return self._kept(self._index.generation, transcript_id)

    def _on_the_page(self, asked: _Quote, named: str, speakers: Sequence[str], filter: Filter) -> QuotationCheck:
        """Words that stand on the page itself, in its title or summary, are nobody's speech."""
        ids = None if filter == Filter() else self._index.transcript_ids(filter)
        sought = words.bare(asked.text).casefold()
        for transcript_id, page in self._index.page_texts(ids):
            span = _span_of(page.text, sought)
            if span is None:
                continue
            start, end = span
            transcript = self._transcript(transcript_id)
            same = next((one for one in transcript.page if one.text == page.text), None)
            citation = cite.cite_page(transcript, same, start, end) if same else None
            if citation is not None:
                note = "These are the words of the page itself, not of a person."
                return QuotationCheck(
                    asked.text, _whose(named, speakers), "other-speaker" if named else "verbatim", citation,
                    (citation,), (), (note,), 1.0, 1,
                )  # fmt: skip
        return QuotationCheck(asked.text, _whose(named, speakers), "not-found", notes=_about_name(named, speakers))


# ------------------------------------------------------------------ the quotation


def _understood(quote: str, book: Book) -> _Quote:
    """The quotation as runs of words; ellipses and bracketed words part them."""
    inserted = tuple(
        words.squeeze(match.group()[1:-1]).rstrip(" .,;")
        for match in _INSERTED.finditer(quote)
        if not _GAP.fullmatch(match.group())
    )
    holes = sorted(match.span() for pattern in (_GAP, _INSERTED) for match in pattern.finditer(quote))
    runs: list[list[Word]] = [[]]
    left = list(holes)
    for word in alignment.split(quote, holes):
        passed = False
        while left and left[0][1] <= word.start:
            left.pop(0)
            passed = True
        if passed and runs[-1]:
            runs.append([])
        runs[-1].append(word)
    segments = tuple(_Segment(tuple(run), book.spell(run)) for run in runs if run)
    return _Quote(quote, segments, inserted, sum(len(segment.words) for segment in segments))


def _matches(asked: _Quote, spelled: str) -> tuple[Match | None, ...]:
    """Each segment after the one before it; where they stand so exactly, exactly."""
    at, exact = 0, []
    for segment in asked.segments:
        start = spelled.find(segment.spelled, at)
        if start < 0:
            break
        at = start + len(segment.spelled)
        exact.append(Match(start, at, 0))
    if len(exact) == len(asked.segments):
        return tuple(_tightened(asked, exact, spelled))
    found: list[Match | None] = []
    at = 0
    for segment in asked.segments:
        match = alignment.nearest(segment.spelled, spelled, at)
        if match is not None and match.distance >= max(len(segment.spelled), match.end - match.start):
            match = None
        found.append(match)
        at = match.end if match is not None else at
    return tuple(found)


def _tightened(asked: _Quote, exact: list[Match], spelled: str) -> list[Match]:
    """The same segments with as few words as can be between them: each as late as the next allows."""
    found = exact[-1:]
    for segment in reversed(asked.segments[:-1]):
        start = spelled.rfind(segment.spelled, 0, found[0].start)
        found.insert(0, Match(start, start + len(segment.spelled), 0))
    return found


def _holding(asked: _Quote, passages: Iterable[Passage], book: Book) -> list[Passage]:
    """A passage for each place in it where the words stand; only for quotations without gaps."""
    if len(asked.segments) != 1:
        return []
    sought = asked.segments[0].spelled
    found = []
    for passage in passages:
        spelled = book.spell(alignment.split(passage.text, words.furniture(passage.text)))
        found += [passage] * spelled.count(sought)
    return found


def _each_turn(passages: Iterable[Passage]) -> list[Passage]:
    return list({(passage.transcript_id, passage.turn): passage for passage in passages}.values())


def _span_of(text: str, bare: str) -> tuple[int, int] | None:
    """Where whole words of the text, without blanks and capitals, are `bare`; None where they are not."""
    folded = [(letter, n) for n, ch in enumerate(text) if not ch.isspace() for letter in ch.casefold()]
    spelled, places = "".join(letter for letter, _ in folded), [n for _, n in folded]
    inside: set[int] | None = None
    at = spelled.find(bare)
    while at >= 0:
        start, end = places[at], places[at + len(bare) - 1] + 1
        if inside is None:
            inside = {n for word in alignment.split(text) for n in range(word.start + 1, word.end)}
        if not {start, end} & inside:
            return start, end
        at = spelled.find(bare, at + 1)
    return None


# ------------------------------------------------------------------ the verdict


def _verdict(
    verdict: str, asked: _Quote, named: str, speakers: Sequence[str], found: Sequence[_Found], n_places: int
) -> QuotationCheck:
    """The first of those found as the place; of the others, one citation each."""
    best = found[0]
    whole, parts = _cited(best)
    if whole is None:  # the stored text breaks the law there: nothing of it may be shown
        return QuotationCheck(asked.text, _whose(named, speakers), "not-found", notes=_about_name(named, speakers))
    further = [one for one in found[1:] if one.similarity >= NEARLY and (one.exact or not best.exact or named)]
    others = [citation for one in further if (citation := _cited(one)[0]) is not None]
    notes = (
        *_about_name(named, speakers),
        *_about_place(asked, best, verdict, n_places),
        *(_surface_notes(asked, best) if best.exact else ()),
    )
    return QuotationCheck(
        asked.text, _whose(named, speakers), verdict, whole, parts, _differences(asked, best), notes,
        round(best.similarity, 3), n_places if best.exact else 0, tuple(others[:_SHOWN]),
    )  # fmt: skip


def _over_turns(
    asked: _Quote, named: str, speakers: Sequence[str], near: Sequence[_Found], book: Book
) -> QuotationCheck | None:
    """The verdict on words that stand exactly so, but in several turns; None where they do not, near any of these."""
    if len(asked.segments) != 1:
        return None
    for found in near:
        pieces = across(asked.segments[0].spelled, found.transcript.turns, found.turn.index, book)
        parts = [_lawful(found.transcript, found.transcript.turns[p.turn], p.start, _closing(found, p)) for p in pieces]
        if pieces and all(parts):
            return _spread(asked, named, speakers, found.transcript, pieces, parts)
    return None


def _closing(found: _Found, piece: Piece) -> int:
    return _with_marks(found.transcript.turns[piece.turn].text, piece.end)


def _spread(
    asked: _Quote, named: str, speakers: Sequence[str], transcript: Transcript, pieces: Sequence[Piece],
    parts: Sequence[Sequence[Citation]],
) -> QuotationCheck:  # fmt: skip
    """Words of several turns: verbatim where one person said them with nobody between, else nearly, or another's."""
    turns = [transcript.turns[piece.turn] for piece in pieces]
    lengths: defaultdict[str, int] = defaultdict(int)
    for piece, turn in zip(pieces, turns, strict=True):
        lengths[turn.speaker] += piece.last - piece.first
    asked_for = [name for name in speakers if name in lengths]
    who = asked_for[0] if asked_for else max(lengths, key=lambda name: lengths[name])
    foreign = [piece for piece, turn in zip(pieces, turns, strict=True) if turn.speaker != who]
    between = [turn for a, b in pairwise(pieces) for turn in transcript.turns[a.turn + 1 : b.turn]]
    verdict = "other-speaker" if named and not asked_for else "nearly" if foreign or between else "verbatim"
    own = [one for turn, some in zip(turns, parts, strict=True) if turn.speaker == who for one in some]
    quoted = [_slice(asked.text, asked.segments[0].words, piece.first, piece.last) for piece in pieces]
    said = [turn.text[piece.start : piece.end] for piece, turn in zip(pieces, turns, strict=True)]
    first, last = pieces[0], pieces[-1]
    notes = (
        *_about_name(named, speakers),
        _order(turns, said, between),
        *(["The transcript is not sure who speaks there."] if any(turn.uncertain for turn in turns) else []),
        *(f"In brackets, so not part of what was said: {text}." for text in asked.inserted),
        *_cut(_begins(turns[0].text, first.start, first.end), _ends(turns[-1].text, last.start, last.end)),
        *_kinds_differ(kind for both in zip(quoted, said, strict=True) for kind in _surface(*both)),
    )  # fmt: skip
    return QuotationCheck(
        asked.text, _whose(named, speakers), verdict, max(own, key=lambda one: one.end - one.start),
        tuple(one for some in parts for one in some),
        tuple(Difference(text, "") for piece, text in zip(pieces, quoted, strict=True) if piece in foreign),
        notes, round(lengths[who] / asked.n_words, 3), int(verdict == "verbatim"),
    )  # fmt: skip


def _order(turns: Sequence[Turn], said: Sequence[str], between: Sequence[Turn]) -> str:
    """Who said which part, in a sentence or two."""
    if len({turn.speaker for turn in turns}) > 1:
        each = ", then ".join(f"{turn.speaker} said “{_short(text)}”" for turn, text in zip(turns, said, strict=True))
        return f"These words run over {len(turns)} turns of several people: {each}."
    note = f"These words run over {len(turns)} turns of {turns[0].speaker}."
    if not between:
        return note
    others = "; ".join(f"{turn.speaker}: “{_short(turn.text)}”" for turn in between)
    return f"{note} In between others spoke: {others}"


def _whose(named: str, speakers: Sequence[str]) -> str:
    return speakers[0] if len(speakers) == 1 else named


def _about_name(named: str, speakers: Sequence[str]) -> tuple[str, ...]:
    if named and not speakers:
        return (f'Nobody called "{named}" speaks here.',)
    if len(speakers) > 1:
        return (f'"{named}" may be {", ".join(speakers)}; the words of each were looked at.',)
    return ()


def _about_place(asked: _Quote, found: _Found, verdict: str, n_places: int) -> list[str]:
    notes = []
    if found.exact and n_places > 1:
        least = "at least " if n_places >= _MOST_PLACES else ""
        notes.append(f"These words stand at {least}{n_places} places; this is one of them.")
    if found.turn.uncertain:
        notes.append("The transcript is not sure who speaks there.")
    if verdict == "other-speaker" and not found.exact:
        notes.append(f"{found.turn.speaker} said it nearly so.")
    for text in asked.inserted:
        notes.append(f"In brackets, so not part of what was said: {text}.")
    for skipped in _skipped(found):
        notes.append(f"Left out where the dots are: “{skipped}”.")
    start, end = _span(found)
    return notes + _cut(_begins(found.turn.text, start, end), _ends(found.turn.text, start, end))


def _skipped(found: _Found) -> list[str]:
    """The words between the parts, shortened in their middle."""
    matches = [match for match in found.matches if match is not None]
    gaps = []
    for one, other in pairwise(matches):
        if other.start > one.end:
            gaps.append(_short(found.turn.text[found.words[one.end].start : found.words[other.start - 1].end]))
    return gaps


def _short(text: str) -> str:
    """A text in a line, shortened in its middle."""
    line = words.squeeze(text)
    return line if len(line) <= 300 else f"{line[:150].rstrip()} […] {line[-140:].lstrip()}"


def _cut(begins: bool, ends: bool) -> list[str]:
    where = " and ".join(word for word, cut in (("begins", begins), ("ends", ends)) if cut)
    return [f"The quotation {where} within a sentence."] if where else []


def _begins(text: str, start: int, end: int) -> bool:
    """The first words begin inside a sentence."""
    first = next(((a, b) for a, b in words.sentences(text) if a < end and b > start), (start, end))[0]
    return any(ch.isalnum() for ch in text[first:start])


def _ends(text: str, start: int, end: int) -> bool:
    """The last words end inside a sentence."""
    inside = [(a, b) for a, b in words.sentences(text) if a < end and b > start]
    last = inside[-1][1] if inside else end
    return any(ch.isalnum() for ch in text[end:last])


def _span(found: _Found) -> tuple[int, int]:
    matches = [match for match in found.matches if match is not None and match.end > match.start]
    return found.words[matches[0].start].start, found.words[matches[-1].end - 1].end


def _cited(found: _Found) -> tuple[Citation | None, tuple[Citation, ...]]:
    """A citation of the whole stretch, or else of its longest part; and all its parts."""
    turn, transcript = found.turn, found.transcript
    parts: list[Citation] = []
    for match in found.matches:
        if match is not None and match.end > match.start:
            parts += _lawful(transcript, turn, *_closed(found, match))
    if not parts:
        return None, ()
    start, end = parts[0].start, parts[-1].end
    if len(parts) > 1 and end - start <= _LONGEST and not _furnished(turn.text, start, end):
        whole = cite.cite_turn(transcript, turn, start, end)
        if whole is not None:
            return whole, tuple(parts)
    return max(parts, key=lambda part: part.end - part.start), tuple(parts)


def _closed(found: _Found, match: Match) -> tuple[int, int]:
    """The characters of a match, with the marks that end its last word's sentence."""
    text = found.turn.text
    return found.words[match.start].start, _with_marks(text, found.words[match.end - 1].end)


def _with_marks(text: str, end: int) -> int:
    while end < len(text) and text[end] in ".!?…":
        end += 1
    return end


def _lawful(transcript: Transcript, turn: Turn, start: int, end: int) -> list[Citation]:
    """Citations that together hold characters [start, end) of a turn, as few as the law allows."""
    holes = [(a, b) for a, b in words.furniture(turn.text) if a < end and b > start]
    edges = sorted({start, end, *(n for a, b in holes for n in (max(a, start), min(b, end)))})
    found: list[Citation] = []
    for a, b in pairwise(edges):
        if (a, b) in holes:
            continue
        cuts = [piece.start for piece in turn.pieces if a < piece.start < b]
        while a < b:
            stop = next((n for n in [b, *reversed(cuts)] if n > a and _holds(transcript, turn, a, n)), None)
            if stop is None:
                stop = next((n for n in cuts if n > a), b)
            else:
                citation = cite.cite_turn(transcript, turn, a, stop)
                found += [citation] if citation is not None else []
            a = stop
    return [citation for citation in found if any(ch.isalnum() for ch in citation.quote)]


def _holds(transcript: Transcript, turn: Turn, start: int, end: int) -> bool:
    return cite.cite_turn(transcript, turn, start, end) is not None


def _furnished(text: str, start: int, end: int) -> bool:
    return any(a < end and b > start for a, b in words.furniture(text))


def _differences(asked: _Quote, found: _Found) -> tuple[Difference, ...]:
    listed = []
    for segment, match in zip(asked.segments, found.matches, strict=True):
        if match is None:
            listed.append(Difference(_slice(asked.text, segment.words, 0, len(segment.words)), ""))
            continue
        for edit in match.edits:
            quoted = _slice(asked.text, segment.words, edit.a, edit.b)
            listed.append(Difference(quoted, _slice(found.turn.text, found.words, edit.c, edit.d)))
    return tuple(listed)


def _slice(text: str, found: Sequence[Word], start: int, end: int) -> str:
    return words.squeeze(text[found[start].start : found[end - 1].end]) if start < end else ""


def _surface_notes(asked: _Quote, found: _Found) -> list[str]:
    """In what the two differ although their words are the same."""
    kinds: defaultdict[str, bool] = defaultdict(bool)
    for segment, match in zip(asked.segments, found.matches, strict=True):
        if match is None:
            continue
        given = asked.text[segment.words[0].start : segment.words[-1].end]
        said = found.turn.text[found.words[match.start].start : found.words[match.end - 1].end]
        for kind in _surface(given, said):
            kinds[kind] = True
    return _kinds_differ(kinds)


def _kinds_differ(kinds: Iterable[str]) -> list[str]:
    found = list(dict.fromkeys(kinds))
    return [f"The words are the same; {' and '.join(found)} differ{'' if len(found) > 1 else 's'}."] if found else []


def _surface(given: str, said: str) -> list[str]:
    if given == said:
        return []
    kinds = ["spacing"] if given.split() != said.split() and words.bare(given) == words.bare(said) else []
    if kinds or words.squeeze(given) == words.squeeze(said):
        return kinds or ["spacing"]
    if _plain(given) == _plain(said):
        return ["the form of quotation marks or dashes"]
    letters = ["".join(ch for ch in _plain(text) if ch.isalnum()) for text in (given, said)]
    marks = ["".join(ch for ch in _plain(text) if not ch.isalnum()) for text in (given, said)]
    if marks[0] != marks[1]:
        kinds.append("punctuation")
    if letters[0] != letters[1]:
        alike = letters[0].casefold() == letters[1].casefold()
        kinds.append("the use of capitals" if alike else "the way of writing letters or numbers")
    return kinds or ["punctuation"]


def _plain(text: str) -> str:
    return words.bare(_QUOTES.sub("'", _DASHES.sub("-", text)))
