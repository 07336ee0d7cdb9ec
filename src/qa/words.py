"""Words and sentences: where a sentence ends, what a term is, what in a text is not speech.

Floor 0: nothing here knows a transcript. English and Russian are known by their function words and
stemmers; any other language still gets sentences and plain terms.
"""

from __future__ import annotations

import re
import threading
import unicodedata
from collections.abc import Iterator, Sequence
from functools import lru_cache

Span = tuple[int, int]

# A dot after these ends no sentence when a capital follows.
_ABBREVIATIONS = frozenset(
    "mr mrs ms dr prof hon st sr jr rev gen col capt lt sgt gov sen rep pres messrs mme mlle mt ft no nos vs "
    "fig vol pp inc ltd co corp dept est approx e.g i.e cf u.s u.k u.n e.u p.m a.m ph.d m.p "
    "jan feb mar apr jun jul aug sep sept oct nov dec "
    "г гг в вв им ул д стр см млн млрд руб тыс т.е т.к т.н т.ч проф акад гос мин напр ст п пп св".split()
)
_STAGE = (
    r"applause|laugh\w*|laughter|crosstalk|cross[- ]talk|inaudible|indistinct|unintelligible|pause[sd]?|music|"
    r"silence|cough\w*|sigh\w*|chuckl\w*|cheer\w*|booing|noise|off[- ]mic\w*|break|recess|"
    r"аплодисмент\w*|смех\w*|смеётся|смеется|неразборчиво|пауза|музыка|шум\w*|оживление"
)
_OPENS = re.compile(r"[<{(\[]")
_FURNITURE = re.compile(
    r"<\s*(?:…|\.\.\.)\s*>"  # an omission mark
    r"|\{(?:disfmarker|\w*sounds?|pause|gap|comment|inaudible|noise|laugh\w*|cough\w*|breath\w*)\}"  # {vocalsound}
    rf"|\\?[(\[][^()\[\]\\\n]{{0,40}}\b(?:{_STAGE})\b[^()\[\]\\\n]{{0,40}}\\?[)\]]"  # (Applause.), \[laughs\]
    r"|\\?\[\d{1,2}:\d\d(?::\d\d)?(?:\.\d+)?\\?\]",  # [04:15]
    re.IGNORECASE,
)
# What others call out, and what the house does, inside the words of a parliament's speaker.
_HOUSE = re.compile(
    r"""\((?=
    (?:[^()]{0,100}\b)?(?:Beifall|Heiterkeit|Zwischenrufe?|Zurufe?|Widerspruch|Gegenrufe?|Unruhe|Lachen\ bei)\b
    |Abg(?:eordnete[rn]?)?\b|[A-ZÄÖÜ][^()\[\]:]{2,60}\ \[[^()\[\]:]{2,40}\]:
    |Rufe?(?:\ (?:bei|von|aus)\b|:)|Präsident(?:in)?\ .{0,60}Glocken?zeichen
    |(?:[^()]{0,60}\b)?(?:Applaudissements|Exclamations|Sourires|Rires|Murmures|Protestations|Vives\ réactions)\b
    |(?:Grandes\ |Fuertes\ |Prolongados\ )?(?:Aplausos|Rumores|Protestas|Risas|Asentimiento|Denegaciones)\b
    |(?:El|La)\ señora?\ [^()]{3,90}\b(?:ocupa|abandona|pide|hace|pronuncia|muestra|asiente)\b
    |(?:Palmas|Aplausos|Risos|Soa\ a\ campainha|Manifestação|Intervenção\ fora)\b
    |(?:Vivi\ |Prolungati\ )?(?:Applausi|Commenti|Proteste|Si\ ride)\b
    |(?:Oklaski|Wesołość|Dzwonek|Gwar|Poruszenie|Głosy?\ z\ sali|Pos(?:eł|łanka)\ [^()]{3,60}:|Marszałek\ [^()]{3,60}:)
    )(?:[^()]|\([^()]{0,200}\)){2,900}\)(?:\.(?=\s|$))?""",
    re.VERBOSE,
)
_LONGEST_ABBREVIATION = 24  # characters looked at before a dot
_OPENERS = "\"'“‘«([‹„—–-"
_END = re.compile(r"(?<![.!?…])[.!?…]++[\"'”’»)\]›]*+(?=\s|$)|[。！？]+[」』”]*")
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_NUMBER_GROUP = re.compile(r"(?<=\d)[,\u00a0\u202f](?=\d{3}\b)")

