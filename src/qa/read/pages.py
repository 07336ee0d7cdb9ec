"""Printed pages to running lines: what stands in the margins goes, columns and cut words come together.

A page is a list of lines, each line its characters at their places on a grid of fixed width, as layout-preserving
extraction gives them.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from qa.read.labels import candidate
from qa.read.source import Line

Page = list[str]

_EDGE = 4  # lines at the top and at the bottom that may be running heads or feet
_PAGE_NUMBER = re.compile(
    r"(?i)(?:page|p\.|seite|стр\.?|страница)?\s*[-–—|\[(]*\s*(?:\d{1,5}|[ivxl]{1,6})\s*[-–—|\])]*"
    r"(?:\s*(?:of|/|von|из|sur|de)\s*\d{1,5})?"
)
_NUMBERED = re.compile(r"(?P<indent>\s*)(?P<number>\d{1,2})(?P<gap>\s+|$)")
_NAME_COLUMN = re.compile(r"(?P<indent>\s{0,12})(?P<name>[^\W\d_].{0,28}?\S)(?P<gap>\s{3,40})(?=\S)")
_LIGATURES = {ord(ch): text for ch, text in zip("ﬀﬁﬂﬃﬄﬅﬆ", ("ff", "fi", "fl", "ffi", "ffl", "st", "st"), strict=True)}
_LETTER_LEFT = re.compile(r"\s{0,8}\(([A-D])\)(\s|$)")
_LETTER_RIGHT = re.compile(r"(?:^|\s{2,})\(([A-D])\)$")
_REFERENCE = re.compile(r"(?<![\d:])\d{1,4}:\d{1,2}(?![\d:])")
_AND = frozenset("und oder bzw. sowie and or et ou y o e".split())  # "Mühl- und Wehrbau"
_CUT = re.compile(r"(?P<head>[^\W\d_]+)(?P<apart> ?)[-\u00ad\u2010]$")


@dataclass(frozen=True, slots=True)
class Running:
    """What pages come to.

    Attributes:
        lines: running text; an empty line where a paragraph ends.
        left_out: running heads and feet, page numbers, each once.
    """

    lines: list[str]
    left_out: list[str]


def run_on(pages: Sequence[Page]) -> Running:
    """Join pages to running lines."""
    cleaned = [[line.translate(_LIGATURES).rstrip() for line in page] for page in pages]
    left_out: list[str] = []
    bodies = _without_edges(_without_numbers(_without_letters(_without_index(cleaned, left_out))), left_out)
    bodies = _without_index(bodies, left_out)
    single = _single_spaced(_with_labels([_without_columns(page) for page in bodies]))
    lines: list[str] = []
    for page in single:
        filled = _trim([" ".join(line.split()) for line in page])
        # A paragraph that ends with the page ends with a full stop; else it goes on overleaf.
        if lines and filled and lines[-1] and lines[-1][-1] in '.!?…”"' and not filled[0][:1].islower():
            lines.append("")
        lines.extend(filled)
    return Running(_unhyphenated(lines), list(dict.fromkeys(left_out)))


def _trim(lines: list[str]) -> list[str]:
    """Without empty lines at both ends, runs of them as one."""
    kept = [line for n, line in enumerate(lines) if line or (n and lines[n - 1])]
    while kept and not kept[0]:
        kept.pop(0)
    while kept and not kept[-1]:
        kept.pop()
    return kept


# ------------------------------------------------------------------ heads, feet, numbers


def _without_edges(pages: list[Page], left_out: list[str]) -> list[Page]:
    """Lines that come again at the same edge of many pages, and page numbers."""
    tops = Counter(form for page in pages for form in {_form(line) for line in _edge(page)})
    feet = Counter(form for page in pages for form in {_form(line) for line in _edge(page[::-1])})
    filled = sum(bool(_edge(page)) for page in pages)
    least = min(filled, 2) if filled <= 3 else max(3, 0.4 * filled)  # the first page may be a cover
    total = Counter(_form(line) for page in pages[1:] for line in page if line.strip())

    def repeated(line: str, seen: Counter[str]) -> bool:
        form = _form(line)
        if _PAGE_NUMBER.fullmatch(line.strip()) and len(line.strip()) <= 20:
            return True
        return filled > 1 and seen[form] >= least and total[form] <= 1.25 * seen[form]

    found = []
    for page in pages:
        rest = list(page)
        for seen, at in ((tops, 0), (feet, -1)):
            for _ in range(_EDGE):
                while rest and not rest[at].strip():
                    rest.pop(at)
                if not rest or not repeated(rest[at], seen):
                    break
                left_out.append(" ".join(rest.pop(at).split()))
        found.append(rest)
    return found


def _edge(page: Page) -> list[str]:
    return [line for line in page if line.strip()][:_EDGE]


def _form(line: str) -> str:
    """The line without what changes from page to page: its numbers, left on one page and right on the next."""
    return re.sub(r"\d+", "#", " ".join(line.split())).strip("# ").casefold() or "#"


def _without_numbers(pages: list[Page]) -> list[Page]:
    """Line numbers at the left margin, 1 to 25 or so on every page of a court's transcript."""
    counted = [page for page in pages if sum(bool(line.strip()) for line in page) >= 3]
    numbered = [page for page in counted if _is_numbered(page)]
    if not counted or len(numbered) < 0.6 * len(counted):
        return pages
    return [_stripped(page) for page in pages]


