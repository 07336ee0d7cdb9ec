"""A question taken apart: by itself, or after those before it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import replace

from qa import words
from qa.grammar import Grammar, grammar
from qa.names import written_out
from qa.question.followups import standalone_of, who_before
from qa.question.frames import Frame, frame_of, subjects
from qa.question.known import Known
from qa.question.limits import dates_in, days_between, event_in, event_terms
from qa.question.marks import EDGE, MARK, content, mark, names_in, unmark
from qa.speakers import Mention, is_title
from qa.types import Kind, Question


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
    plain = written_out(plain)
    language = words.language_of(plain)
    tongue = grammar(language)
    chosen = _chosen(plain, known, history)
    if chosen is not None:
        return replace(chosen, text=text)
    asked, kind = _the_question(plain, tongue)
    if kind is not None:
        return Question(text, asked, kind=kind, language=language)
    standalone, transcripts = standalone_of(asked, known, history, tongue)
    question = _take_apart(standalone, known, tongue)
    besides = who_before(history) if question.kind is Kind.WHO_SAID and tongue.else_.search(plain) else ()
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


def _take_apart(text: str, known: Known, tongue: Grammar) -> Question:
    whole, since, until = dates_in(text, known)
    body, transcripts = event_in(whole, known)
    base = Question(text, text, since=since, until=until, transcripts=transcripts)
    whole, body = (_CONTRACTION.sub(r"\1 is", part.strip(EDGE)) for part in (whole, body))
    days, present = _days_of(base, known), known.present(transcripts)
    mentions = known.people.find(whole, *days, present)
    event = _event_question(base, mark(whole, mentions), mentions, known, tongue)
    if event is not None:
        return event
    mentions = known.people.find(body, *days, present)
    marked = tongue.each.sub("", tongue.twice.sub(r"\g<first> \g<and> \g<second>", mark(body, mentions)))
    if tongue.the_page.search(marked):
        topic = _topic(tongue.the_page.sub(" ", marked), mentions, tongue)
        return replace(base, kind=Kind.PAGE, topic=topic, mentions=names_in(marked, mentions))
    found = _said_question(base, marked, mentions, known, tongue)
    return (
        found if tongue.each.search(mark(body, mentions)) else replace(found, unclear=_unclear(found, mentions, known))
    )


def _days_of(question: Question, known: Known) -> tuple[str | None, str | None]:
    """The days a question is about, for "the president": its own, else its transcripts', else the asker's."""
    if question.since or question.until:
        return question.since, question.until
    first, last = days_between(question.transcripts, known.transcripts)
    return (first, last) if first else (known.since, known.until)


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
    bare = text.strip(EDGE)
    for group in before.unclear:
        placed = [name for name in group if any(bare == f"{name} ({id})" for id in known.appear.get(name, ()))]
        if placed:
            return _narrowed(before, group, placed[0], known)
    mentions = known.people.find(bare)
    if len(mentions) != 1 or not _I_MEAN.fullmatch(mark(bare, mentions)):
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


def _event_question(
    base: Question, marked: str, mentions: Sequence[Mention], known: Known, tongue: Grammar
) -> Question | None:
    """Questions about the event itself: when, where, who came, what the page reports."""
    everybody = names_in(marked, mentions)
    lowered = MARK.sub(" ", marked).casefold()
    rest = [w for w in words.words(lowered) if w not in words.STOPWORDS and w not in tongue.event_words]
    asks_when, asks_where = tongue.when.search(marked), tongue.where.search(marked)
    stems = {words.stem(word) for word in rest}
    of_an_event = not rest or any(stems <= event_terms(info) for info in known.transcripts)
    if (asks_when or asks_where) and of_an_event:
        kind = Kind.WHEN if asks_when else Kind.WHERE
        return replace(base, kind=kind, mentions=everybody, topic=_topic(marked, mentions, tongue))
    if tongue.who_is.search(marked):
        return replace(base, kind=Kind.WHO_IS, mentions=everybody, topic=_topic(marked, mentions, tongue))
    if (attended := tongue.attended.search(marked)) and _of_the_event(marked[attended.end() :], known, tongue):
        return replace(base, kind=Kind.WHO_ATTENDED, mentions=everybody, topic=_topic(marked, mentions, tongue))
    return None


def _of_the_event(text: str, known: Known, tongue: Grammar) -> bool:
    """Whether what follows "who attended", "who joined" is the event itself: not "the union", not "by video link"."""
    plain = MARK.sub(" ", text).casefold()
    found = [word for word in words.words(plain) if word not in words.STOPWORDS and len(word) > 1]
    stems = {words.stem(word) for word in found}
    return (
        not found
        or any(word in tongue.event_words for word in found)
        or any(stems & event_terms(info) for info in known.transcripts)
    )


def _said_question(base: Question, marked: str, mentions: Sequence[Mention], known: Known, tongue: Grammar) -> Question:
    kind = Kind.FACT
    compared = tongue.comparison.search(marked) and len(names_in(marked, mentions)) > 1
    who = tongue.who.match(marked)
    if who and not compared and not _subject_after_who(who["rest"], tongue):
        rest = who["rest"]
        topic = _topic(rest, mentions, tongue) or unmark(rest, mentions)
        said = bool(tongue.speech.match(rest))
        return replace(base, kind=Kind.WHO_SAID, strict=said, topic=topic, mentions=names_in(rest, mentions))
    if compared:
        names = names_in(marked, mentions)
        rest = tongue.about_last.search(marked)
        bare = MARK.sub(" ", tongue.comparison.sub(" ", marked))
        topic = rest["rest"] if rest else _JOINTS.sub("", words.squeeze(tongue.noise.sub(" ", bare)))
        topic = words.squeeze(unmark(topic, mentions)).strip(EDGE)
        return replace(base, kind=Kind.COMPARISON, speakers=names, strict=True, topic=content(topic))
    frame = frame_of(marked, tongue)
    if frame is not None:
        return _from_frame(base, frame, marked, mentions, known, tongue)
    asked = names_in(" ".join(subjects(marked)), mentions)
    if asked:
        return _worded_otherwise(base, marked, mentions, asked, tongue)
    if tongue.page.search(marked):
        kind = Kind.PAGE
    elif tongue.listing.search(marked):
        kind = Kind.LIST
    topic = _topic(marked, mentions, tongue)
    return replace(base, kind=kind, topic=topic, mentions=names_in(marked, mentions))


# What is left of "what A and B think of ..." when persons and frame are gone.
_JOINTS = re.compile(
    r"^(?:(?:and|or|with|to|from|of|и|или|с|от)\b[\s,]*)+|(?:[\s,]*\b(?:and|or|и|или))+$", re.IGNORECASE
)


def _subject_after_who(rest: str, tongue: Grammar) -> bool:
    """ "Who did A thank?": the subject is A, not who."""
    return bool(re.match(r"(?:did|does|do|will|would|has|had|have|was|is)\s+⟦", rest, re.IGNORECASE))


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
    for one in subjects(marked):
        rest = rest.replace(one, " ")
    rest = words.squeeze(tongue.noise.sub(" ", re.sub(r"['’]s\b", " ", rest)))
    topic = unmark(rest, mentions).strip(EDGE + "-–—")
    kind = Kind.FACT if not said else Kind.SAID_ABOUT if content(topic) else Kind.LIST
    return replace(
        base, kind=kind, speakers=asked, strict=said, topic=topic, mentions=names_in(rest, mentions)
    )  # fmt: skip


def _from_frame(
    base: Question, frame: Frame, marked: str, mentions: Sequence[Mention], known: Known, tongue: Grammar
) -> Question:
    rest = unmark(frame.rest, mentions)
    about = MARK.sub(" ", frame.rest) if not content(frame.rest) else rest
    thing = _asked_thing(frame.wh)
    verb = "" if thing and _NAMING.fullmatch(frame.verb) else frame.verb
    wanted = " ".join(part for part in (thing, verb, rest) if part)
    topic = wanted if frame.verb or frame.act else " ".join(p for p in (thing, about) if p)
    question = replace(base, mentions=names_in(frame.rest, mentions), topic=topic.strip(EDGE))
    listing = bool(tongue.listing.search(marked))
    if not MARK.search(frame.subject):
        return _without_known_subject(question, frame, marked, mentions, known, tongue)
    speakers = names_in(frame.subject, mentions)
    if frame.act:
        kind = Kind.FACT
    elif listing or not content(question.topic):
        kind = Kind.LIST
    else:
        kind = Kind.SAID_ABOUT
    if kind is Kind.LIST:
        question = replace(question, topic=words.squeeze(tongue.listing.sub(" ", question.topic)).strip(EDGE))
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
    question: Question, frame: Frame, marked: str, mentions: Sequence[Mention], known: Known, tongue: Grammar
) -> Question:
    """ "they", "anyone", "the page": nobody in particular. A name nobody here bears: unknown."""
    subject = frame.subject.strip(EDGE)
    if tongue.group.match(subject):
        kind = Kind.PAGE if tongue.page.search(marked) else Kind.FACT
        if kind is Kind.FACT and not content(question.topic):
            kind = Kind.PAGE
        if re.match(r"^(?:the |this )?(?:page|summary|article|report)$", subject, re.IGNORECASE):
            kind = Kind.PAGE
        return replace(question, kind=kind)
    determined = re.match(r"^(?:the|a|an|this|that|these|those|his|her|their|our|my)\s+", subject, re.IGNORECASE)
    if determined and not is_title(subject):
        return replace(question, kind=Kind.FACT, topic=_topic(marked, mentions, tongue))
    near = known.people.nearest(subject, among=known.present(question.transcripts))
    return replace(question, kind=Kind.SAID_ABOUT, unknown=(subject,), nearest=near, strict=True)


def _topic(marked: str, mentions: Sequence[Mention], tongue: Grammar) -> str:
    """The question without its lead-in, names put back."""
    rest = marked[match.end() :] if (match := tongue.lead.match(marked)) else marked
    return unmark(rest, mentions).strip(EDGE)