STOPWORDS = frozenset(
    """a an the this that these those there here it its itself he him his himself she her hers herself they them
    their theirs themselves i me my mine myself we us our ours ourselves you your yours yourself yourselves who whom
    whose which what when where why how is are was were be been being am do does did doing done have has had having
    will would shall should can could may might must and or but nor so if then than as of at by for with from to in
    on into onto upon over under about against between through during before after above below up down out off again
    further once because while until not no yes all any both each few more most other some such only own same too
    very just also even still yet ever never much many lot let s t re ve ll d m don didn doesn isn aren wasn weren
    ok okay um uh well oh yeah please one ones something anything nothing someone anyone nobody everybody everyone
    и в во не что он на я с со как а то все она так его но да ты к у же вы за бы по только ее её мне было вот от
    меня еще ещё нет о об обо из ему теперь когда даже ну вдруг ли если уже или ни быть был него до вас нибудь опять
    уж вам ведь там потом себя ничего ей может они тут где есть надо ней для мы тебя их чем была сам чтоб без будто
    чего раз тоже себе под будет ж тогда кто этот того потому этого какой какая какие какое совсем ним здесь этом
    один почти мой тем чтобы нее сейчас были куда зачем всех никогда можно при об другой хоть после над больше тот
    через эти нас про всего них такой это эта этой этих ваш наш свой свою своей который которая которые которое
    """.split()
)


def squeeze(text: str) -> str:
    """The text with every run of whitespace as one blank, and none at the ends."""
    return " ".join(text.split())


def bare(text: str) -> str:
    """The text without any whitespace: the form in which quotations are compared."""
    return "".join(text.split())


def storable(text: str) -> bool:
    """No half of a surrogate pair, which no file can hold."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def furniture(text: str) -> list[Span]:
    """Spans that are not speech: stage directions, omission marks, time marks, markup of noises."""
    if not _OPENS.search(text):
        return []
    found = [match.span() for match in _FURNITURE.finditer(text)]
    return sorted({*found, *_outside(interjections(text), found)}) if "(" in text else found


def interjections(text: str) -> list[Span]:
    """Brackets of a parliament's record with what others call out or the house does: "(Beifall bei der X)"."""
    return [match.span() for match in _HOUSE.finditer(text)] if "(" in text else []


def _outside(spans: list[Span], taken: list[Span]) -> list[Span]:
    """Those spans that overlap none of the taken ones; both in order, without overlap among themselves."""
    found, n = [], 0
    for a, b in spans:
        while n < len(taken) and taken[n][1] <= a:
            n += 1
        if n == len(taken) or taken[n][0] >= b:
            found.append((a, b))
    return found


def has_words(text: str, without: Sequence[Span]) -> bool:
    """A letter or a digit stands outside the spans, which are in order."""
    at = 0
    for start, end in (*without, (len(text), len(text))):
        if any(ch.isalnum() for ch in text[at:start]):
            return True
        at = max(at, end)
    return False


def sentences(text: str) -> list[Span]:
    """Where the sentences of a text stand.

    Args:
        text: a turn's words. A blank line always ends a sentence; a single line break does unless
            the words plainly run on (no full stop before it, a small letter after it).

    Returns:
        Spans in order, without overlap, trimmed of whitespace. Together they hold every letter
        and digit of the text outside `furniture`; a span without either is left out.
    """
    found: list[Span] = []
    for start, end in _between(furniture(text), len(text)):
        for a, b in _blocks(text, start, end):
            found.extend(_cut(text, a, b))
    return [(a, b) for a, b in found if any(ch.isalnum() for ch in text[a:b])]


def _between(holes: list[Span], length: int) -> Iterator[Span]:
    at = 0
    for start, end in holes:
        yield at, start
        at = end
    yield at, length


def _blocks(text: str, start: int, end: int) -> Iterator[Span]:
    """Paragraphs within [start, end)."""
    at = start
    for match in re.finditer(r"(?<!\s)\s+", text[start:end]):
        if "\n" not in match.group():
            continue
        a, b = start + match.start(), start + match.end()
        runs_on = (
            match.group().count("\n") == 1 and b < end and text[b].islower() and a > at and text[a - 1] not in ".!?…:"
        )
        if not runs_on:
            yield at, a
            at = b
    yield at, end


