"""Follow-ups: "And about Baikonur?", "Why?", "What did he say about that?" made questions of their own.

A question that says itself whom and what it means is left as it is. What a follow-up leaves out comes from
the questions before it: the person, the topic, the day, the transcripts.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from qa import words
from qa.grammar import Grammar, grammar
from qa.names import function_of
from qa.question.frames import frame_of
from qa.question.known import Known
from qa.question.limits import apart
from qa.question.marks import EDGE, MARK, content, mark, names_in, unmark
from qa.speakers import Mention
from qa.types import Kind, Question

_LONG = 10  # words; a longer topic is no name for "it"


def standalone_of(text: str, known: Known, history: Sequence[Question], tongue: Grammar) -> tuple[str, tuple[str, ...]]:
    """The question made independent of the conversation, and the transcripts it is limited to."""
    if not history:
        return text, ()
    before = history[-1]
    bare = text.strip(EDGE)
    if tongue.event_follow.match(bare) and len(bare.split()) <= 9:
        return text, before.transcripts
    mentions = known.people.find(bare, known.since, known.until, known.present())
    follow = _FollowUp(known, history, tongue, mentions)
    marked = mark(bare, mentions)
    said = follow.without_a_topic(marked) or follow.other_person(marked) or follow.other_day(bare)
    said = said or follow.other_topic(marked)
    return (said, before.transcripts) if said else follow.filled(text, marked)


class _FollowUp:
    """One question after others: who and what was spoken of, and the ways to leave that out.

    Args:
        mentions: the persons the question itself names; its text comes marked (`qa.question.marks`).
    """

    def __init__(self, known: Known, history: Sequence[Question], tongue: Grammar, mentions: Sequence[Mention]) -> None:
        self._known = known
        self._history = history
        self._tongue = tongue
        self._mentions = mentions
        self._before = history[-1]
        self._who = who_before(history)
        self._found = next((q.kind is Kind.WHO_SAID for q in reversed(history) if q.speakers), False)
        self._topic = _as_thing(_topic_before(history), tongue)

    def without_a_topic(self, marked: str) -> str:
        """Questions that hold hardly a word: "What else?", "Why?", "How much?", "Does he agree?"; "" for others."""
        tongue, topic, who = self._tongue, self._topic, _join(self._who)
        if tongue.bare_else.match(marked) and (who or self._mentions):
            return tongue.ask_else.format(who=_join(names_in(marked, self._mentions)) or who)
        if not topic:
            return ""
        if tongue.bare_who.match(marked):
            return tongue.ask_who.format(topic=topic)
        if tongue.more.match(marked):
            return tongue.ask_more.format(who=who, topic=topic) if who else tongue.ask_who.format(topic=topic)
        if tongue.bare_why.match(marked):
            return tongue.ask.format(who=who, topic=topic) if who else tongue.ask_why.format(topic=topic)
        how = tongue.bare_how.match(marked)
        if how and who:
            return tongue.ask_how.format(who=who, how=how["how"].lower(), topic=topic)
        return self._answer_to_it(marked)

    def _answer_to_it(self, marked: str) -> str:
        """ "Did Putin agree?": his words about it."""
        found = self._tongue.answers.match(marked)
        if found is None:
            return ""
        named = names_in(found["subject"] or "", self._mentions)
        if not named and self._tongue.pronoun.fullmatch(found["subject"] or ""):
            others = names_in(found["object"] or "", self._mentions)
            named = tuple(name for name in self._meant_by(found["subject"], self._who) if name not in others)
        if named:
            return self._tongue.ask.format(who=_join(named), topic=self._topic)
        return self._tongue.ask_who.format(topic=self._topic)

    def other_person(self, marked: str) -> str:
        """ "And Putin?": the question before, put to him; "" for others."""
        found = self._tongue.what_about.match(marked) or self._tongue.about.match(marked)
        rest = found["rest"].strip(EDGE) if found else marked.strip(EDGE)
        alone = self._tongue.goes_on.sub("", rest).strip(EDGE)
        if self._topic and self._tongue.pronoun.fullmatch(alone) and (meant := self._meant_by(alone, self._who)):
            return self._tongue.ask.format(who=_join(meant), topic=self._topic)  # "And she?"
        names = names_in(rest, self._mentions)
        left = words.squeeze(_AND.sub(" ", MARK.sub(" ", rest)))
        if not names or left or (self._tongue.about.match(marked) and self._before.speakers and self._topic == ""):
            return ""
        if self._tongue.about.match(marked) and not self._tongue.what_about.match(marked):
            return ""  # "And about Putin?" asks for words about him
        shown = _join([unmark(one.group(), self._mentions) for one in MARK.finditer(rest)])
        swapped = self._put_to(shown)
        if swapped:
            return swapped
        return self._tongue.ask.format(who=shown, topic=self._topic) if self._topic else ""

    def _put_to(self, shown: str) -> str:
        """The question before with these persons in the place of the one it asked."""
        text, asked = self._before.standalone, self._before.speakers
        if self._before.kind in {Kind.COMPARISON, Kind.WHO_SAID} or not asked:
            return ""
        places = [m for m in self._known.people.find(text) if set(m.names) & set(asked)]
        if len(places) != 1 or len(asked) != 1:
            return ""
        start = re.search(r"(?:\b[Tt]he\s+)?$", text[: places[0].start])
        begin = start.start() if start else places[0].start
        return f"{text[:begin]}{shown}{text[places[0].end :]}"

    def other_day(self, bare: str) -> str:
        """ "And in 2019?": the question before, about that time; "" for others."""
        opening = self._tongue.goes_on.match(bare)
        rest = bare[opening.end() :] if opening else bare
        left, day = apart(rest)
        if not day or words.content_terms(left):
            return ""
        return f"{apart(self._before.standalone.strip(EDGE))[0]} {day}?"

    def other_topic(self, marked: str) -> str:
        """ "And about T?", "What about T?": the person stays; "" for others."""
        tongue = self._tongue
        about = tongue.about.match(marked)
        what_about = None if about else tongue.what_about.match(marked)
        match = about or what_about
        if match is None:
            return ""
        rest = match["rest"].strip(EDGE)
        if tongue.pronoun.fullmatch(rest):
            return ""
        asks = tongue.who.match(rest) or frame_of(rest, tongue) or tongue.asks.match(rest) or tongue.fronted.match(rest)
        if tongue.possessive.match(rest):  # "her view on T"
            asks = asks or frame_of(tongue.possessive.sub("⟦0⟧'s", rest, count=1), tongue)
        if what_about and (asks or len(rest.split()) > 6):
            return ""
        new = unmark(rest, self._mentions)
        if len(self._who) == 1 or (self._who and self._before.kind is not Kind.WHO_SAID):
            return tongue.ask.format(who=_join(self._who), topic=new)
        return tongue.ask_who.format(topic=new)

    # ---------------------------------------------------------------- words that stand for others

    def filled(self, text: str, marked: str) -> tuple[str, tuple[str, ...]]:
        """Names for "he" and "she", the topic for "it" and "that"; the text itself where nothing stands for another."""
        tongue, topic = self._tongue, self._topic
        fronted = tongue.fronted.match(marked)
        new = self._with_fronted(fronted["who"], fronted["rest"]) if fronted else marked
        new = self._things(new)
        if _is_name(topic) and tongue.there.search(new):
            new = tongue.there.sub(f"{_to_or_in(new)} {topic}", new)
        new = self._persons(new)
        new = self._that(new)
        if 0 < len(topic.split()) <= _LONG and not (tongue.greeting.match(new)):
            new = tongue.subject_it.sub(lambda m: f"{m['lead'] or m['lead2']}{topic}", new, count=1)
        new = self._same_topic(new)
        if new == marked:
            return text, ()
        new = tongue.goes_on.sub("", new)
        plain = unmark(new, self._mentions)
        return plain[:1].upper() + plain[1:] + "?", self._before.transcripts

    def _with_fronted(self, who: str, rest: str) -> str:
        """ "And X, what does he say?": the first "he" is X."""
        both = (self._tongue.pronoun.search(rest), self._tongue.possessive.search(rest))
        found = min((one for one in both if one), key=lambda one: one.start(), default=None)
        if found is None:
            return rest if MARK.search(rest) else f"{who}, {rest}"
        own = "'s" if self._tongue.possessive.fullmatch(found.group()) else ""
        return f"{rest[: found.start()]}{who}{own}{rest[found.end() :]}"

    def _things(self, marked: str) -> str:
        """One person before: "them" are things."""
        if self._topic and len(_called(self._who)) < 2:
            return self._tongue.things.sub(lambda _: self._topic, marked, count=1)
        return marked

    def _persons(self, marked: str) -> str:
        """Whoever was spoken of before for "he" and "her"; not where the question's own person is meant."""
        tongue = self._tongue
        named = set(names_in(marked, self._mentions))
        who = self._who
        if named & set(who):  # "What did X say about him?": somebody else
            others = (q.speakers for q in reversed(self._history) if q.speakers and not named & set(q.speakers))
            who = next(others, () if named == set(who) else who)
        if not who:
            return marked
        found = tongue.pronoun.search(marked) or tongue.her.search(marked)
        word = found or tongue.possessive.search(marked)
        who = self._meant_by(word.group(), who) if word else who
        if not who:
            return marked
        if found:
            own = MARK.search(marked[: found.start()])
            if own and found.group().casefold() in _SUBJECTS:  # "What did X think they were making?"
                return marked
            return f"{marked[: found.start()]}{_join(who)}{marked[found.end() :]}"
        if tongue.possessive.search(marked) and not self._mentions:
            return tongue.possessive.sub(lambda _: f"{_join(who)}'s", marked, count=1)
        return marked

    def _meant_by(self, pronoun: str, who: tuple[str, ...]) -> tuple[str, ...]:
        """Of `who`, or else of those asked about before, whom "he" or "she" can mean; none where none can."""
        wanted = _GENDERS.get(pronoun.casefold(), "")
        if not wanted:
            return who
        for names in (who, *(question.speakers for question in reversed(self._history))):
            fitting = tuple(name for name in names if self._gender(name) in (wanted, ""))
            if fitting:  # of those found to have said it, the first
                return fitting[:1] if names is who and self._found else fitting
        return ()

    def _gender(self, name: str) -> str:
        """What the labels' honorifics tell, else what an earlier question called that person: "he", "she"."""
        if told := self._known.people.gender(name):
            return told
        for question in reversed(self._history):
            if question.speakers == (name,) and not self._known.people.find(question.text):
                called = {_GENDERS.get(word, "") for word in words.words(question.text)} - {""}
                if len(called) == 1:
                    return called.pop()
        return ""

    def _that(self, marked: str) -> str:
        """The topic for a closing "that"; "that bill" is the last topic with a bill in it."""
        tongue, topic = self._tongue, self._topic
        thing = tongue.that_thing.search(marked)
        if thing and (full := _topic_with(words.stem(thing["noun"].casefold()), self._history)):
            return f"{marked[: thing.start()]}{full}"
        that, frame = tongue.that.search(marked), frame_of(marked, tongue)
        if not that or not topic or (frame is not None and frame.subject == that.group()):
            return marked
        prep = "about" if that["prep"] == "to" else that["prep"]
        if tongue is grammar("ru"):
            prep = "о" if that["prep"] else None
        return marked[: that.start()] + " ".join(p for p in (prep, topic) if p) + marked[that.end() :]

    def _same_topic(self, marked: str) -> str:
        """ "And what did X say?": about the same."""
        opening = self._tongue.goes_on.match(marked)
        if opening is None or not self._topic or self._tongue.listing.search(marked):
            return marked
        frame = frame_of(marked[opening.end() :], self._tongue)
        if frame is None or frame.act or frame.verb or frame.rest or not MARK.search(frame.subject):
            return marked
        if len(frame.wh.split()) > 1:
            return marked
        return self._tongue.ask.format(who=frame.subject, topic=self._topic).strip(EDGE)


