"""Which line beginnings are speaker labels: evidence from the whole document.

A label alone proves nothing: "Our agenda has three items:" looks like one. So every line beginning
that ends in a colon is a candidate, and the document decides: candidates shaped like names or roles,
candidates that come again, names that the page itself mentions, and how the other labels are set.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations, islice, pairwise

from qa import functions, speakers, words
from qa.errors import ReadError
from qa.names import is_voice
from qa.read.journal import dotted
from qa.read.margins import lines_of
from qa.read.shapes import BRACKETED, CONNECTORS, FIRST_NAMES, Label, candidate, in_place_of_name, name_shaped
from qa.read.source import File, Line

__all__ = [
    "METADATA", "NOBODY", "VOICES", "Label", "candidate", "credible", "find_labels", "is_voice", "labels_in",
    "may_name", "opens_text", "plain",
]  # fmt: skip

MAX_CANDIDATES = 120_000  # more than the turns that are read; a hostile file ends here
# Labels of stretches in which nobody of the transcript speaks (podcast breaks, jingles).
NOBODY = frozenset(
    {
        *"break music sponsor sponsors advertisement ad ads commercial jingle перерыв реклама музыка джингл".split(),
        *("ad break", "sponsor break", "commercial break", "intro music", "outro music", "theme music", "theme song"),
        *("sound effect", "sound clip"),
    }
)
VOICES = frozenset(
    "question answer q a reporter moderator interviewer interviewee host guest chair chairman chairwoman "
    "chairperson speaker narrator journalist presenter president secretary clerk audience voice operator analyst "
    "retranslated remark response witness judge counsel court participant unidentified unknown caller panelist "
    "facilitator respondent interpreter translator announcer questioner member members "
    "male female man woman boy girl child crowd all "
    "frage zusatzfrage nachfrage zusatz antwort moderator moderatorin interviewerin journalistin vorsitzender "
    "vorsitzende präsident präsidentin vizepräsident vizepräsidentin pregunta respuesta periodista moderador "
    "moderadora entrevistador entrevistadora entrevistado entrevistada portavoz presidente presidenta "
    "vicepresidente jornalista pergunta resposta repórter journaliste modérateur modératrice animateur "
    "animatrice président présidente "
    "giornalista domanda risposta intervistatore intervistatrice moderatore "
    "вопрос ответ реплика ведущий ведущая корреспондент журналист председатель модератор голос зал из зала "
    "интервьюер переводчик диктор участник marszałek wicemarszałek przewodniczący przewodnicząca".split()
)
_NOT_VOICES = frozenset(
    """agenda note notes update summary date time location venue place participants present attendees attending
    attendance absent apologies title subject topic topics example examples remember warning conclusion result results
    step today tomorrow yesterday ps nb http https source sources link links url contents abstract introduction
    background references duration recorded published transcript language yes no ok okay first second third firstly
    secondly thirdly finally again also however moreover therefore so but and then now well look listen clearly
    decision decisions action actions item items total chapter part section figure table appendix fact facts
    chorus verse re fw fwd cc from to sent tel phone email website length file episode season disclaimer copyright
    orden orde ordine ordre sumario sumário tagesordnung intervenant(s intervenants mots-clés indexação resumo
    keywords tags questions prepared contents index by
    beginn sitzungsbeginn schluss sitzungsende début inicio início inizio начало окончание
    thema themen datum ort zeit quelle titel teilnehmer teilnehmende anwesend hinweis anmerkung beispiel dauer fazit
    fecha lugar asunto tema temas fuente título nota duración participantes asistentes data luogo ora titolo fonte
    partecipanti presenti lieu titre durée présents remarque exemple assunto duração ejemplo esempio exemplo
    category categories pros cons tip tips hint reason reasons caption photo image video audio credit credits
    appearances phase day week option options scenario rule lesson read more related share follow edited here there
    повестка примечание дата время место тема участники присутствовали источник итого пример итак например
    во-первых во-вторых в-третьих наконец далее внимание справка фото видео теги рубрика автор текст""".split()
)
_FIELD_ENDS = frozenset("present date time date/time".split())  # "Staff Present", "Event Date/Time"
# A text, or a body that meets: "Trial Transcript: ...", "Legislative Assembly for the ACT: 1997" are headings.
_EVENTS = frozenset(
    """transcript transcription transcripts conference interview interviews briefing briefings hearing hearings debate
    debates hansard assembly parliament congress news podcast press newsletter report bulletin breaking
    transkript pressekonferenz regierungspressekonferenz bundespressekonferenz mitschrift wortprotokoll gespräch
    transcripción entrevista rueda comparecencia transcrição coletiva entretien transcripción conférence séance
    trascrizione intervista conferenza стенограмма расшифровка интервью пресс-конференция брифинг""".split()
)
METADATA = {
    "title": "title", "subject": "title", "meeting": "title", "event": "title", "тема": "title", "episode": "title",
    "date": "date", "recorded": "date", "published": "date", "дата": "date",
    "time": "time", "время": "time",
    "place": "place", "location": "place", "venue": "place", "место": "place",
    "participants": "attendance", "present": "attendance", "attendees": "attendance", "attending": "attendance",
    "attendance": "attendance", "участники": "attendance", "присутствовали": "attendance",
    "source": "note", "url": "note", "link": "note", "источник": "note",
    "summary": "summary", "abstract": "summary", "absent": "note", "apologies": "note", "keywords": "topics",
    "from": "note", "to": "note", "cc": "note", "sent": "note",
    "topics": "topics", "topic": "topics", "duration": "note", "length": "note", "language": "note", "file": "note",
    "titel": "title", "título": "title", "titre": "title", "titolo": "title", "assunto": "title", "asunto": "title",
    "datum": "date", "fecha": "date", "data": "date", "ort": "place", "lieu": "place", "lugar": "place",
    "luogo": "place", "uhrzeit": "time", "hora": "time", "heure": "time", "ora": "time",
    "teilnehmer": "attendance", "teilnehmende": "attendance", "anwesend": "attendance", "sprecher": "attendance",
    "participantes": "attendance", "asistentes": "attendance", "présents": "attendance", "partecipanti": "attendance",
    "presenti": "attendance", "themen": "topics", "temas": "topics", "quelle": "note", "fuente": "note",
    "fonte": "note", "dauer": "note",
}  # fmt: skip
_ENOUGH = 50_000  # characters of a line that are looked at for evidence
_WORD = re.compile(r"[^\W\d_]+")
_CAPITALISED = re.compile(r"(?<=[\w,] )[^\W\d_][^\W\d_]+")


def labels_in(file: File) -> list[Label]:
    """The speaker labels of a file's lines; looked for once, however many readers ask.

    Raises:
        ReadError: more lines than are weighed look like the beginning of a turn.
    """
    if not isinstance(found := file.memory.get("labels"), list):
        lines = lines_of(file)
        likely = _candidates(lines)
        if len(likely) >= MAX_CANDIDATES:
            told = f"has {MAX_CANDIDATES:,} lines or more that may begin with a speaker."
            raise ReadError(file.path, told, remedy="Split the file.")
        found = file.memory["labels"] = _weighed(likely, lines, ())
    return found


def find_labels(lines: Sequence[Line], known: Iterable[str] = ()) -> list[Label]:
    """The speaker labels among the beginnings of lines.

    Args:
        lines: of one document's spoken part, blank ones included.
        known: names the page itself gives (persons, title), which make a single label credible.

    Returns:
        In order of lines; empty when nothing looks like a speaker.
    """
    return _weighed(_candidates(lines), lines, known)


def _candidates(lines: Sequence[Line]) -> list[Label]:
    likely = (label for n, line in enumerate(lines) if (label := candidate(n, line)) is not None)
    return list(islice(likely, MAX_CANDIDATES))


def _weighed(found: Sequence[Label], lines: Sequence[Line], known: Iterable[str]) -> list[Label]:
    """Those of the family of labels that the document's evidence bears."""
    here = listed(lines)
    families = [
        credible([one for one in found if one.style & names or plain(one.text) in here], lines, known)
        for names in ({"colon", "asked"}, {"bracket"}, {"heading"})
    ]
    families.append(_dashed([one for one in found if "dashed" in one.style], lines, known))
    families.append(dotted(lines))
    families.append(_in_brackets(lines))
    chosen = max(families, key=len)  # the first of equals
    return _with_strangers(chosen, lines)


def _with_strangers(chosen: list[Label], lines: Sequence[Line]) -> list[Label]:
    """And what stands with a time in a name's place, whatever it is, where every line with a time has a label."""
    timed = [one for one in chosen if {"colon", "time"} <= one.style]
    if len(timed) < _FEWEST_TIMED or len(timed) < 0.9 * len(chosen):
        return chosen
    places = Counter(_place(one, lines[one.line]) for one in timed)
    place, times = places.most_common(1)[0]
    at = {one.line for one in chosen}
    begun = [n for n, line in enumerate(lines) if n >= chosen[0].line and n not in at and _TIMED.match(line.text)]
    if times < 0.9 * len(timed) or len(begun) > len(timed):
        return chosen
    strange = [label for n, line in enumerate(lines) if n not in at and (label := in_place_of_name(n, line))]
    strange = [one for one in strange if one.line > chosen[0].line and _place(one, lines[one.line]) == place]
    counts = Counter(one.text for one in strange)
    if place[0]:  # "[00:12] One thing more: words" may go on with what the speaker says
        strange = [one for one in strange if counts[one.text] > 1 or _ACCOUNT.search(one.text)]
    if {one.line for one in strange} < set(begun) or any(opens_text(one.text) for one in strange):
        return chosen
    return sorted([*chosen, *strange], key=lambda label: label.line)


_FEWEST_TIMED = 4
_ACCOUNT = re.compile(r"[\d@_(]|\w\.\w")  # of a program: "tom.b@pell.example", "tom_b", "tv (2)"
_TIMED = re.compile(r"\W{0,4}\d{1,2}:\d\d")


def _place(label: Label, line: Line) -> tuple[bool, bool]:
    """How a label with a time is set: whether the time stands before it, whether it is bold."""
    return bool(_TIMED.match(line.text)), "bold" in label.style


def listed(lines: Sequence[Line]) -> frozenset[str]:
    """Short names in small letters that the head lists: "Present: nora, tom_b, Ilsa", as minutes of chats do."""
    found: set[str] = set()
    for line in lines[:_HEAD]:
        if match := _PRESENT.match(line.text):
            found.update(name.strip().casefold() for name in re.split(r"[,;]", match["names"]))
    return frozenset(name for name in found if _NICK.fullmatch(name)) if len(found) > 1 else frozenset()


_HEAD = 60  # lines
_PRESENT = re.compile(
    r"^(?:present|attendees|attending|participants|in attendance)\s?:\s*(?P<names>\S.*)$", re.IGNORECASE
)
_NICK = re.compile(r"[^\W\d][\w.-]{1,30}")


def _in_brackets(lines: Sequence[Line]) -> list[Label]:
    """ "(Anchor) Words", where nearly every line begins so, and nothing in brackets is a stage direction."""
    found = []
    for n, line in enumerate(lines):
        if (match := _ROUND.match(line.text)) and name_shaped(match["label"]):
            found.append(Label(n, match["label"], line.start + match.end(), None, frozenset({"round"})))
    counts = Counter(plain(one.text) for one in found)
    filled = sum(bool(line.text) for line in lines)
    again = len(found) >= 4 and 2 <= len(counts) <= len(found) / 2 and len(found) >= 0.8 * filled
    return found if again and not any(words.furniture(f"({text})") for text in counts) else []


_ROUND = re.compile(r"^\((?P<label>[^\W\d_][^()\n:]{1,40})\)\s+(?=\S)")


def _dashed(found: Sequence[Label], lines: Sequence[Line], known: Iterable[str]) -> list[Label]:
    """Labels that a dash ends: "Portavoz.- Words", "А. ВЕНЕДИКТОВ – Words"; lists of things have dashes, too.

    What comes again has other words behind it each time; most paragraphs before which it stands begin with one.
    """
    if len(formal := [one for one in found if "formal" in one.style]) >= 3:
        return formal
    behind: dict[str, set[str]] = {}
    for one in found:
        behind.setdefault(plain(one.text), set()).add(_after(one, lines[one.line]))
    counts = Counter(plain(one.text) for one in found)
    again = [one for one in found if counts[text := plain(one.text)] == 1 or len(behind[text]) > 1]
    chosen = credible(again, lines, known)
    repeated = {plain(one.text) for one in chosen if counts[plain(one.text)] > 1}
    named = [
        one for one in chosen if "point" in one.style or one.text.isupper() or " " in one.text or is_voice(one.text)
    ]
    small = sum(_after(one, lines[one.line])[:1].islower() for one in chosen)
    if len(chosen) < 4 or len(repeated) < 2 or len(named) < 0.8 * len(chosen) or small > 0.3 * len(chosen):
        return []
    begun = sum(bool(line.text) and (n == 0 or not lines[n - 1].text) for n, line in enumerate(lines))
    return chosen if len(chosen) * 4 >= min(begun, len([line for line in lines if line.text])) else []


@lru_cache(maxsize=131072)
def plain(label: str) -> str:
    """The form in which labels are counted: small letters, no brackets."""
    bare = BRACKETED.sub("", label) if "(" in label or "[" in label else label
    return " ".join(bare.split()).casefold().strip(" .,") or label.casefold()


def opens_text(label: str) -> bool:
    """It is a word that opens sentences, lists or fields before a colon: "Note", "First", "Date"."""
    content = [word for word in (part.strip(".,") for part in plain(label).split()) if word not in CONNECTORS]
    if len(content) == 2 and content[0] in ("first", "second", "third") and speakers.is_title(content[1]):
        return False  # "The First Minister"
    if not content or (len(content) <= 3 and content[-1] in _FIELD_ENDS):
        return True
    return content[0] in _NOT_VOICES and len(content) <= 2


def may_name(label: str) -> bool:
    """It is shaped like a name or an office."""
    return name_shaped(label) and not opens_text(label)


@dataclass(frozen=True, slots=True)
class _Seen:
    """What the document tells about the words of its candidates.

    Attributes:
        counts: how often each candidate stands, by its plain form.
        named: words with a capital in the middle of a sentence, and those of known names.
        small: words in small letters.
    """

    counts: Counter[str]
    named: set[str]
    small: set[str]

    @property
    def mostly_repeated(self) -> bool:
        """Most candidates are of a form that comes again."""
        total = sum(self.counts.values())
        return total >= 3 and sum(n for n in self.counts.values() if n > 1) * 2 >= total


def credible(candidates: Sequence[Label], lines: Sequence[Line], known: Iterable[str] = ()) -> list[Label]:
    """Those of the candidates which the document bears out as speaker labels."""
    if not candidates:
        return []
    counts = Counter(plain(label.text) for label in candidates)
    fuller = {label.text for label in candidates if len(label.text.split()) > 1}
    here = listed(lines)
    seen = _Seen(counts, _mentions(lines, (*known, *fuller)), _small_words(lines, candidates))
    loose = {"bracket", "heading", "tight", "dashed"}
    forms = {
        (plain(one.text), bool(one.style & loose))
        for one in candidates
        if not one.text.islower()
        or plain(one.text) in here
        or re.fullmatch(r"[^\W\d_]{2,}[ _-]?\d{1,4}", one.text)  # "spk05"
    }
    accepted = {text for text, strict in forms if _is_label(text, seen, strict=strict)}
    accepted |= here & set(counts)
    nicks = [plain(one.text) for one in candidates if "nick" in one.style]
    accepted |= set(nicks) if len(nicks) > 3 and len(set(nicks)) > 1 else set()
    accepted |= _by_style(candidates, accepted, lines, seen)
    accepted |= _by_company(candidates, accepted, lines, seen)
    accepted |= _by_turns(candidates, accepted, lines, counts)
    if not accepted:
        accepted = _by_coverage(candidates, lines, seen)
    # "Green Energy: we will invest" goes on in the same sentence; after a label a new one begins.
    small = [one for one in candidates if _after(one, lines[one.line])[:1].islower() and plain(one.text) not in NOBODY]
    if any(counts[text] > 1 for text in accepted) and len(small) * 2 < len(candidates):
        accepted -= {
            text for one in small if counts[text := plain(one.text)] == 1 and not _abbreviated(one.text, counts)
        }
    if not any(text.startswith("q") and is_voice(text) for text in accepted):  # "A. Roads" begins a list
        accepted -= {plain(one.text) for one in candidates if "asked" in one.style}
    chosen = [label for label in candidates if plain(label.text) in accepted]
    return _alike(chosen, lines, counts) if any(plain(one.text) not in NOBODY for one in chosen) else []


def _after(label: Label, line: Line) -> str:
    return line.text[label.body - line.start :].strip()


def _is_label(text: str, seen: _Seen, *, strict: bool) -> bool:
    parts = [word.strip(".,") for word in text.split()]
    content = [word for word in parts if word not in CONNECTORS] or [text] * (text.title() in FIRST_NAMES)
    if not content:
        return False
    count, voice = seen.counts[text], any(map(_calls_voice, content)) or is_voice(text)
    if strict and words.furniture(f"({text})"):
        return False
    if strict and count < 2 and not is_voice(text) and not (len(content) >= 2 and seen.mostly_repeated):
        return False
    if opens_text(text) and not voice and text.title() not in FIRST_NAMES:
        return False
    office = voice or speakers.is_title(text)
    common = not office and all(word in seen.small for word in content)
    if count == 1 and not office and (_is_event(text) or _is_item(parts)):
        return False
    if count >= 2:
        # "Example:" three times in a long talk is none; somebody called Grace speaks more often.
        return not common or count * 10 >= sum(seen.counts.values())
    if any(map(_calls_voice, content)):
        return True
    if len(content) >= 2:
        return not common and (len(content) <= 8 or office) and (office or not content[-1].isdigit())
    pieces = re.findall(r"[^\W\d_]+", content[0])
    named = bool(pieces) and all(piece in seen.named for piece in pieces)
    return named or is_voice(text) or bool(re.fullmatch(r"[^\W\d_]\.\s?[^\W\d_]+(?:-[^\W\d_]+)?", text))


def _calls_voice(word: str) -> bool:
    """A function that makes even a single label credible, in whatever language."""
    return word in VOICES or functions.bare(word) in functions.FOREIGN


def _is_event(text: str) -> bool:
    """It names a text or a body that meets, not who speaks: "trial transcript", "breaking news"."""
    return any(word in _EVENTS for word in re.findall(r"[^\W\d_]+(?:-[^\W\d_]+)*", text.partition(",")[0]))


def _is_item(parts: Sequence[str]) -> bool:
    """An item of the agenda: by its number, "Punkt 1 der Tagesordnung", its day, or by too many articles for a name."""
    if "am" in parts[1:]:  # "Treffen am Sonntag"; a paper of that name asks more than once
        return True
    if len(parts) > 1 and parts[0] in _ITEMS and parts[1][:1].isdigit():
        return True
    articles = [word for word in parts if word in _ARTICLES]
    return len(articles) >= 3 or {"des", "der"} <= set(articles)


_ITEMS = frozenset("punkt tagesordnungspunkt top item point punto ponto пункт bod pkt".split())
_ARTICLES = frozenset("of the for des der del della du".split())


# ------------------------------------------------------------------ how labels are set


def _share(chosen: Sequence[Label], mark: str) -> float:
    return sum(_has(label, mark) for label in chosen) / max(1, len(chosen))


def _has(label: Label, mark: str) -> bool:
    if mark == "caps":
        return BRACKETED.sub("", label.text).isupper() and len(label.text) > 1
    return mark in label.style


def _by_style(candidates: Sequence[Label], accepted: set[str], lines: Sequence[Line], seen: _Seen) -> set[str]:
    """Single words that are set as the document sets its labels: bold, with a time, in capitals."""
    good = [label for label in candidates if plain(label.text) in accepted]
    pool = good or [label for label in candidates if _may_be(label, seen)]
    marks = [mark for mark in ("bold", "time", "caps") if len(pool) >= 2 and _share(pool, mark) >= 0.9]
    if good and "caps" in marks and len(good) < 4:
        marks.remove("caps")
    if not good:
        marks = [mark for mark in marks if mark != "caps"]
    found = {plain(one.text) for one in candidates if marks and _may_be(one, seen) and all(_has(one, m) for m in marks)}
    nobody = {plain(one.text) for one in candidates if plain(one.text) in NOBODY and (good or found)}
    return found | nobody


def _may_be(label: Label, seen: _Seen) -> bool:
    content = [word.strip(".,") for word in plain(label.text).split() if word not in CONNECTORS]
    return (
        bool(content)
        and len(content) <= 4
        and not label.text.islower()
        and content[0] not in _NOT_VOICES
        and not _is_event(plain(label.text))
        and not _is_item(plain(label.text).split())
        and "heading" not in label.style
        and not (len(content) > 1 and all(word in seen.small for word in content))
    )


def _by_company(candidates: Sequence[Label], accepted: set[str], lines: Sequence[Line], seen: _Seen) -> set[str]:
    """Single words that come once, where nearly every paragraph begins with a label: one more of them."""
    good = [label for label in candidates if plain(label.text) in accepted]
    begun = [n for n, line in enumerate(lines) if line.text and (n == 0 or not lines[n - 1].text)]
    if len(begun) <= len(good):  # no blank lines between paragraphs: every line is one
        begun = [n for n, line in enumerate(lines) if line.text]
    starts = set(begun)
    if len(good) < 2 or len(good) < 0.6 * len(begun):
        return set()
    return {
        plain(one.text)
        for one in candidates
        if one.line in starts and "colon" in one.style and _may_be(one, seen) and plain(one.text) not in seen.small
    }


def _by_turns(candidates: Sequence[Label], accepted: set[str], lines: Sequence[Line], counts: Counter[str]) -> set[str]:
    """What takes turns with the labels, as a magazine that asks does: "ZEIT ONLINE:", "The Lunde Times:".

    It comes often, nearly every time between two labels of others, and with other words behind it each time.
    """
    forms = [plain(one.text) for one in candidates]
    total = sum(text in accepted for text in forms)
    found = set()
    for text in set(forms) - accepted:
        if counts[text] < max(4, 0.5 * total) or not total:
            continue
        kept = [(one, form) for one, form in zip(candidates, forms, strict=True) if form == text or form in accepted]
        turns = sum(a != b and text in (a, b) for (_, a), (_, b) in pairwise(kept))
        said = {_after(one, lines[one.line]) for one, form in kept if form == text}
        if turns >= 0.9 * (len(kept) - 1) and len(said) >= 0.8 * counts[text]:
            found.add(text)
    return found


def _by_coverage(candidates: Sequence[Label], lines: Sequence[Line], seen: _Seen) -> set[str]:
    """A short exchange in which nearly every line has its label, of one word each, perhaps in small letters."""
    filled = sum(bool(line.text) for line in lines)
    pool = [
        label
        for label in candidates
        if "colon" in label.style
        and len(label.text.split()) <= 2
        and not any(word in _NOT_VOICES for word in plain(label.text).split())
    ]
    found = {plain(label.text) for label in pool}
    return found if len(found) >= 2 and len(pool) >= 0.8 * filled and len(pool) >= 2 else set()


def _alike(chosen: list[Label], lines: Sequence[Line], counts: Counter[str]) -> list[Label]:
    """Without those that are set otherwise than the rest: a colon in plain type among bold labels."""
    often = [label for label in chosen if counts[plain(label.text)] > 1] or chosen
    if len(often) >= 4 and _share(often, "bold") >= 0.9:
        bold = NOBODY | {plain(label.text) for label in chosen if _has(label, "bold")}
        chosen = [label for label in chosen if _has(label, "bold") or plain(label.text) in bold]
    for mark in ("caps", "time"):
        if len(often) >= 6 and _share(often, mark) >= 0.95:
            kept = {text for one in chosen if counts[text := plain(one.text)] > 1 or is_voice(text)}
            kept |= {plain(one.text) for one in chosen if _abbreviated(one.text, counts)}
            kept |= NOBODY
            if mark == "caps" and _share(often, "bold") >= 0.9:  # names in full, then their initials: all bold
                kept |= {plain(one.text) for one in chosen if _has(one, "bold")}
            chosen = [one for one in chosen if _has(one, mark) or plain(one.text) in kept]
    apart = [label for label in often if _begins_paragraph(label, lines)]
    if len(often) >= 6 and len(apart) >= 0.95 * len(often):
        chosen = [one for one in chosen if counts[plain(one.text)] > 1 or _begins_paragraph(one, lines)]
    return chosen


def _abbreviated(label: str, counts: Counter[str]) -> bool:
    """ "ne" for "Nora Ekdal": a name stands once in full, and its initials after that."""
    words = [word for word in plain(label).split() if word not in CONNECTORS]
    parts = [part for word in words for part in word.split("-")]
    return any(form in counts for form in initials(words) | initials(parts))


def initials(words: Iterable[str]) -> frozenset[str]:
    """The ways to write the initials of a name: its words' first letters, those inside left out at will.

    "Ana Lúcia Prado Reis" is ALPR, ALR, APR or AR.
    """
    letters = [word[0] for word in words if word]
    if len(letters) < 2:
        return frozenset(letters)
    inner = letters[1:-1][:_INNER]
    return frozenset(
        letters[0] + "".join(kept) + letters[-1] for size in range(len(inner) + 1) for kept in combinations(inner, size)
    )


_INNER = 4  # names of more words inside are shortened no further


def _begins_paragraph(label: Label, lines: Sequence[Line]) -> bool:
    return label.line == 0 or not lines[label.line - 1].text


# ------------------------------------------------------------------ words of the document


def _mentions(lines: Sequence[Line], known: Iterable[str]) -> set[str]:
    """Words the document uses with a capital in the middle of a sentence, and the known names' words."""
    found = {word.casefold() for name in known for word in re.findall(r"[^\W\d_]+", name)}
    for line in lines:
        found.update(word.casefold() for word in _CAPITALISED.findall(line.text[:_ENOUGH]) if word[0].isupper())
    return found


def _small_words(lines: Sequence[Line], candidates: Sequence[Label]) -> set[str]:
    """Words the document has in small letters, where their case tells something."""
    wanted = {word.strip(".,") for text in {plain(label.text) for label in candidates} for word in text.split()}
    found: set[str] = set()
    for line in lines:
        found |= wanted.intersection(_WORD.findall(line.text[:_ENOUGH]))
    return {word for word in found if word.islower()}