def _is_numbered(page: Page) -> bool:
    filled = [line for line in page if line.strip()]
    numbers = [int(match["number"]) for match in _in_margin(filled) if match]
    steps = sum(b == a + 1 for a, b in pairwise(numbers))
    return len(numbers) >= 3 and len(numbers) >= 0.7 * len(filled) and steps >= 0.8 * (len(numbers) - 1)


def _in_margin(page: Page) -> list[re.Match[str] | None]:
    """The number that begins each line, where it stands in the column of most: the page's own stands elsewhere."""
    matches = [_NUMBERED.match(line) for line in page]
    columns = Counter(match.end("number") for match in matches if match)
    column = columns.most_common(1)[0][0] if columns else 0
    return [match if match and abs(match.end("number") - column) <= 2 else None for match in matches]


def _stripped(page: Page) -> Page:
    """The page without its line numbers: only numbers that go on counting are taken."""
    found, last = [], 0
    for line, match in zip(page, _in_margin(page), strict=True):
        number = int(match["number"]) if match else 0
        if match and last < number <= last + 3:
            last = number
            line = " " * len(match.group()) + line[match.end() :]
        found.append(line)
    return found


def _without_letters(pages: list[Page]) -> list[Page]:
    """Without the letters in both margins that name the quarters of a page of a German record: (A) to (D)."""
    left = {match[1] for page in pages for line in page if (match := _LETTER_LEFT.match(line))}
    right = {match[1] for page in pages for line in page if (match := _LETTER_RIGHT.search(line[-12:]))}
    if not (left and right and left <= set("AB") and right <= set("CD") and len(left | right) > 2):
        return pages
    return [[_LETTER_RIGHT.sub("", _LETTER_LEFT.sub(r"   \2", line)) for line in page] for page in pages]


def _without_index(pages: list[Page], left_out: list[str]) -> list[Page]:
    """Without the last pages where they are an index of words: nearly every line refers to a page and a line."""
    found = list(pages)
    while len(found) > 1 and _is_index(found[-1]):
        left_out.extend(" ".join(line.split()) for line in found.pop() if line.strip())
    return found


def _is_index(page: Page) -> bool:
    filled = [line for line in page if len(line.strip()) > 1]  # words under their first letter
    told = sum(bool(_REFERENCE.search(line)) for line in filled)
    sentences = sum(line.rstrip()[-1] in ".!?" for line in filled)
    return len(filled) >= 5 and told >= 0.7 * len(filled) and sentences <= 0.1 * len(filled)


# ------------------------------------------------------------------ columns and spacing


def _without_columns(page: Page) -> Page:
    """Two columns of running text one after the other; one column as it is."""
    filled = [line for line in page if line.strip()]
    if len(filled) < 6:
        return page
    gutter = _gutter(filled)
    if gutter is None:
        return page
    found: Page = []
    left: Page = []
    right: Page = []
    for line in page:
        if line.strip() and not _is_clear(line, gutter):  # runs across both columns
            found += [*left, *right, line]
            left, right = [], []
        else:
            left.append(line[:gutter].rstrip())
            right.append(line[gutter:].rstrip())
    return found + _trim(left) + ([""] if left and right and _ends(left) else []) + _trim(right)


def _ends(lines: Page) -> bool:
    last = next((line.strip() for line in reversed(lines) if line.strip()), "")
    return last[-1:] in '.!?…”"'


def _is_clear(line: str, gutter: int) -> bool:
    return not line[gutter - 2 : gutter + 2].strip()


