"""The wording around a question's topic: who is to have said it, and what about."""

from __future__ import annotations

import re
from dataclasses import dataclass

from qa import words
from qa.grammar import Grammar
from qa.question.marks import EDGE, MARK


def subjects(marked: str) -> list[str]:
    """The persons of a question who are not merely spoken about or spoken to."""
    found = []
    for match in MARK.finditer(marked):
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


@dataclass(frozen=True, slots=True)
class Frame:
    subject: str
    rest: str
    wh: str
    verb: str
    act: bool


def frame_of(marked: str, tongue: Grammar) -> Frame | None:
    for pattern in tongue.asked:
        match = pattern.match(marked)
        if match is None:
            continue
        groups = {name: value or "" for name, value in match.groupdict().items()}
        subject = groups.get("subject", "").strip()
        if not MARK.search(subject) and (not _plausible(subject, tongue) or subjects(marked)):
            continue
        return Frame(
            subject,
            (groups.get("rest") or groups.get("rest2") or "").strip(EDGE),
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
