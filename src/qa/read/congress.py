"""Records whose labels end in a full stop: "Mr. SMITH of Texas. Madam Speaker, I rise".

The Congressional Record and the hearings of committees, as govinfo.gov gives them as text: paragraphs
indented by two or four blanks, lines cut at a width, headings in capitals, page marks in double brackets.
Statements "for the record" that were handed in and never spoken are left out up to the next label.

Source: govinfo.gov, collections CREC and CHRG, text of the HTML rendition; no published grammar.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from qa.errors import ReadError
from qa.read.labelled import transcript_of
from qa.read.labels import Label, labels_in, plain
from qa.read.marks import is_furniture
from qa.read.source import File, Line
from qa.types import Transcript

_OFFICES = (
    r"CHAIR(?:MAN|WOMAN|PERSON)?|SPEAKER|(?:VICE )?PRESIDENT|PRESIDING OFFICER|CLERK|REPORTER|WITNESS|CHIEF JUSTICE"
    r"|SERGEANT AT ARMS|CHAPLAIN|COURT|MODERATOR"
)
_TITLES = (
    r"Mr|Mrs|Ms|Miss|Dr|Sen|Rep|Hon|Prof|Gen|Adm|Col|Lt|Amb|Rev|Sgt|Capt|Maj|Madam|Senator|Representative|Congressman"
    r"|Congresswoman|Delegate|Chair(?:man|woman|person)?|Vice Chair(?:man|woman)?|Ranking Member|Secretary"
    r"|(?:Under|Assistant|Deputy) Secretary|(?:Lieutenant |Major |Brigadier |Attorney |Surgeon |Inspector )?General"
    r"|(?:Vice |Rear )?Admiral|Colonel|Major|Captain|Commander|Sergeant|Governor|Lieutenant Governor|Ambassador"
    r"|Director|Administrator|Commissioner|Mayor|Sheriff|Chief|Judge|Justice|Professor|Reverend|Rabbi|Bishop"
    r"|Father|Sister|Prime Minister|President|Councilman|Councilwoman|Sir|Lord|Lady|M|Mme"
)
_UPPER = "A-Z" + "".join(chr(n) for n in range(0xC0, 0x250) if chr(n).isupper())  # capitals of Latin alphabets
_NAME = (
    rf"(?:(?:de|la|del|von|van|der|den|du|da) ){{0,2}}(?:[{_UPPER}][a-zA-Z'’]{{0,3}}[{_UPPER}]|[{_UPPER}])[\w'’-]*"
    rf"(?: (?:[{_UPPER}][\w'’-]*\.?|de|la|del|der|von|van|St\.|Jr\.?|II|III)){{0,3}}"
)
_PLACE = r"(?:St\.|Ste\.|N\.|[A-Z][\w'’-]*)"
_STATE = rf"(?: of (?:the )?{_PLACE}(?: (?:{_PLACE}|of)){{0,3}})?"
_LABEL = re.compile(
    rf"^\*?(?P<label>(?:The (?:Acting |Deputy )?(?:(?i:{_OFFICES}))(?: pro tempore)?(?: \([^()\n]{{1,60}}\))?"
    rf"|(?:{_TITLES})\.? {_NAME}{_STATE}))(?: \[[^\[\]\n]{{1,40}}\])?(?<! St)\.(?=\s+\S|$)"
)
# The Duma's: "Председательствующий. Слово", "Иванов И. И. Спасибо", "ИВАНОВ И. И., фракция. Спасибо".
_RUSSIAN = re.compile(
    r"^(?P<label>(?i:председательствующий|председатель|из зала|докладчик)|[А-ЯЁ][А-ЯЁа-яё-]+\s(?:[А-ЯЁ]\.\s?){1,2})"
    r"(?:\s?,[^.:\n]{2,160})?\.?(?<=\.)\s+(?=\S)"
)
_HINT = re.compile(rf"(?m)^[^\S\n]*+\*?(?:(?:The|{_TITLES})\b[^\n.]{{0,60}}\.|[А-ЯЁ][^\n.]{{3,40}}\.)")
_CALLED = frozenset("speaker president chairman chair chairwoman secretary clerk leader vice majority minority".split())
_HANDED_IN = re.compile(
    r"^(?:\[.{0,160}\bfollows?:?\]?$|\[the (?:prepared |opening |written |full )*statements? (?:of|submitted)"
    r"|\[?graphics? not available|[*\s]*committee insert|(?:submitted|prepared) statement (?:of|by|for)\b"
    r"|the text of the (?:bill|amendment|resolution|joint resolution|conference report|letter)\b.{0,80}follows:$)",
    re.IGNORECASE,
)
_OVER = re.compile(r"^\[Whereupon,", re.IGNORECASE)
_PAGE = re.compile(r"^(?:\[\[Page .{1,20}\]\]|\{time\}\s+\d{4}|\[Page \w+\]|_{4,}|\d{1,4})$")
_NOBODY = "Break"


def detect(file: File) -> bool:
    """Two or more labels that end in a full stop, more than those that end in a colon."""
    if not file.is_text or not _HINT.search(file.source.text):
        return False
    found = [label for label in _labels(file.source.text, file.source.lines) if label.text != _NOBODY]
    repeated = len(found) > len({plain(label.text) for label in found})
    capitals = sum(bool(re.search(r"[A-Z]{3}", label.text)) for label in found)
    return len(found) >= 2 and (repeated or capitals >= 2 or len(found) >= 3) and len(found) > len(labels_in(file))


def parse(file: File, transcript_id: str, *, wrapped: bool | None = None) -> Transcript:
    """Read a record; what stands before the first label is the page's own words.

    Args:
        wrapped: lines are cut at a width; None: look.

    Raises:
        ReadError: no label, or no words after one.
    """
    text, lines = file.source.text, _paragraphs(file.source.text, file.source.lines)
    found = _labels(text, lines)
    if not found:
        raise ReadError(file.path, "no speaker labels found.", remedy='Expected lines such as "Mr. SMITH. Words".')
    indented = sum(line.start > _line_start(text, line) for line in lines)
    wrapped = wrapped or indented * 2 < sum(bool(line.text) for line in lines)
    return transcript_of(
        file.source, lines, found, transcript_id, "congress", furniture=_is_furniture, wrapped=wrapped or None
    )


def _line_start(text: str, line: Line) -> int:
    return text.rfind("\n", 0, line.start) + 1


def _indent(text: str, line: Line) -> int:
    return line.start - _line_start(text, line)


def _paragraphs(text: str, lines: Sequence[Line]) -> list[Line]:
    """The lines with a blank one before each that is indented, where the other lines stand at the margin."""
    filled = [line for line in lines if line.text]
    at_margin = sum(not _indent(text, line) for line in filled) * 5 >= len(filled)
    found: list[Line] = []
    for line in lines:
        indented = 1 <= _indent(text, line) <= 8 and at_margin
        if found and found[-1].text and line.text and indented:
            found.append(Line(line.number, line.start, line.start, ""))
        found.append(line)
    return found


def _labels(text: str, lines: Sequence[Line]) -> list[Label]:
    found = [label for n, line in enumerate(lines) if (label := _label(n, line)) is not None]
    people = [label for label in found if label.text != _NOBODY]
    indented = [label for label in people if _indent(text, lines[label.line]) > 0]
    # At the margin a sentence goes on, which happens to end with a name.
    people = indented if len(indented) * 2 > len(people) else _set_alike(people, lines)
    first = people[0].line if people else 0
    kept = set(people)
    return [label for label in found if label in kept or (label.text == _NOBODY and label.line > first)]


def _set_alike(people: Sequence[Label], lines: Sequence[Line]) -> list[Label]:
    """Without names in small letters where the record prints them in capitals: who is called, "Senator Leal."."""
    shouted = [label for label in people if _SHOUTED.search(lines[label.line].text[: len(label.text)])]
    if len(shouted) < 4 or len(shouted) < 0.6 * len(people):
        return list(people)
    offices = {plain(label.text) for label in people if label.text.startswith("The ")}
    return [label for label in people if label in shouted or plain(label.text) in offices]


_SHOUTED = re.compile(rf"[{_UPPER}]{{3}}")


def _label(index: int, line: Line) -> Label | None:
    if _OVER.match(line.text) or _HANDED_IN.match(line.text):
        return Label(index, _NOBODY, line.start, None, frozenset({"dot"}))
    if match := _RUSSIAN.match(line.text):
        return Label(index, match["label"].strip(), line.start + match.end(), None, frozenset({"dot"}))
    match = _LABEL.match(line.text)
    if match is None:
        return None
    label = match["label"]
    words = label.split()
    if words[0] != "The" and words[1].strip(".").casefold() in _CALLED and words[0].strip(".") in ("Mr", "Madam", "Ms"):
        return None
    return Label(index, label, line.start + match.end(), None, frozenset({"dot"}), _cased(label))


def _cased(label: str) -> str:
    """ "Mr. McCARTHY of Texas" as "Mr. McCarthy of Texas"."""
    return _CAPITALS.sub(lambda match: _title(match.group()), label)


def _title(word: str) -> str:
    if word in ("II", "III", "IV"):
        return word
    return _CAPITAL.sub(lambda match: match.group().capitalize(), word)


_CAPITAL = re.compile(rf"[{_UPPER}]+")
_CAPITALS = re.compile(rf"[{_UPPER}]{{2,}}(?:['’-][{_UPPER}]+)*")


def _is_furniture(text: str) -> bool:
    heading = text.isupper() and len(text) > 3 and " " in text
    return heading or bool(_PAGE.match(text)) or is_furniture(text)
