"""Follow-ups: "And about Baikonur?", "Why?", "What did he say about that?" made questions of their own."""

from __future__ import annotations

import re
from collections.abc import Sequence

from qa import words
from qa.grammar import Grammar, grammar
from qa.question.frames import frame_of
from qa.question.known import Known
from qa.question.marks import EDGE, MARK, content, mark, names_in, unmark
from qa.speakers import Mention
from qa.types import Kind, Question


def standalone_of(text: str, known: Known, history: Sequence[Question], tongue: Grammar) -> tuple[str, tuple[str, ...]]:
    """The question made independent of the conversation, and the transcripts it is limited to."""
    if not history:
        return text, ()
    before = history[-1]
    bare = text.strip(EDGE)
    who = who_before(history)
    topic = _topic_before(history)
    if tongue.event_follow.match(bare) and len(bare.split()) <= 9:
        return text, before.transcripts
    mentions = known.people.find(bare, known.since, known.until)
    marked = mark(bare, mentions)
    if tongue.bare_else.match(marked) and (who or mentions):
        names = names_in(marked, mentions) or who
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
    rest = match["rest"].strip(EDGE)
    if what_about and re.fullmatch(MARK, rest) and topic:
        return tongue.ask.format(who=_join(names_in(rest, mentions)), topic=topic)
    asks = tongue.who.match(rest) or frame_of(rest, tongue) or tongue.asks.match(rest)
    if what_about and (asks or len(rest.split()) > 6):
        return ""
    new = unmark(rest, mentions)
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
    frame = frame_of(marked, tongue)
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
    plain = unmark(filled, mentions)
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


def who_before(history: Sequence[Question]) -> tuple[str, ...]:
    for question in reversed(history):
        if question.speakers:
            return question.speakers
        if question.kind is Kind.WHO_SAID and question.mentions:
            return ()
    return ()


def _topic_before(history: Sequence[Question]) -> str:
    for question in reversed(history):
        if question.kind not in {Kind.WHEN, Kind.WHERE, Kind.WHO_ATTENDED} and content(question.topic):
            return question.topic
    return ""
