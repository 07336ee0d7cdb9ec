"""What one question's outcome is worth: measures of a ranking, of a budget, of a quotation.

Every value is in [0, 1], higher is better. A ranking is the turns of the hits in the order of `Hit.best`,
hit after hit, each turn once.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence, Set
from typing import Any

from qa.evaluate.questions import Place
from qa.types import Citation, Hit, Piece, Transcript

BUDGETS = (250, 500, 1000)
"""Tokens a reader (a person, or a language model's prompt) may be given."""
RANKING_MEASURES = ("nDCG@10", "RR", "R@5", "R@10")


def ranking(hits: Sequence[Hit]) -> list[Place]:
    """The turns of the hits, best first, each once."""
    return list(dict.fromkeys((hit.transcript_id, turn) for hit in hits for turn in hit.best))


def rank(rankings: Mapping[str, Sequence[Place]], gold: Mapping[str, Set[Place]]) -> dict[str, dict[str, float]]:
    """The field's own measures of rankings, computed by ir-measures (trec_eval).

    Args:
        rankings: question id -> turns, best first.
        gold: question id -> relevant turns; every question here is measured, one without hits is zero.

    Returns:
        question id -> value of "nDCG@10", "RR", "R@5" and "R@10".

    Source: nDCG: Järvelin, Kekäläinen, TOIS 2002. Reciprocal rank: Voorhees, TREC-8 1999. Recall at k:
    Manning, Raghavan, Schütze, Introduction to Information Retrieval, 2008. ir-measures: MacAvaney,
    Macdonald, Ounis, ECIR 2022.
    """
    import ir_measures

    values = {id: dict.fromkeys(RANKING_MEASURES, 0.0) for id in gold}
    names: dict[str, Any] = {name: ir_measures.parse_measure(name) for name in RANKING_MEASURES}
    relevant = {id: {_key(place): 1 for place in places} for id, places in gold.items() if places}
    run = {
        id: {_key(place): float(len(turns) - n) for n, place in enumerate(turns)}
        for id, turns in rankings.items()
        if id in relevant and turns
    }
    if not run:
        return values
    for metric in ir_measures.iter_calc(list(names.values()), relevant, run):
        values[metric.query_id][str(metric.measure)] = float(metric.value)
    return values


def _key(place: Place) -> str:
    return f"{place[1]} {place[0]}"


def evidence(
    hits: Sequence[Sequence[Place]], gold: Set[Place], tokens: Callable[[Place], int], budget: int
) -> tuple[float, float]:
    """Recall and precision of the gold turns' tokens within a budget of returned tokens.

    The hits' turns are read in rank order, as lines "Speaker: text", until the budget is spent; the line
    at hand is cut there. A turn returned twice is paid for twice and counts once.

        recall = gold tokens read / gold tokens,  precision = gold tokens read / tokens read

    Args:
        hits: each the turns of one hit, in order.
        gold: the turns that hold the answer; none gives (0, 0).
        tokens: length of a turn's line.
        budget: tokens.

    Source: recall and precision after Kent et al., American Documentation 1955, over tokens of text rather
    than documents, as passage retrieval is judged by characters in TREC HARD (Allan, 2005).
    """
    read: dict[Place, int] = {}
    spent = 0
    for place in (place for hit in hits for place in hit):
        taken = min(tokens(place), budget - spent)
        read[place] = max(read.get(place, 0), taken)
        spent += taken
        if spent >= budget:
            break
    found = sum(n for place, n in read.items() if place in gold)
    return found / max(1, sum(map(tokens, gold))), found / max(1, spent)


def match(ranking: Sequence[Place], gold: Set[Place], k: int) -> float:
    """1.0 when a gold turn is among the first k turns, else 0.0.

    Source: utterance match of FriendsQA (Yang, Choi, SIGDIAL 2019), which is success at k.
    """
    return float(any(place in gold for place in ranking[:k]))


def verbatim(citation: Citation, transcript: Transcript) -> bool:
    """Whether a quotation stands, character for character but for whitespace, where it says it does.

    Looked up here anew, in the turn (in the page's text for the page's own words) and, where the
    transcript has its source's text, in the source too. Where the quotation names no characters of
    it, since markup stands among the words, each run of them is looked up by itself. An empty
    quotation stands nowhere.

    Source: quotation identity as in the attribution checks of Rashkin et al., Computational
    Linguistics 2023, sharpened from "supported by" to "the same characters".
    """
    quote = _dense(citation.quote)
    if not quote or transcript.id != citation.transcript_id:
        return False
    start, end = citation.start, citation.end
    places: list[tuple[str, Sequence[Piece]]]
    if citation.turn is None:
        places = [(page.text, page.pieces) for page in transcript.page]
    else:
        places = [(turn.text, turn.pieces) for turn in transcript.turns if turn.index == citation.turn]
    places = [(text, pieces) for text, pieces in places if _dense(text[start:end]) == quote]
    if not places or transcript.source_text is None:
        return bool(places)
    if citation.source_start is None and citation.source_end is None:
        return any(_dense(_runs(pieces, start, end, transcript.source_text)) == quote for _, pieces in places)
    if citation.source_start is None or citation.source_end is None:
        return False
    return _dense(transcript.source_text[citation.source_start : citation.source_end]) == quote


def _runs(pieces: Sequence[Piece], start: int, end: int, source: str) -> str:
    """The runs of the source that characters [start, end) are made of."""
    found = ""
    for piece in pieces:
        a, b = max(start, piece.start), min(end, piece.start + piece.length)
        if a < b:
            found += source[piece.source_start + a - piece.start : piece.source_start + b - piece.start]
    return found


def names_the_speaker(citation: Citation, transcript: Transcript) -> bool:
    """Whether the person a quotation is given to is the one whose turn it is; "" for the page's own words.

    Source: speaker attribution accuracy, as quotation attribution is scored since Elson, McKeown, AAAI 2010.
    """
    if citation.turn is None:
        return citation.speaker == ""
    return any(turn.speaker == citation.speaker for turn in transcript.turns if turn.index == citation.turn)


def _dense(text: str) -> str:
    return "".join(ch for ch in text if not ch.isspace())