_AND = re.compile(r"\b(?:and|or|и|или|,)\b|,", re.IGNORECASE)
_GENDERS = {"he": "m", "him": "m", "his": "m", "she": "f", "her": "f", "hers": "f", "он": "m", "она": "f"}
_SUBJECTS = frozenset("he she they он она они".split())


def _topic_with(noun: str, history: Sequence[Question]) -> str:
    """The latest topic that holds a word of this stem beside others."""
    for question in reversed(history):
        terms = words.content_terms(question.topic)
        if noun in terms and len(terms) > 1:
            for part in _PREPOSITION.split(question.topic):
                if noun in words.content_terms(part):
                    return part.strip()
    return ""


_HANGING = re.compile(  # "What is a book about?", "What does the team do?"
    r"\s+(?:with|about|of|for|on|in|at|from|to|by|do|does|did|make|have|use|need|want|mean|get)$", re.IGNORECASE
)
_ASPECT = re.compile(
    r"(?:against|in favou?r of|opposed to)\s+"
    r"|(?:problems?|concerns?|issues?|reasons?|(?:dis)?advantages?|benefits?|difficult(?:y|ies))\s+"
    r"(?:(?:with|of|in|about)\s+)?",
    re.IGNORECASE,
)
_PREPOSITION = re.compile(r"\s(?:with|about|of|for|on|in|at|from|to|by|о|об|про|с|на|для)\s", re.IGNORECASE)


