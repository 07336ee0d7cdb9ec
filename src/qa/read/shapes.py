"""What the beginning of a line must look like to be a speaker label: its shapes, one line at a time.

Whether it is one, the whole document decides (`qa.read.labels`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache

from qa import functions, speakers
from qa.names import ROLE_NOUNS, is_function, is_somebody
from qa.read.printed import shown, unseen_before
from qa.read.source import Line

TIME = r"\d{1,3}:\d\d(?::\d\d)?(?:[.,]\d{1,6})?"
RANGE = rf"{TIME}(?:\s*(?:-->|->|[-–—]|to)\s*{TIME})?"
# [00:01:02], (1:02), <1:02>, 1:02, as Markdown escapes it, bold or not
MARK = r"(?:\*\*|__)?\\?[\[(<]?{time}\\?[\])>]?(?:\*\*|__)?"
# A list mark, a change of voice in captions, the number of a committee's question: "Q12 Chair:"
_LEAD = r"(?:(?:>{1,3}|[-–—•*]|\[\*\]|\d{1,4}[.)]|Q\d{1,4}\.?)\s+|>{2,3})?"
# "(12:17 horas)": some records print when a speaker took the floor.
_O_CLOCK = r"(?:\s*\((?:a\ las\ )?\d{1,2}:\d\d\s(?:horas|hrs\.?|hours|Uhr|h)\))?"
# "[12/01/2030, 10:15:22]", "12/01/2030, 10:15 -": messages are stamped with the day, too, and by the wall clock.
_DAY = r"(?:(?P<day>\d{1,4}[./-]\d{1,2}[./-]\d{1,4}),?\s+)?"
_HALF = r"(?P<half>\s?[AaPp]\.?[Mm]\.?)?"
_CANDIDATE = re.compile(
    rf"""^{_LEAD}
    (?:{MARK.format(time=f"{_DAY}(?P<time>{TIME})(?:[ ]*(?:-->|->|[-–—]|to)[ ]*{TIME})?{_HALF}")}\s*[-–—|]?\s+)?
    (?P<bold>\*\*\*?|__)?
    (?P<bracket>\[)?(?P<label>[^\W\d_][^:：\n*\[\]]{{0,198}}?(?:\s*\[[^\[\]\n:]{{1,40}}\])?)(?(bracket)\])
    (?:\s*(?P=bold))?(?:\s*[\[(](?P<late>{RANGE})[\])])?{_O_CLOCK}
    \s*(?P=bold)?\s*(?P<colon>[:：])(?(bold)(?:\s*(?:\*\*|__))?)(?=\s|$|(?<=：)|(?P<tight>[^\W\d_]))
    """,
    re.VERBOSE,
)
_BOLD_COLON = re.compile(
    rf"""^{_LEAD}
    (?:{MARK.format(time=f"(?P<time>{TIME})")}\s*[-–—|]?\s+)?
    (?P<bold>\*\*\*?|__)(?:\\?[\[(](?P<inner>{TIME})\\?[\])]\s*)?
    \[?(?P<label>[^\W\d_][^:\n*\[\]]{{0,198}}?)\]?(?:\]\([^()\s]*\))?
    (?:\s*[\[(](?P<late>{TIME})[\])])?\s*:\s*(?P=bold)(?=\s|$)
    """,
    re.VERBOSE,
)
# "0:00:12.6 **Nora Ekdal** words"
_BOLD_TIMED = re.compile(
    rf"^:?(?:{MARK.format(time=f'(?P<time>{TIME})')})\s+(?P<bold>\*\*\*?|__)\s*(?P<label>[^\W\d_][^:\n*\[\]]{{0,80}}?)\s*(?P=bold)"
    r"(?:\s+(?=\S)|$)"
)
# "A SRA. PRESIDENTE (Ana Lobo. PX - UF)", "O Sr. Ivan Lobo (Bloco/PX - UF)"
_MR_MRS = re.compile(r"[OA]S?\s+(?i:s(?:r|ra|rª|rs|ras|enhora?)s?)\.?\s+[^()]{2,80}?\s*(?:\([^()]*\))?$")
# "[SPEAKER_00] words": what some recognisers print; without a colon only repeats make it a label.
_BRACKET = re.compile(
    rf"^(?:\[?(?P<time>{TIME})(?:\s*(?:-->|->|[-–—]|to)\s*{TIME})?\]?\s+)?"
    r"(?:\[(?P<label>[^\W\d_][^\[\]\n:]{0,60})\]|<(?P<angle>[^\W\d_][^<>\n:/=]{0,40})>)(?=\s+\S)"
)
# Questions and answers of a hearing or a briefing: "Q.  words", "A    words", "Q: words".
_ASKED = re.compile(
    r"^(?P<bold>\*\*)?(?P<label>[QA]|Q\d{1,3}|A\d{1,3})(?:[.:](?(bold)\*\*)(?=\s|$)|(?:\s{2,}|\t)(?=\S))"
)
_DASH = re.compile("[-–—]")
# "M. le président. - Words", "Portavoz.- Words", "А. ВЕНЕДИКТОВ – Words", "Mr DOWNER —Words", "P.- Words", "Q - Words",
# "O SR. IVAN LOBO (PX - UF. Sem revisão do orador.) - Words"
_ASIDE = r"\([^()\n]{1,160}\)"
_DASHED = re.compile(
    rf"^(?P<label>[^\W\d_](?:{_ASIDE}|[^:：\n*\[\]()–—?!]){{0,98}}?(?:{_ASIDE}|[^\s:,;()–—-])"
    r"|[PQR](?=\.?\s?[-–—]))"
    r"(?:\s?\.\s{0,3}[-–—]\s*|\s{1,3}[-–—](?![-–—])\s+|\s[–—](?![-–—]))(?=[^\s\d–—-]|\d)"
)
_BODY_TIME = re.compile(rf"\s*\\?[\[(<](?P<time>{TIME})(?:\s*(?:-->|->|[-–—]|to)\s*{TIME})?\\?[\])>](?=\s|$)")
_LONE_TIME = re.compile(rf"\s*(?P<time>{TIME})\s*$")
_HEADING = re.compile(r"^#{1,6}\s+(?P<label>[^\W\d_][^#\n]{0,120}?)\s*:?\s*#*$")

BRACKETED = re.compile(r"\s*[(\[][^()\[\]]*(?:\([^()]*\)[^()\[\]]*)?[)\]]")
CONNECTORS = frozenset(
    "of the and for in on at to de da di du del della van von der den la le el al bin ibn bint abu ter dos y e und "
    "und des et zu и по при в на до с со от – — - & / , | via on".split()
)
# What broadcasters print after a name in capitals: CNN'S "LARRY KING LIVE"; HOST, "REAL TIME"
_ON_AIR = re.compile(r"[^a-z:!?.;]{0,60}[\"“][^\"“”]{2,60}[\"”][^a-z:!?.;]{0,40}")
# "GRAHAM KELLY (NZ Labour) to the Minister of Trade": who asks, and whom
_ASKS_WHOM = re.compile(r"^(?P<who>[^()]{3,60}(?:(?<=[A-Z]{2})|\([^()]{2,80}\))),? (?:to|asked) the [A-Z].*$")
_IRISH = re.compile(r"\b(Mac|Mag|Nic) an(?= \w)")  # "Seán Mac an tSaoi"
_SUNDAY = re.compile(r" am (?=(?:Samstag|Sonntag|Wochenende)$)", re.IGNORECASE)  # papers, which ask under their names
FIRST_NAMES = frozenset(("Al", "Des", "Den", "Van", "Von"))  # small words of other languages
# "Audience member", "Unidentified speaker", "Voice from the hall", "Вопрос из зала"
_NAMELESS = re.compile(
    r"""(?:Audience|Unidentified|Unknown|Unnamed|Male|Female|Voices?|Question(?:er)?|Remark|Man|Woman|Student|Speaker
    |Several|(?:Some|Several|An?|Many)\ [Hh]on(?:\.|ou?rable)?|Голоса?|Вопрос|Реплик[аи]|Неизвестный)
    (?:[\ -](?:members?|speakers?|voices?|participants?|person|man|woman|male|female|reporters?|journalists?
    |questioners?|Members?|senators?|Senators?|from|in|off|the|audience|floor|hall|crowd|room|из|зала|с|места|голос|\#?\d{1,3})){1,5}""",
    re.VERBOSE,
)
# Titles that are cut short by a full stop, which is no end of a sentence.
_SHORT_TITLE = re.compile(
    r"\b(?:Hon|Parl|Prof|Rev|Sen|Gov|Gen|Rep|Col|Mrs|Supt|Capt|Lt|Amb|Adm|Sgt|Maj|Insp|Sig|Sra|Srta|Dra|Dña|Lic|Ing|Dott|Avv"
    r"|Geom|Rag|Arch|Mons|Abg|Vors|Stv|Dipl|Mag|Min|Staatssekr|Exc|Excmo|Excma|MMag|DDr|Dkfm)\.(?:ra|ssa|na)?",
    re.IGNORECASE,
)
# A small word that can stand before or inside a name.
_SMALL = frozenset(
    "señor señora monsieur madame mr mrs ms dr hon d' l' pro tempore jr sr ad interim ex vice "
    "président présidente ministre rapporteur rapporteure secrétaire député presidente ministro ministra diputado "
    "господин госпожа товарищ г-н г-жа ap ab ferch wa ag af av ben i zur zum vom op ten ter don doña dña sig "
    "diputada deputado deputada senador do dos das "
    "w we ze ds spraw oraz ve pro "
    "senadora presidenta vicepresidente vicepresidenta ministra secretario secretaria portavoz député députée sénateur "
    "sénatrice".split()
)
_CLIPPED = frozenset(("'t", "’t", "'s", "’s", "‘t", "‘s"))  # "Joris van 't Veer"
_VERBS = frozenset(
    """said says say told tells asked asks added wrote writes explained called noted replied answered put is was are
    were be been has have had will would can could should may must that which who whom this these those their his her
    our my your its not it he she they we you i but if when where why how what than then so met gave took made came
    went saw got let led sent held spoke did does do won lost knew thought began left
    сказал сказала заявил заявила спросил спросила ответил ответила отметил отметила добавил добавила написал писал
    говорит говорил пишет что который которая это этот был была были есть он она они мы вы я но если когда""".split()
)
_ADJECTIVES = frozenset(
    "retired limited united combined advanced applied distinguished honoured unified armed red".split()
)


@dataclass(frozen=True, slots=True)
class Label:
    """A line beginning that may be, or is, a speaker label.

    Attributes:
        line: index into the lines it was found in.
        text: the label as printed, without time marks and markup; "" ends a turn and names nobody.
        body: characters of the source where the words after it begin.
        start_s: the time mark's seconds, or None.
        style: how it is set: one of "colon", "bracket", "asked", "heading", "dashed", "dot", "headed", and "bold",
            "time", "nick" (in small letters, as logs of chats have it), "formal" (with the forms of address of a
            record).
        person: the name of the one who speaks, when another line of the document tells it.
        guess: that it is a label is not certain.
    """

    line: int
    text: str
    body: int
    start_s: float | None = None
    style: frozenset[str] = frozenset()
    person: str = ""
    guess: bool = False


def candidate(index: int, line: Line) -> Label | None:
    """The line's beginning as a possible label, or None when it has not even the shape."""
    if unseen := unseen_before(line.text):
        line = replace(line, start=line.start + unseen, text=line.text[unseen:])
    found = _candidate(index, line)
    return found and replace(found, text=shown(found.text))


def _candidate(index: int, line: Line) -> Label | None:
    text = line.text
    if not text or (len(text) > 1 and text[0] not in "*_[<(>-–—•#\\:" and not text[0].isalnum()):
        return None
    if (match := _ASKED.match(text)) and not _asked_by_name(text, match):
        style = {"asked", *(["bold"] if match["bold"] else [])}
        return Label(index, match["label"], line.start + match.end(), None, frozenset(style))
    match = (_BOLD_COLON.match(text) or _CANDIDATE.match(text)) if ":" in text or "：" in text else None
    if match is not None and (found := _colon_label(index, line, match)):
        return found
    if (match := _BOLD_TIMED.match(text)) and name_shaped(label := " ".join(match["label"].split())):
        marks = frozenset({"colon", "bold", "time"})
        return Label(index, label, line.start + match.end(), seconds(match["time"]), marks)
    if match := _BRACKET.match(text):
        label = " ".join((match["label"] or match["angle"]).split())
        nick = bool(match["angle"] and match["time"] and re.fullmatch(r"[a-z][\w|^-]{0,30}", label))
        if nick or name_shaped(label):
            marks = frozenset({"bracket", *(["time"] if match["time"] else []), *(["nick"] if nick else [])})
            return Label(index, label, line.start + match.end(), seconds(match["time"]), marks)
    if _DASH.search(text) and (match := _DASHED.match(text)):
        named = " ".join(match["label"].split())
        if name_shaped(named) and len(BRACKETED.sub("", named).split()) <= 8:
            point = ["point"] if "." in text[match.end("label") : match.end()] else []
            formal = ["formal"] if _MR_MRS.match(named) else []
            marks = frozenset({"dashed", *point, *formal})
            return Label(index, named, line.start + match.end(), None, marks)
    if (match := _HEADING.match(text)) and name_shaped(match["label"].strip()):
        return Label(index, match["label"].strip(), line.end, None, frozenset({"heading"}))
    return None


def in_place_of_name(index: int, line: Line) -> Label | None:
    """A few words that are set as a name with its time and a colon is, whatever they are: "[00:12] tom@pell.example:".

    No sentence, and no list of things.
    """
    match = _CANDIDATE.match(line.text) or _BOLD_COLON.match(line.text)
    label = _colon_label(index, line, match, anything=True) if match else None
    return label if label and "time" in label.style and is_short(label.text) else None


def is_short(text: str) -> bool:
    """Up to five words without a verb and without the marks of a sentence."""
    words = text.split()
    return 0 < len(words) <= 5 and len(text) <= 60 and not has_verb(words) and not re.search(r"[!?;,…\"“”«»]", text)


def _asked_by_name(text: str, asked: re.Match[str]) -> bool:
    """ "Q1      Chair: Welcome": the number of the question, and who asks it."""
    named = _CANDIDATE.match(text) if len(asked["label"]) > 1 and ":" in text else None
    return named is not None and named.start("label") >= asked.end("label") and name_shaped(named["label"].strip())


def _colon_label(index: int, line: Line, match: re.Match[str], *, anything: bool = False) -> Label | None:
    text = _ASKS_WHOM.sub(r"\g<who>", " ".join(match["label"].split()))
    groups = match.groupdict()
    time = groups.get("time") or groups.get("inner") or groups.get("late")
    body, style = match.end(), {"colon"}
    after = _BODY_TIME.match(line.text, body) or _LONE_TIME.match(line.text, body)
    if after and not time:
        time, body = after["time"], after.end()
    if not anything and not name_shaped(text) and not (text.islower() and len(text.split()) <= 4):
        return None
    if text.count("(") != text.count(")") or ".-" in text:  # "Friday (end: 12.15)", "Nora.- Good: ..."
        return None
    if groups.get("tight"):  # "Nora Ekdal:The mill": a name, or the name of a thing in a program
        if groups["tight"].islower():
            return None
        style.add("tight")
    if match["bold"]:
        style.add("bold")
    if time:
        style.add("time")
    if groups.get("day") or groups.get("half"):
        time = None
    return Label(index, text, line.start + body, seconds(time), frozenset(style))


@lru_cache(maxsize=131072)
def name_shaped(label: str) -> bool:
    """Words are capitalised or connectors, and no sentence stands in it."""
    core = _SUNDAY.sub(" ", _IRISH.sub(r"\1", BRACKETED.sub("", label).strip()))
    if _NAMELESS.fullmatch(core) or (core[:1].isupper() and is_somebody(core)):
        return True
    words = core.split()
    if core[:1].isupper() and is_function(core) and any(functions.bare(word) in _OFFICES for word in words):
        return True
    if _article_and_office(words):
        words = words[2:] or words[:1]
    elif not words or (words[0].casefold() in CONNECTORS and words[0].casefold() not in _MAY_BEGIN):
        return len(words) == 1 and core in FIRST_NAMES
    untitled = _SHORT_TITLE.sub("", core)
    named, comma, trade = core.partition(", ")
    if comma and named.isupper() and 2 <= len(named.split()) <= 5 and _ON_AIR.fullmatch(trade):
        core = named
    if re.search(r"[!?;…<>=\"“”«»]", core) or re.search(r"[^\W\d]{3,}\.\s", untitled):
        return False
    if (len(words) <= 12 and all(_word_fits(word) for word in words)) or _office_shaped(words):
        return True
    name, _, office = core.partition(", ")  # "Nora Ekdal, head of the mill"
    return (
        2 <= len(name.split()) <= 5
        and all(_word_fits(word) for word in name.split())
        and 1 <= len(office.split()) <= 10
        and any(speakers.is_title(word) for word in office.split())
        and not has_verb(office.split())
    )


def _article_and_office(words: list[str]) -> bool:
    """ "De minister Odell": elsewhere than in English the noun may be small behind its article."""
    return (
        len(words) > 1
        and functions.bare(words[0]) in _FOREIGN_ARTICLES
        and (speakers.is_title(words[1]) or functions.bare(words[1]) in functions.ADDRESS)
    )


_FOREIGN_ARTICLES = functions.ARTICLES - {"the", "a", "as", "i"}
# Offices of other languages, which labels print in small letters.
_OFFICES = functions.FOREIGN - {word for word in ROLE_NOUNS if word.isascii()}
_OFTEN_SMALL = _OFFICES | functions.ADDRESS
_MAY_BEGIN = frozenset(("the", "el", "la", "le", "de", "van", "von", "al"))


def _word_fits(word: str) -> bool:
    bare = word.strip(".,'’()-–")
    return (
        not bare
        or bare.casefold() in CONNECTORS
        or bare in _SMALL
        or bare[0].isupper()
        or bare[0].isdigit()
        or functions.bare(word) in _OFTEN_SMALL
        or (bare[1:2].isupper() or bare.startswith("bhF"))  # "Ó hAodha", "Mac an tSaoi", "iPad"
        or word in _CLIPPED
        or not (bare[0].islower() or bare[0].isupper())
        or ("-" in bare and bare.split("-")[-1][:1].isupper())
        or ("'" in bare and bare.split("'")[-1][:1].isupper())
        or ("’" in bare and bare.split("’")[-1][:1].isupper())
    )


def _office_shaped(words: list[str]) -> bool:
    """A long office with words in small letters, and a name: "Chairman of the board of directors of Pell Ivan Faro"."""
    if not 3 <= len(words) <= 30 or not (words[0][0].isupper() and _named_at_end(words)):
        return False
    first_office = next((n for n, word in enumerate(words) if speakers.is_title(word)), len(words))
    if any(word[0].islower() and word.casefold() not in CONNECTORS for word in words[:first_office]):
        return False
    return first_office <= 4 and not has_verb(words)


def has_verb(words: list[str]) -> bool:
    bare = [word.strip(",.") for word in words if word[0].islower()]
    return any(word in _VERBS or (word.endswith("ed") and word not in _ADJECTIVES) for word in bare)


def _named_at_end(words: list[str]) -> bool:
    return all(word[0].isupper() and not speakers.is_title(word) for word in words[-2:])


def seconds(time: str | None) -> float | None:
    """Seconds of "00:01:02.345" or "1:02", of a range its beginning; None without a time."""
    match = re.match(TIME, time or "")
    if not match:
        return None
    total = 0.0
    for part in match.group().replace(",", ".").split(":"):
        total = total * 60 + float(part)
    return total