def _cut(text: str, start: int, end: int) -> Iterator[Span]:
    at = start
    for match in _END.finditer(text, start, end):
        if _ends_sentence(text, at, match.start(), match.end(), end):
            yield from _trim(text, at, match.end())
            at = match.end()
    yield from _trim(text, at, end)


def _trim(text: str, start: int, end: int) -> Iterator[Span]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start < end:
        yield start, end


def _ends_sentence(text: str, start: int, mark: int, after: int, end: int) -> bool:
    at = after
    while at < end and text[at].isspace():
        at += 1
    if at == end or text[mark] in "。！？":
        return True
    while at < end and text[at] in _OPENERS + " ":
        at += 1
    if text[at : at + 1].islower():
        return False
    if text[mark] != "." or text[mark : mark + 2] == "..":
        return True
    first = mark
    while (
        first > start
        and mark - first < _LONGEST_ABBREVIATION
        and not (text[first - 1].isspace() or text[first - 1] in '(["“«')
    ):
        first -= 1
    before = text[first:mark].casefold()
    if before.rsplit("-", 1)[-1] in _ABBREVIATIONS:
        return False
    # One capital letter and a dot is an initial ("J. Smith"), but "I." and "plan B." may end a sentence.
    initial = len(before) == 1 and before.isalpha() and before != "i"
    if initial and (start + len(before) == mark or text[mark - 1].isupper()):
        return False
    return not (_INITIALS.fullmatch(text, first, mark) and _goes_on_as_a_name(text, at))


_INITIALS = re.compile(r"[^\W\d_a-z](?:\.[^\W\d_a-z])+")


def _goes_on_as_a_name(text: str, at: int) -> bool:
    """ "J.K. Ekdal", where "in the E.U. That" ends a sentence."""
    word = _WORD.match(text, at)
    return word is not None and word.group().casefold() not in STOPWORDS


def word_spans(text: str) -> list[Span]:
    """Where the words of a text stand."""
    return [match.span() for match in _WORD.finditer(text)]


def words(text: str) -> list[str]:
    """The words and numbers of a text, small letters, "1,000" as "1000", without possessive s."""
    folded = unicodedata.normalize("NFKC", text).casefold().replace("ё", "е")
    folded = _NUMBER_GROUP.sub("", folded)
    return [_unpossess(match.group()) for match in _WORD.finditer(folded)]


def _unpossess(word: str) -> str:
    return word[:-2] if word.endswith(("'s", "’s")) else word


def terms(text: str) -> list[str]:
    """What the lexical index holds of a text: the stems of its words, in order, stop words included."""
    return [stem(word) for word in words(text)]


def content_terms(text: str) -> list[str]:
    """The stems of the words that carry meaning, in order, with repeats; stop words are left out."""
    return [stem(word) for word in words(text) if word not in STOPWORDS]


class _Stemmers(threading.local):
    """Snowball stemmers are not safe to share between threads; each thread has its own two."""

    def __init__(self) -> None:
        import Stemmer

        self.english = Stemmer.Stemmer("english", 0)
        self.russian = Stemmer.Stemmer("russian", 0)


@lru_cache(maxsize=1)
def _stemmers() -> _Stemmers:
    return _Stemmers()


@lru_cache(maxsize=65536)
def stem(word: str) -> str:
    """The Snowball stem of one small-letter word: Russian for Cyrillic, English for the rest.

    Russian words are stemmed until nothing changes: "баяне" gives "баян" at first, "баян" gives
    "бая", and only the last is the same for both.
    """
    both = _stemmers()
    if not any("\u0400" <= ch <= "\u04ff" for ch in word):
        return str(both.english.stemWord(word))
    before = ""
    while word != before:
        before, word = word, str(both.russian.stemWord(word))
    return word


def language_of(text: str) -> str:
    """ "ru" when most letters are Cyrillic, else "en": enough to choose patterns and phrases."""
    cyrillic = sum("\u0400" <= ch <= "\u04ff" for ch in text)
    letters = sum(ch.isalpha() for ch in text)
    return "ru" if cyrillic * 2 > letters else "en"
