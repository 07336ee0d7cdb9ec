"""The user's words to a `Question`: who is to have said it, about what, when, where, which kind.

Who speaks, who is spoken about and who is spoken to are three different things: "What did A say to B
about C?" asks for A's words, about C. The person becomes a filter, the rest the topic.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from qa import words
from qa.grammar import Grammar, grammar
from qa.speakers import Directory, Mention, is_title
from qa.types import Kind, Question, TranscriptInfo

_MARK = re.compile(r"⟦(\d+)⟧")
_EDGE = " \t\n?!.,;:…\"“”«»'’‘"


@dataclass(frozen=True, slots=True)
class Known:
    """What the index knows, as far as questions can name it.

    Attributes:
        people: everybody to be found by name, role or alias.
        transcripts: to be found by title, place, id and date.
        today: the day "yesterday" and "last month" count from.
        since, until: ISO days that the asker limits everything to, or None.
    """

    people: Directory
    transcripts: Sequence[TranscriptInfo]
    today: date
    since: str | None = None
    until: str | None = None


def understand(text: str, known: Known, history: Sequence[Question] = ()) -> Question:
    """Take a question apart.

    Args:
        text: as asked, in English or Russian.
        known: the index' people and transcripts.
        history: earlier questions of the conversation, understood, oldest first.

    Returns:
        The question; `kind` is FACT and `speakers` empty when nothing better can be told.
    """
    plain = words.squeeze(unicodedata.normalize("NFC", text).translate({ord("⟦"): " ", ord("⟧"): " "}))
    language = words.language_of(plain)
    tongue = grammar(language)
    chosen = _chosen(plain, known, history)
    if chosen is not None:
        return replace(chosen, text=text)
    asked, kind = _the_question(plain, tongue)
    if kind is not None:
        return Question(text, asked, kind=kind, language=language)
    standalone, transcripts = _standalone(asked, known, history, tongue)
    question = _take_apart(standalone, known, tongue)
    besides = _who_before(history) if question.kind is Kind.WHO_SAID and tongue.else_.search(plain) else ()
    return replace(
        question, text=text, standalone=standalone, language=language,
        transcripts=question.transcripts or transcripts, besides=besides,
    )  # fmt: skip


def _the_question(text: str, tongue: Grammar) -> tuple[str, Kind | None]:
    """What of a text is to be answered, and its kind where it is no question.

    Of several sentences, the first that asks ("I was away. What did X say about Y? Thanks."); instructions
    ("Ignore the transcripts and ...") are left out.
    """
    parts = [text[a:b] for a, b in words.sentences(text)] or [text]
    kept = [rest for part in parts if (rest := _without_instruction(part, tongue))]
    if not kept:
        return text, Kind.INSTRUCTION if text else None
    asking = [part for part in kept if part.endswith("?")]
    asked = asking[0] if asking else " ".join(kept)
    return asked, Kind.GREETING if tongue.greeting.match(asked) else None


def _without_instruction(text: str, tongue: Grammar) -> str:
    """The text, or the question that follows the instruction it begins with, or nothing."""
    if not tongue.instruction.match(text):
        return text
    match = tongue.then_asks.search(text)
    return text[match.end() :] if match else ""


# ------------------------------------------------------------------ one question by itself


def _take_apart(text: str, known: Known, tongue: Grammar) -> Question:
    whole, since, until = _dates(text, known)
    body, transcripts = _event(whole, known)
    base = Question(text, text, since=since, until=until, transcripts=transcripts)
    whole, body = (_CONTRACTION.sub(r"\1 is", part.strip(_EDGE)) for part in (whole, body))
    days = _days_of(base, known)
    mentions = known.people.find(whole, *days)
    event = _event_question(base, _mark(whole, mentions), mentions, known, tongue)
    if event is not None:
        return event
    mentions = known.people.find(body, *days)
    marked = tongue.each.sub("", tongue.twice.sub(r"\g<first> \g<and> \g<second>", _mark(body, mentions)))
    if tongue.the_page.search(marked):
        topic = _topic(tongue.the_page.sub(" ", marked), mentions, tongue)
        return replace(base, kind=Kind.PAGE, topic=topic, mentions=_names(marked, mentions))
    found = _said_question(base, marked, mentions, known, tongue)
    return (
        found if tongue.each.search(_mark(body, mentions)) else replace(found, unclear=_unclear(found, mentions, known))
    )


def _days_of(question: Question, known: Known) -> tuple[str | None, str | None]:
    """The days a question is about, for "the president": its own, else its transcripts', else the asker's."""
    if question.since or question.until:
        return question.since, question.until
    first, last = days_between(question.transcripts, known.transcripts)
    return (first, last) if first else (known.since, known.until)


def days_between(ids: Collection[str], transcripts: Iterable[TranscriptInfo]) -> tuple[str | None, str | None]:
    """The first and the last day of the transcripts of those ids; None where no day is known."""
    dates = [info.date for info in transcripts if info.date and info.id in ids]
    return min(dates, default=None), max(dates, default=None)


def _unclear(question: Question, mentions: Sequence[Mention], known: Known) -> tuple[tuple[str, ...], ...]:
    """Whom each name can mean that is asked for and that several people bear."""
    small = question.text == question.text.lower()
    named = [mention for mention in mentions if small or not mention.text.islower()]  # "the old man" is no Mr Man
    groups = dict.fromkeys(group for mention in named if (group := known.people.rivals(mention)))
    found = tuple(group for group in groups if set(group) <= set(question.speakers))
    # "How do the Smiths differ?" means both.
    return () if question.kind is Kind.COMPARISON and {*question.speakers} == {*sum(found, ())} else found


def _chosen(text: str, known: Known, history: Sequence[Question]) -> Question | None:
    """The last question, when it was asked back whom it means and the text says just that: "Bob Smith."."""
    if not history or not history[-1].unclear:
        return None
    before = history[-1]
    bare = text.strip(_EDGE)
    mentions = known.people.find(bare)
    if len(mentions) != 1 or not _I_MEAN.fullmatch(_mark(bare, mentions)):
        return None
    for group in before.unclear:
        meant = [name for name in mentions[0].names if name in group]
        if len(meant) == 1:
            return _narrowed(before, group, meant[0], known)
    return None


_I_MEAN = re.compile(
    r"(?:(?:i (?:mean|meant)|it is|it's|that is|no|sorry|я (?:имею|имела?) в виду|я про|про|это)[,\s]+)*"
    r"⟦0⟧(?:[,\s]+please|[,\s]+пожалуйста)?",
    re.IGNORECASE,
)


def _narrowed(before: Question, group: tuple[str, ...], name: str, known: Known) -> Question:
    """The question with one person in the place of several."""
    standalone = before.standalone
    for mention in reversed(known.people.find(standalone)):
        if set(group) <= set(mention.names):
            standalone = f"{standalone[: mention.start]}{name}{standalone[mention.end :]}"
    return replace(
        before,
        standalone=standalone,
        speakers=tuple(one for one in before.speakers if one == name or one not in group),
        unclear=tuple(one for one in before.unclear if one != group),
    )


def _mark(text: str, mentions: Sequence[Mention]) -> str:
    """Every mention as ⟦n⟧, so that the frames need no names."""
    parts: list[str] = []
    at = 0
    for n, mention in enumerate(mentions):
        start = mention.start
        article = re.search(r"\bthe\s+$", text[at:start], re.IGNORECASE)
        parts.append(text[at : at + article.start()] if article else text[at:start])
        parts.append(f"⟦{n}⟧")
        at = mention.end
    return "".join(parts) + text[at:]


def _unmark(text: str, mentions: Sequence[Mention]) -> str:
    """Names put back: the canonical one (in the asker's script) where it is one person's, else the asker's words."""

    def name(match: re.Match[str]) -> str:
        mention = mentions[int(match.group(1))]
        return mention.shown if len(mention.names) == 1 else mention.text

    return _MARK.sub(name, text)


def _names(text: str, mentions: Sequence[Mention]) -> tuple[str, ...]:
    found = [name for match in _MARK.finditer(text) for name in mentions[int(match.group(1))].names]
    return tuple(dict.fromkeys(found))


def _event_question(
    base: Question, marked: str, mentions: Sequence[Mention], known: Known, tongue: Grammar
) -> Question | None:
    """Questions about the event itself: when, where, who came, what the page reports."""
    everybody = _names(marked, mentions)
    lowered = _MARK.sub(" ", marked).casefold()
    rest = [w for w in words.words(lowered) if w not in words.STOPWORDS and w not in tongue.event_words]
    asks_when, asks_where = tongue.when.search(marked), tongue.where.search(marked)
    stems = {words.stem(word) for word in rest}
    of_an_event = not rest or any(stems <= _event_terms(info) for info in known.transcripts)
    if (asks_when or asks_where) and of_an_event:
        kind = Kind.WHEN if asks_when else Kind.WHERE
        return replace(base, kind=kind, mentions=everybody, topic=_topic(marked, mentions, tongue))
    if tongue.who_is.search(marked):
        return replace(base, kind=Kind.WHO_IS, mentions=everybody, topic=_topic(marked, mentions, tongue))
    if tongue.attended.search(marked):
        return replace(base, kind=Kind.WHO_ATTENDED, mentions=everybody, topic=_topic(marked, mentions, tongue))
    return None


def _said_question(base: Question, marked: str, mentions: Sequence[Mention], known: Known, tongue: Grammar) -> Question:
    kind = Kind.FACT
    compared = tongue.comparison.search(marked) and len(_names(marked, mentions)) > 1
    who = tongue.who.match(marked)
    if who and not compared and not _subject_after_who(who["rest"], tongue):
        rest = who["rest"]
        topic = _topic(rest, mentions, tongue) or _unmark(rest, mentions)
        said = bool(tongue.speech.match(rest))
        return replace(base, kind=Kind.WHO_SAID, strict=said, topic=topic, mentions=_names(rest, mentions))
    if compared:
        names = _names(marked, mentions)
        rest = tongue.about_last.search(marked)
        bare = _MARK.sub(" ", tongue.comparison.sub(" ", marked))
        topic = rest["rest"] if rest else _JOINTS.sub("", words.squeeze(tongue.noise.sub(" ", bare)))
        topic = words.squeeze(_unmark(topic, mentions)).strip(_EDGE)
        return replace(base, kind=Kind.COMPARISON, speakers=names, strict=True, topic=_content(topic))
    frame = _frame(marked, tongue)
    if frame is not None:
        return _from_frame(base, frame, marked, mentions, known, tongue)
    asked = _names(" ".join(_subjects(marked)), mentions)
    if asked:
        return _worded_otherwise(base, marked, mentions, asked, tongue)
    if tongue.page.search(marked):
        kind = Kind.PAGE
    elif tongue.listing.search(marked):
        kind = Kind.LIST
    topic = _topic(marked, mentions, tongue)
    return replace(base, kind=kind, topic=topic, mentions=_names(marked, mentions))


# What is left of "what A and B think of ..." when persons and frame are gone.
_JOINTS = re.compile(
    r"^(?:(?:and|or|with|to|from|of|и|или|с|от)\b[\s,]*)+|(?:[\s,]*\b(?:and|or|и|или))+$", re.IGNORECASE
)


def _subject_after_who(rest: str, tongue: Grammar) -> bool:
    """ "Who did A thank?": the subject is A, not who."""
    return bool(re.match(r"(?:did|does|do|will|would|has|had|have|was|is)\s+⟦", rest, re.IGNORECASE))


def _subjects(marked: str) -> list[str]:
    """The persons of a question who are not merely spoken about or spoken to."""
    found = []
    for match in _MARK.finditer(marked):
        if re.match(r"(?:and\s+)?(?:what|how) about\s+$", marked[: match.start()], re.IGNORECASE):
            found.append(match.group())  # "What about X and the budget?"
            continue
        before = re.search(r"([\w'’]+)[\s,]*$", marked[: match.start()])
        if not before or before.group(1).casefold() not in _OBJECT_OF:
            found.append(match.group())
    return found


_OBJECT_OF = frozenset(
    """about to with regarding concerning on against of for between thank thanked thanks toward towards mention
    mentioned mentioning named called о об про к с со на для против между""".split()
)
_CONTRACTION = re.compile(r"\b(what|who|where|when|how)(?:'s|’s)\b", re.IGNORECASE)


def _worded_otherwise(
    base: Question, marked: str, mentions: Sequence[Mention], asked: tuple[str, ...], tongue: Grammar
) -> Question:
    """No frame fits, but a person is asked about: that person's words, or nothing.

    With a word of speech or view the answer must be theirs; without one, others may be quoted where
    they name the person.
    """
    said = bool(tongue.says.search(marked))
    rest = marked
    for mark in _subjects(marked):
        rest = rest.replace(mark, " ")
    rest = words.squeeze(tongue.noise.sub(" ", re.sub(r"['’]s\b", " ", rest)))
    topic = _unmark(rest, mentions).strip(_EDGE + "-–—")
    kind = Kind.FACT if not said else Kind.SAID_ABOUT if _content(topic) else Kind.LIST
    return replace(
        base, kind=kind, speakers=asked, strict=said, topic=topic, mentions=_names(rest, mentions)
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Frame:
    subject: str
    rest: str
    wh: str
    verb: str
    act: bool


def _frame(marked: str, tongue: Grammar) -> _Frame | None:
    for pattern in tongue.asked:
        match = pattern.match(marked)
        if match is None:
            continue
        groups = {name: value or "" for name, value in match.groupdict().items()}
        subject = groups.get("subject", "").strip()
        if not _MARK.search(subject) and (not _plausible(subject, tongue) or _subjects(marked)):
            continue
        return _Frame(
            subject,
            (groups.get("rest") or groups.get("rest2") or "").strip(_EDGE),
            groups.get("wh", "").strip(),
            groups.get("verb", ""),
            bool(groups.get("act")),
        )
    return None


def _plausible(subject: str, tongue: Grammar) -> bool:
    """A noun phrase that can be somebody: a group, or words without a function word but "the" and "of"."""
    if not 0 < len(subject.split()) <= 6:
        return False
    inner = [word for word in words.words(subject) if word not in _WITHIN_NAMES]
    return bool(tongue.group.match(subject)) or (bool(inner) and not any(w in words.STOPWORDS for w in inner))


_WITHIN_NAMES = frozenset("the a an of and for in his her their our my this that de la von van may will".split())


def _from_frame(
    base: Question, frame: _Frame, marked: str, mentions: Sequence[Mention], known: Known, tongue: Grammar
) -> Question:
    rest = _unmark(frame.rest, mentions)
    about = _MARK.sub(" ", frame.rest) if not _content(frame.rest) else rest
    thing = _asked_thing(frame.wh)
    verb = "" if thing and _NAMING.fullmatch(frame.verb) else frame.verb
    wanted = " ".join(part for part in (thing, verb, rest) if part)
    topic = wanted if frame.verb or frame.act else " ".join(p for p in (thing, about) if p)
    question = replace(base, mentions=_names(frame.rest, mentions), topic=topic.strip(_EDGE))
    listing = bool(tongue.listing.search(marked))
    if not _MARK.search(frame.subject):
        return _without_known_subject(question, frame, marked, mentions, known, tongue)
    speakers = _names(frame.subject, mentions)
    if frame.act:
        kind = Kind.FACT
    elif listing or not _content(question.topic):
        kind = Kind.LIST
    else:
        kind = Kind.SAID_ABOUT
    if kind is Kind.LIST:
        question = replace(question, topic=tongue.listing.sub(" ", question.topic).strip(_EDGE))
    return replace(question, kind=kind, speakers=speakers, strict=not frame.act)


# "Which problems did X name?": beside the thing itself the verb tells nothing.
_NAMING = re.compile(
    r"nam(?:e|es|ed)|list(?:s|ed)?|cit(?:e|es|ed)|report(?:s|ed)?|rais(?:e|es|ed)|highlight(?:s|ed)?|outlin(?:e|es|ed)|"
    r"называ\w+|назвал\w*",
    re.IGNORECASE,
)


def _asked_thing(wh: str) -> str:
    """ "what percentage" -> "percentage", "how much" -> "how much", "what" -> ""."""
    bare = re.sub(
        r"^(?:(?:on|in|to|by|for|with|from|at|of|about|о|об|в|на|с|к|по|за|из)\s+)?"
        r"(?:what|which|who|whom|whose|что|ч[её]м|чего|чему|кто|кого|кому|как|как(?:ой|ая|ое|ие|ую|им|их|ого|ом)|how)\b"
        r"\s*(?:exactly|else|precisely)?\s*",
        "", wh, flags=re.IGNORECASE,
    )  # fmt: skip
    return bare.strip()


def _without_known_subject(
    question: Question, frame: _Frame, marked: str, mentions: Sequence[Mention], known: Known, tongue: Grammar
) -> Question:
    """ "they", "anyone", "the page": nobody in particular. A name nobody here bears: unknown."""
    subject = frame.subject.strip(_EDGE)
    if tongue.group.match(subject):
        kind = Kind.PAGE if tongue.page.search(marked) else Kind.FACT
        if kind is Kind.FACT and not _content(question.topic):
            kind = Kind.PAGE
        if re.match(r"^(?:the |this )?(?:page|summary|article|report)$", subject, re.IGNORECASE):
            kind = Kind.PAGE
        return replace(question, kind=kind)
    determined = re.match(r"^(?:the|a|an|this|that|these|those|his|her|their|our|my)\s+", subject, re.IGNORECASE)
    if determined and not is_title(subject):
        return replace(question, kind=Kind.FACT, topic=_topic(marked, mentions, tongue))
    return replace(
        question, kind=Kind.SAID_ABOUT, unknown=(subject,), nearest=known.people.nearest(subject), strict=True
    )


def _topic(marked: str, mentions: Sequence[Mention], tongue: Grammar) -> str:
    """The question without its lead-in, names put back."""
    rest = marked[match.end() :] if (match := tongue.lead.match(marked)) else marked
    return _unmark(rest, mentions).strip(_EDGE)


def _content(text: str) -> str:
    """The text when it holds a word that carries meaning, else nothing."""
    return text if words.content_terms(_MARK.sub("person", text)) else ""


# ------------------------------------------------------------------ dates and transcripts


_MONTHS = """january february march april may june july august september october november december jan
            feb mar apr jun jul aug sep sept oct nov dec января февраля марта апреля мая июня июля
            августа сентября октября ноября декабря""".split()
_MONTH = "|".join(_MONTHS)
_DAY = re.compile(
    rf"(?:\b(?:on|on the|from|dated|от)\s+)?\b(?:(?P<iso>\d{{4}}-\d\d-\d\d)"
    rf"|(?P<d>\d{{1,2}})(?:st|nd|rd|th)?(?: of)?\s+(?P<m>{_MONTH})\.?,?\s+(?P<y>\d{{4}})"
    rf"|(?P<m2>{_MONTH})\.?\s+(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<y2>\d{{4}}))(?: года| г\.)?",
    re.IGNORECASE,
)
_MONTH_YEAR = re.compile(rf"\b(?:in|during|from|в)\s+(?P<m>{_MONTH})\.?,?\s+(?P<y>(?:19|20)\d\d)\b", re.IGNORECASE)
_YEAR = re.compile(r"\b(?P<how>in|during|since|after|before|until|в)\s+(?P<y>(?:19|20)\d\d)\b(?: году)?", re.IGNORECASE)
_RELATIVE = re.compile(
    r"\b(?:(?P<day>yesterday|today|вчера|сегодня)"
    r"|(?:in the |during the )?(?:last|past|previous)\s+(?P<unit>week|month|year))\b",
    re.IGNORECASE,
)


def _dates(text: str, known: Known) -> tuple[str, str | None, str | None]:
    """A date in the question limits the search when some transcript, but not every one, is of that time.

    "In 2014" in a question to one interview of 2024 is what was spoken about; the words then stay in
    the topic and must be in the evidence.
    """
    dated = [info.date for info in known.transcripts if info.date]
    for pattern, reach in ((_DAY, _day), (_MONTH_YEAR, _month), (_YEAR, _year), (_RELATIVE, _relative)):
        match = pattern.search(text)
        if match is None:
            continue
        span = reach(match, known.today)
        if span is None:
            continue
        since, until = span
        inside = [d for d in dated if (since is None or d >= since) and (until is None or d <= until)]
        if inside:
            return words.squeeze(text[: match.start()] + " " + text[match.end() :]), since, until
        return text, None, None
    return text, None, None


def _day(match: re.Match[str], today: date) -> tuple[str | None, str | None] | None:
    try:
        if match["iso"]:
            day = date.fromisoformat(match["iso"])
        else:
            month = _month_number(match["m"] or match["m2"])
            day = date(int(match["y"] or match["y2"]), month, int(match["d"] or match["d2"]))
    except ValueError:
        return None
    return day.isoformat(), day.isoformat()


def _month_number(name: str) -> int:
    n = _MONTHS.index(name.casefold())
    if n < 12:
        return n + 1
    if n >= len(_MONTHS) - 12:
        return n - (len(_MONTHS) - 12) + 1
    return next(k + 1 for k in range(12) if _MONTHS[k].startswith(name.casefold()[:3]))


def _month(match: re.Match[str], today: date) -> tuple[str | None, str | None] | None:
    first = date(int(match["y"]), _month_number(match["m"]), 1)
    after = date(first.year + first.month // 12, first.month % 12 + 1, 1)
    return first.isoformat(), (after - timedelta(days=1)).isoformat()


def _year(match: re.Match[str], today: date) -> tuple[str | None, str | None] | None:
    year, how = int(match["y"]), match["how"].casefold()
    if how == "since":
        return f"{year}-01-01", None
    if how == "after":
        return f"{year + 1}-01-01", None
    if how in {"before", "until"}:
        return None, f"{year - 1}-12-31"
    return f"{year}-01-01", f"{year}-12-31"


def _relative(match: re.Match[str], today: date) -> tuple[str | None, str | None] | None:
    if match["day"]:
        day = today - timedelta(days=match["day"].casefold() in {"yesterday", "вчера"})
        return day.isoformat(), day.isoformat()
    days = {"week": 7, "month": 31, "year": 366}[match["unit"].casefold()]
    return (today - timedelta(days=days)).isoformat(), today.isoformat()


_EVENT = re.compile(
    r"(?:,\s*)?\b(?:in|at|during|from|of|on)\s+(?:the\s+|this\s+|that\s+|his\s+|her\s+|their\s+)?"
    r"(?:(?P<before>[\w'’.-]+(?:\s+[\w'’.-]+){0,5}?)\s+)?"
    r"(?P<thing>meeting|interview|conversation|summit|talks|hearing|debate|session|podcast|episode|transcript|page|"
    r"press conference|discussion|committee)s?\b"
    r"(?:\s+(?:in|at|on|with|of)\s+(?P<after>(?:the\s+)?[\w'’.-]+(?:\s+[\w'’.-]+){0,3}))?$",
    re.IGNORECASE,
)


def _event(text: str, known: Known) -> tuple[str, tuple[str, ...]]:
    """ "... at the Sochi meeting" limits the search to the transcripts whose title or place says so."""
    # An id that is a plain word ("mill") is rather what is spoken about.
    ids = [info.id for info in known.transcripts if len(info.id) > 3 and not info.id.isalpha()]
    exact = [name for name in ids if _stands(name).search(text)]
    if exact:
        body = text
        for name in exact:
            body = _stands(name).sub(" ", body)
        return words.squeeze(body), tuple(exact)
    match = _EVENT.search(text.rstrip(_EDGE))
    if match is None or match.start() == 0:
        return text, ()
    named = set(words.content_terms(f"{match['before'] or ''} {match['after'] or ''}"))
    if not named:
        return words.squeeze(text[: match.start()]) if match["thing"].casefold() in _PLAIN_EVENTS else text, ()
    found = [info.id for info in known.transcripts if named <= _event_terms(info)]
    if found:
        return words.squeeze(text[: match.start()]), tuple(found) if len(found) < len(known.transcripts) else ()
    return text, ()


def _stands(name: str) -> re.Pattern[str]:
    """The id of a transcript as a word of its own, with "in the meeting" before it."""
    lead = r"(?:\b(?:in|at|during|from)\s+)?(?:the\s+)?(?:(?:transcript|meeting|interview)\s+)?"
    return re.compile(rf"{lead}(?<!\w){re.escape(name)}(?!\w)")


_PLAIN_EVENTS = {"meeting", "interview", "conversation", "talks", "transcript", "page", "episode", "session", "podcast"}


def _event_terms(info: TranscriptInfo) -> set[str]:
    return set(words.content_terms(f"{info.title} {info.place or ''} {info.id.replace('-', ' ').replace('_', ' ')}"))


# ------------------------------------------------------------------ follow-ups


def _standalone(text: str, known: Known, history: Sequence[Question], tongue: Grammar) -> tuple[str, tuple[str, ...]]:
    """The question made independent of the conversation, and the transcripts it is limited to."""
    if not history:
        return text, ()
    before = history[-1]
    bare = text.strip(_EDGE)
    who = _who_before(history)
    topic = _topic_before(history)
    if tongue.event_follow.match(bare) and len(bare.split()) <= 9:
        return text, before.transcripts
    mentions = known.people.find(bare, known.since, known.until)
    marked = _mark(bare, mentions)
    if tongue.bare_else.match(marked) and (who or mentions):
        names = _names(marked, mentions) or who
        return tongue.ask_else.format(who=_join(names)), before.transcripts
    if tongue.bare_who.match(marked) and topic:
        return tongue.ask_who.format(topic=topic), before.transcripts
    if tongue.bare_why.match(bare) and topic:
        why = tongue.ask.format(who=_join(who), topic=topic) if who else tongue.ask_why.format(topic=topic)
        return why, before.transcripts
    swapped = _swap(marked, mentions, who, topic, tongue)
    if swapped:
        return swapped, before.transcripts
    return _fill_pronouns(text, marked, mentions, who, topic, tongue, before)


def _swap(marked: str, mentions: Sequence[Mention], who: tuple[str, ...], topic: str, tongue: Grammar) -> str:
    """ "And about T?" keeps the person; "what about X?" keeps the topic; "" when it is neither."""
    about = tongue.about.match(marked)
    what_about = None if about else tongue.what_about.match(marked)
    match = about or what_about
    if match is None:
        return ""
    rest = match["rest"].strip(_EDGE)
    if what_about and re.fullmatch(_MARK, rest) and topic:
        return tongue.ask.format(who=_join(_names(rest, mentions)), topic=topic)
    asks = tongue.who.match(rest) or _frame(rest, tongue) or tongue.asks.match(rest)
    if what_about and (asks or len(rest.split()) > 6):
        return ""
    new = _unmark(rest, mentions)
    if who:
        return tongue.ask.format(who=_join(who), topic=new)
    return tongue.ask_who.format(topic=new)


def _fill_pronouns(
    text: str,
    marked: str,
    mentions: Sequence[Mention],
    who: tuple[str, ...],
    topic: str,
    tongue: Grammar,
    before: Question,
) -> tuple[str, tuple[str, ...]]:
    """Names for "he" and "she", the topic for a closing "that"."""
    filled, changed = marked, False
    frame = _frame(marked, tongue)
    if topic and len(who) < 2 and tongue.things.search(filled):  # one person before: "them" are things
        filled, changed = tongue.things.sub(topic, filled, count=1), True
    if _is_name(topic) and tongue.there.search(filled):
        filled, changed = tongue.there.sub(f"{_to_or_in(filled)} {topic}", filled), True
    if who and tongue.pronoun.search(filled):
        filled, changed = tongue.pronoun.sub(_join(who), filled, count=1), True
    elif who and tongue.possessive.search(filled) and not mentions:
        filled, changed = tongue.possessive.sub(f"{_join(who)}'s", filled, count=1), True
    that = tongue.that.search(filled)
    if that and topic and (frame is None or frame.subject != that.group()):
        prep = "about" if that["prep"] in {"to", "on", "of", "regarding", "about"} else that["prep"]
        if tongue is grammar("ru"):
            prep = "о" if that["prep"] else None
        filled, changed = filled[: that.start()] + " ".join(p for p in (prep, topic) if p) + filled[that.end() :], True
    if not changed:
        return text, ()
    filled = re.sub(r"^(?:and|but|so|а|и|но)\b[, ]*", "", filled, flags=re.IGNORECASE)
    plain = _unmark(filled, mentions)
    return plain[:1].upper() + plain[1:] + "?", before.transcripts


def _to_or_in(text: str) -> str:
    if words.language_of(text) == "ru":
        return "в"
    return "to" if re.search(r"\b(?:go|gone|went|been|travel\w*|fly|flew|come|came)\s+there$", text) else "in"


def _is_name(topic: str) -> bool:
    """One or two words with capitals, such as a place."""
    return 0 < len(topic.split()) <= 2 and all(word[:1].isupper() for word in topic.split())


def _join(names: Sequence[str]) -> str:
    return " and ".join(names)


def _who_before(history: Sequence[Question]) -> tuple[str, ...]:
    for question in reversed(history):
        if question.speakers:
            return question.speakers
        if question.kind is Kind.WHO_SAID and question.mentions:
            return ()
    return ()


def _topic_before(history: Sequence[Question]) -> str:
    for question in reversed(history):
        if question.kind not in {Kind.WHEN, Kind.WHERE, Kind.WHO_ATTENDED} and _content(question.topic):
            return question.topic
    return ""


PERSON, TOPIC, DATES, TRANSCRIPT, KIND = "person", "topic", "dates", "transcript", "kind"
"""Parts of a question that can be set aside; `person:NAME` sets one of several persons aside."""


def without(question: Question, parts: Collection[str]) -> Question:
    """The question with some of what was understood set aside; parts it does not have are passed over."""
    if PERSON in parts:
        question = replace(question, speakers=(), unknown=(), nearest=(), unclear=(), besides=(), strict=False)
    names = {part.removeprefix(f"{PERSON}:") for part in parts if part.startswith(f"{PERSON}:")}
    if names & {*question.speakers, *question.unknown}:
        speakers = tuple(name for name in question.speakers if name not in names)
        unclear = tuple(group for group in question.unclear if not names & set(group))
        unknown = tuple(name for name in question.unknown if name not in names)
        question = replace(question, speakers=speakers, unclear=unclear, unknown=unknown)
        question = replace(question, strict=question.strict and bool(speakers or unknown))
    if TOPIC in parts:
        question = replace(question, topic="")
    if DATES in parts:
        question = replace(question, since=None, until=None)
    if TRANSCRIPT in parts:
        question = replace(question, transcripts=())
    return replace(question, kind=Kind.FACT) if KIND in parts else question
