"""Words that the Hansards of Westminster and of its daughters print alike: procedure, and voices in chorus."""

from __future__ import annotations

import re

from qa.read.markup import Element, local, words_of

# A crowd: "Hon. Members", "Several noble Lords", "An hon. Member".
GROUP = re.compile(
    r"(?i)(?:an?|several|some|many) .*\b(?:members?|lords?)|(?:hon\.?|honourable|noble) (?:members?|lords)"
)
_PROCEDURE = re.compile(
    r"rose\s*[—–-]*"
    r"|(?:(?:Main )?Question (?:again )?(?:proposed|put|accordingly)|Motion made|Bill (?:accordingly )?read|Resolved,"
    r"|The (?:House|Committee|Assembly) (?:having )?divided|Ordered,|Sitting suspended|On resuming).{0,300}",
    re.DOTALL,
)
# In plain type only what nobody says in his own words.
_PRINTED = re.compile(
    r"""\W*(?:
    (?:Main\ )?Question(?:,\ |\ )(?:again\ )?(?:proposed|put|accordingly|amended)\b
    |Motion\ made,|Motion,\ by\ leave,|Amendment(?:s)?\ (?:proposed|made|agreed|negatived|,?\ by\ leave)\b
    |The\ (?:House|Committee)\ (?:having\ )?(?:divided\b|met\ at\b|proceeded\ to\ a\ Division)|Ordered,|Resolved,
    |Bill\ (?:accordingly\ |read\ |ordered\ |presented\b|considered\b|reported\b)|Read\ (?:a\ Second|the\ Third)\ time
    |Order(?:s)?\ (?:for\ .{1,40}\ read\b|read\ for\ )|Considered\ in\ Committee|Clause\ \w+\ (?:ordered|agreed)\b
    |Adjourned\ (?:accordingly\ )?at\b|Division\ No|Sitting\ suspended|It\ being\ .{1,60}\ o'clock
    |House\ (?:adjourned|counted|resumed)\b|\(?Sitting\ (?:suspended|resumed)
    ).{0,400}""",
    re.DOTALL | re.VERBOSE,
)


def is_procedure(paragraph: Element) -> bool:
    """A paragraph in italics that tells what the House did."""
    italic = "italic" in (paragraph.get("class") or "") or _all_italic(paragraph)
    return italic and bool(_PROCEDURE.fullmatch(words_of(paragraph, 300)))


def is_printed_procedure(text: str) -> bool:
    """A paragraph in plain type that tells what the House did, in the set words of the volumes."""
    return bool(_PRINTED.fullmatch(text))


def _all_italic(paragraph: Element) -> bool:
    inner = list(paragraph)
    return len(inner) == 1 and local(inner[0]) in ("i", "em") and not (paragraph.text or "").strip()
