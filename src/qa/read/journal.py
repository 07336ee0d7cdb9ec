"""Labels that a full stop ends, as official journals print them.

    M. le président. La parole est à M. Matos.     PRESIDENTE. La seduta è aperta.
    Mme Ana Leal, ministre de l'eau. Merci.        IVO MATOS (PX). Signor Presidente...
                                                   ANA LEAL, Ministra dell'acqua. Grazie.

    CHAIRMAN MATOS. Good morning.                  ANA LEAL. Are you confident?
    President. – The sitting is open.              Ivo Matos, on behalf of the PX Group. – Madam President...
    ГОЛОВУЮЧИЙ. Прошу.                             ЛЕАЛЬ А.І. Дякую.

Where lines are cut at a width, the office of a label may run over into the next line.

Source: the Journal officiel of France's two chambers, the resoconto stenografico of Italy's, the transcripts of the
Federal Open Market Committee, the European Parliament's verbatim report, the stenograms of the Verkhovna Rada.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from qa.read.shapes import Label
from qa.read.source import Line

_CAPITAL = "A-ZÀ-ÖØ-Þ"
_LETTER = "[^\\W\\d_a-zß-öø-ÿ]"  # of any alphabet; whether it is a capital is looked up
_FRENCH = re.compile(
    rf"""(?P<label>(?:MM?\.|Mmes?|Mlle)\s(?:
    (?:le|la|les)\s(?:vice-)?(?:présidente?|ministre|rapporteure?|secrétaire|garde|doyenne?|premi[eè]re?|haut-commissaire)
     (?:\s[{_CAPITAL}][\w’'-]*\.?(?:\s(?:[{_CAPITAL}][\w’'-]*|d[eu]s?|la|le|van|von)|\sd[’'][{_CAPITAL}][\w’'-]+){{0,5}}
     |\s(?:d[eu]s?|d[’']|l[’']|la|le|les|et|général|délégué|chargé|ministre|pour|aux?)\b[^.!?:]{{0,120}})?
    |[{_CAPITAL}][\w’'-]+(?:\s(?:[{_CAPITAL}][\w’'-]*\.?|d[eu]s?|la|le|von|van)|\sd[’'][{_CAPITAL}][\w’'-]+){{0,5}}
     (?:\s\([^()]{{2,80}}\))?(?:,\s(?=[a-zéà])[^.!?:]{{3,260}})?
    ))\.(?:\s?[–—−-](?=\s))?(?=\s|$)""",
    re.VERBOSE,
)
# "IVO MATOS (PX). Words", "ANA LEAL, Ministra dell'acqua. Words"
_ITALIAN = re.compile(
    rf"(?P<label>(?P<name>[{_CAPITAL}][{_CAPITAL}’' -]{{3,60}})(?:\s\([^()]{{2,60}}\))?"
    rf"(?:,\s(?P<part>[A-Z]?[a-z][^.!?:]{{3,160}}))?)\.\s(?=[{_CAPITAL}«(])"
)
# "CHAIRMAN MATOS. Words", "ANA LEAL. Words", "ГОЛОВУЮЧИЙ. Words", "ЛЕАЛЬ А.І. Words"
_CAPITALS = re.compile(
    r"(?P<label>(?:(?:(?:VICE |ACTING |DEPUTY )?(?:CHAIR(?:MAN|WOMAN|PERSON)?|PRESIDENT|GOVERNOR|SECRETARY|COMMISSIONER"
    r"|SENATOR|JUDGE|JUSTICE|GENERAL|ADMIRAL)|MR\.?|MRS\.?|MS\.?|MISS|DR\.?|PROF\.?)"
    r"\s(?:[A-Z]\.\s)?[A-Z][A-Za-z]{0,3}[A-Z'’-][A-Z'’-]*(?:\s[A-Z][A-Z'’-]+)?|SEVERAL|SPEAKERS?(?:\((?:\?|S)\))?"
    r"|[A-Z][A-Z'’-]+(?:\s[A-Z]\.)?(?:\s[A-Z][A-Z'’-]+){1,2}"
    r"|(?:ГОЛОС[ИА]? )?[ІИ]З ЗАЛ[УА]|[ІИ]з зал[уа]"
    r"|ГОЛОВУЮЧ(?:ИЙ|А)|ПРЕДСЕДАТЕЛЬСТВУЮЩ(?:ИЙ|АЯ)|Председательствующ(?:ий|ая)))"
    r"\.\s+(?=[A-ZА-ЯЁЇІЄҐ\d\[(\"“'«])"
    r"|(?P<initials>[А-ЯЁЇІЄҐ][А-ЯЁЇІЄҐ'’-]{2,40}\s[А-ЯЁЇІЄҐ]\.\s?[А-ЯЁЇІЄҐ]\.)\s+(?=[А-ЯЁЇІЄҐ\d(«])"
)
# "President. – Words", "Ivo Matos, on behalf of the PX Group. – Words", "Ana Leal (XY/Z). – Words"
_EUROPEAN = re.compile(
    rf"(?P<label>(?P<name>{_LETTER}[\w’'-]+(?:\s(?:{_LETTER}[\w’'.-]*|de|van|von|der|den|di|da|la|le|el|y|ap|ter|ten|af|av"
    r"|zu|do|dos|das|du)){0,5})"
    r"(?:\s\([^()]{1,40}\))?(?:,\s(?P<part>[^.–:]{3,160}))?)\s?\.\s?[–—−-](?=\s|\()\s*"
    r"(?:\([A-Z]{2}\)\s+)?(?=\S)"  # the language spoken
)
_BEGUN = re.compile(rf"(?:MM?\.|Mmes?|Mlle)\s[{_CAPITAL}][^.!?:]{{3,120}},?\s[^.!?:]*$")


def dotted(lines: Sequence[Line]) -> list[Label]:
    """The labels of such a record; empty where it is none: several speakers, and one of them again and again."""
    french = _french(lines)
    found = french or _italian(lines) or _european(lines) or _capitals(lines)
    counts = Counter(label.text for label in found if label.text != _NOBODY)
    return found if len(counts) >= 2 and max(counts.values(), default=0) >= 2 and sum(counts.values()) >= 4 else []


_NOBODY = "Break"  # lines that are neither the words before nor those after


def _french(lines: Sequence[Line]) -> list[Label]:
    found: list[Label] = []
    for n, line in enumerate(lines):
        text = line.text
        if not text.startswith(("M", "Mme")):
            continue
        if match := _FRENCH.match(text):
            found.append(_label(n, match["label"], line.start + match.end()))
        elif n + 1 < len(lines) and _BEGUN.match(text):
            below = lines[n + 1]
            match = _FRENCH.match(f"{text} {below.text}")
            if match and match.end() > len(text) + 1:
                found.append(Label(n, _NOBODY, line.start, None, frozenset({"dot"})))
                found.append(_label(n + 1, match["label"], below.start + match.end() - len(text) - 1))
    return found


def _italian(lines: Sequence[Line]) -> list[Label]:
    found = [
        replace(_label(n, match["label"], line.start + match.end()), person=match["name"] if match["part"] else "")
        for n, line in enumerate(lines)
        if (match := _ITALIAN.match(line.text))
    ]
    return found if sum(label.text.startswith("PRESIDENTE") for label in found) >= 2 else []


def _european(lines: Sequence[Line]) -> list[Label]:
    """The European Parliament's verbatim report: the chair is "President" and comes again and again."""
    found = []
    for n, line in enumerate(lines):
        match = _EUROPEAN.match(line.text)
        if match and all(word[0].isupper() or word.isascii() for word in match["name"].split()):
            label = _label(n, match["label"], line.start + match.end())
            found.append(replace(label, person=match["name"]) if match["part"] else label)
    chair = sum(label.text.casefold() in _CHAIRS for label in found)
    return found if chair >= 2 else []


_CHAIRS = frozenset("president presidente presidenta przewodniczący przewodnicząca".split()) | {
    "le président",
    "la présidente",
    "der präsident",
    "die präsidentin",
    "el presidente",
    "la presidenta",
}


def _capitals(lines: Sequence[Line]) -> list[Label]:
    """Names in capitals; a sentence of capitals has no small letters behind its full stop."""
    return [
        _label(n, match["label"] or match["initials"], line.start + match.end())
        for n, line in enumerate(lines)
        if (match := _CAPITALS.match(line.text)) and any(ch.islower() for ch in line.text[match.end() :])
    ]


def _label(n: int, text: str, body: int) -> Label:
    return Label(n, " ".join(text.split()), body, None, frozenset({"dot"}))