def _as_thing(topic: str, tongue: Grammar) -> str:
    """A topic to stand where "it" stood: without its question word and the verb before its noun."""
    bare = _QUESTION_WORD.sub("", topic)
    verb = tongue.speech.match(bare)
    rest = bare[verb.end() :].strip() if verb else ""
    rest = rest if content(rest) and not _PREPOSITION.match(f" {rest}") else bare
    rest = _HANGING.sub("", rest)
    thing = _ASPECT.sub("", rest)
    return thing if content(thing) else rest


_QUESTION_WORD = re.compile(
    r"^(?:why|how|when|where|what|which|who|почему|зачем|как|когда|где)\b\s+(?:(?:is|are|was|were|do|does|did|has|have|will)\s+)?",
    re.IGNORECASE,
)


def _to_or_in(text: str) -> str:
    if words.language_of(text) == "ru":
        return "в"
    return "to" if re.search(r"\b(?:go|gone|went|been|travel\w*|fly|flew|come|came)\s+there$", text) else "in"


def _is_name(topic: str) -> bool:
    """One or two words with capitals, such as a place."""
    return 0 < len(topic.split()) <= 2 and all(word[:1].isupper() for word in topic.split())


def _join(names: Sequence[str]) -> str:
    names = _called(names)
    return " and ".join(filter(None, [", ".join(names[:-1]), *names[-1:]]))


def _called(names: Sequence[str]) -> list[str]:
    """The names, with all those of one function as one: the chairs of several transcripts are "The Chair"."""
    counts = Counter(map(function_of, names))
    return list(dict.fromkeys(one if (one := function_of(name)) and counts[one] > 1 else name for name in names))


def who_before(history: Sequence[Question]) -> tuple[str, ...]:
    """Whose words were asked for last, or who was found to have said it."""
    for question in reversed(history):
        if question.speakers:
            return question.speakers
        if question.kind is Kind.WHO_SAID and question.mentions:
            return ()
    return ()


def _topic_before(history: Sequence[Question]) -> str:
    """The latest topic, rather one that does not itself speak of "they"."""
    timeless = (q for q in reversed(history) if q.kind not in {Kind.WHEN, Kind.WHERE, Kind.WHO_ATTENDED})
    topics = [question.topic for question in timeless if content(question.topic)]
    return next((topic for topic in topics if not _OF_OTHERS.match(topic)), topics[0] if topics else "")


_OF_OTHERS = re.compile(
    r"(?:they|he|she|it|we|you|они|он|она|мы)\b|(?:answer|reply|respond|react|agree|disagree|add|exactly|отвеча\w+)$",
    re.IGNORECASE,
)