def _gutter(filled: Page) -> int | None:
    """The middle of the band that no line of running text passes, when both sides hold much of it."""
    width = max(map(len, filled))
    clear: dict[int, int] = {}
    for at in range(int(width * 0.25), int(width * 0.75)):
        both = [line for line in filled if line[:at].strip() and line[at:].strip()]
        passed = [line for line in both if _is_clear(line, at)]
        if len(passed) < 5 or len(passed) < 0.4 * len(filled) or len(both) - len(passed) > 0.15 * len(filled):
            continue
        if sum(len(line[:at].split()) for line in passed) < 3 * len(passed):  # names beside words
            continue
        clear[at] = len(passed)
    if not clear:
        return None
    good = [at for at, count in clear.items() if count == max(clear.values())]
    bands: list[list[int]] = []
    for at in good:
        if bands and at == bands[-1][-1] + 1:
            bands[-1].append(at)
        else:
            bands.append([at])
    longest = max(bands, key=len)
    return longest[len(longest) // 2]


def _with_labels(pages: list[Page]) -> list[Page]:
    """Names in a column of their own, left of the words, get the colon that makes them labels."""
    matches = [
        (n, m, match)
        for n, page in enumerate(pages)
        for m, line in enumerate(page)
        if (match := _NAME_COLUMN.match(line)) and _is_name(match["name"])
    ]
    usual = Counter(len(match["name"]) + len(match["gap"]) + len(match["indent"]) for *_, match in matches)
    names = Counter(match["name"] for *_, match in matches)
    if not usual or usual.most_common(1)[0][1] < 3 or max(names.values()) < 2:
        return pages
    column = usual.most_common(1)[0][0]
    at = {(n, m) for n, m, _ in matches}
    others = [line for n, page in enumerate(pages) for m, line in enumerate(page) if line.strip() and (n, m) not in at]
    if sum(len(line) - len(line.lstrip()) >= column - 2 for line in others) < 0.6 * len(others):
        return pages
    found = [list(page) for page in pages]
    for n, m, match in matches:
        if abs(len(match["indent"]) + len(match["name"]) + len(match["gap"]) - column) <= 2:
            name = match["name"].rstrip(" :.")
            found[n][m] = f"{name}: {pages[n][m][match.end() :]}"
    return found


def _is_name(text: str) -> bool:
    line = f"{text.rstrip(' :.')}: so"
    return candidate(0, Line(1, 0, len(line), line)) is not None


def _single_spaced(pages: list[Page]) -> list[Page]:
    """Double-spaced print gives an empty line after every line; then one such line ends no paragraph."""
    pairs = gaps = 0
    for page in pages:
        trimmed = [bool(line.strip()) for line in page]
        at = [n for n, filled in enumerate(trimmed) if filled]
        pairs += max(0, len(at) - 1)
        gaps += sum(b - a > 1 for a, b in pairwise(at))
    if pairs < 5 or gaps < 0.7 * pairs:
        return pages
    usual = Counter(
        b - a for page in pages for at in [[n for n, line in enumerate(page) if line.strip()]] for a, b in pairwise(at)
    ).most_common(1)[0][0]
    found = []
    for page in pages:
        kept: Page = []
        empty = 0
        for line in page:
            if not line.strip():
                empty += 1
                continue
            if kept and empty >= usual:
                kept.append("")
            kept.append(line)
            empty = 0
        found.append(kept)
    return found


# ------------------------------------------------------------------ cut words


def _unhyphenated(lines: list[str]) -> list[str]:
    """Words cut at a line's end, whole again; a hyphen that the word has elsewhere stays."""
    hyphened = {word.casefold() for line in lines for word in re.findall(r"[^\W\d_]+-[^\W\d_]+(?!-$)", line)}
    found: list[str] = []
    for line in lines:
        before = found[-1] if found else ""
        match = _CUT.search(before[-60:])
        hyphen = match is not None and not match["apart"] and not before.endswith("\u00ad")
        if hyphen and line[:1].isupper():  # "Ekdal-" and "Faro", of one name
            tail, _, rest = line.partition(" ")
            found[-1] = f"{before}{tail}"
            found += [rest] if rest else []
            continue
        if match and line[:1].islower() and line.partition(" ")[0] not in _AND:
            tail, _, rest = line.partition(" ")
            letters = re.match(r"[^\W\d_]*", tail)
            word = f"{match['head']}-{letters.group() if letters else ''}".casefold()
            stem = before if hyphen and word in hyphened else before[: len(before) - 1 - len(match["apart"])]
            found[-1] = f"{stem}{tail}"
            if rest:
                found.append(rest)
            continue
        found.append(line)
    return found
