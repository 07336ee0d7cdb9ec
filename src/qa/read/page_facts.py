"""What a saved web page tells of itself: its title and the day it is of.

Sources: the marks that sites set for search engines and for sharing (ogp.me, schema.org, Dublin Core),
<time datetime>, and days as English, Russian and German pages print them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from qa.read.dom import Element, squeeze, text_of

_SITE = re.compile(r"\s+[|–—•»]\s+[^|–—•»]{2,60}$|\s+-\s+[^-]{2,60}$")
_MONTHS = {
    name: n
    for n, names in enumerate(
        ("january jan января januar", "february feb февраля februar", "march mar марта märz", "april apr апреля",
         "may мая mai", "june jun июня juni", "july jul июля juli", "august aug августа",
         "september sept sep сентября", "october oct октября oktober", "november nov ноября",
         "december dec декабря dezember"), 1,
    )
    for name in names.split()
}  # fmt: skip
_MONTH = "|".join(sorted(_MONTHS, key=len, reverse=True))
_DAY = re.compile(
    rf"""(?<![\w/.-])(?:
    (?P<iso>\d{{4}}-\d\d-\d\d)
    |(?P<m1>{_MONTH})\.?\ (?P<d1>\d{{1,2}})(?:st|nd|rd|th)?,?\ (?P<y1>(?:19|20)\d\d)
    |(?P<d2>\d{{1,2}})(?:st|nd|rd|th|\.)?\ (?P<m2>{_MONTH})\.?,?\ (?P<y2>(?:19|20)\d\d)
    |(?P<d3>\d{{1,2}})\.(?P<m3>\d{{1,2}})\.(?P<y3>(?:19|20)\d\d)
    )(?![\w/-])""",
    re.VERBOSE | re.IGNORECASE,
)
_LONGEST_STAMP = 100  # characters of a line that tells the day


def title_of(root: Element) -> str:
    """The page's title: its only <h1>, else what it is called elsewhere without the site's name; "" without one."""
    headings = [text for one in root.iter("h1") if (text := text_of(one))]
    if len(headings) == 1:
        return headings[0][:300]
    titles = [text for one in root.iter("title") if (text := text_of(one))]
    named = _meta(root, "og:title") or (_SITE.sub("", titles[0]) if titles else "")
    return (named or (headings[0] if headings else ""))[:300]


def date_of(root: Element, before: Iterable[str] = ()) -> str | None:
    """The day as "2017-10-12": of the page's marks, else the one day that short lines before the speech name.

    Args:
        before: the texts that stand before the first speaker, the title among them.
    """
    stamps = [_meta(root, "article:published_time", "datepublished", "date", "dc.date", "pubdate", "publish-date")]
    stamps += [one.get("datetime") or "" for one in root.iter("time")]
    for stamp in stamps:
        if match := re.match(r"(\d{4}-\d{2}-\d{2})(?!\d)", stamp):
            return match[1]
    told = [text for text in before if len(text) <= _LONGEST_STAMP]
    for share in (0.6, 0.0):  # lines that are little else than a day first
        found = [match for text in told for match in _DAY.finditer(text) if len(match.group()) > share * len(text)]
        days = {day for match in found if (day := _iso(match))}
        if len(days) == 1:
            return days.pop()
    return None


def _iso(match: re.Match[str]) -> str | None:
    if match["iso"]:
        return match["iso"]
    year = int(match["y1"] or match["y2"] or match["y3"])
    month = int(match["m3"]) if match["m3"] else _MONTHS[(match["m1"] or match["m2"]).casefold()]
    day = int(match["d1"] or match["d2"] or match["d3"])
    return f"{year:04d}-{month:02d}-{day:02d}" if 1 <= day <= 31 and 1 <= month <= 12 else None


def _meta(root: Element, *names: str) -> str:
    for meta in root.iter("meta"):
        if (meta.get("property") or meta.get("name") or meta.get("itemprop") or "").casefold() in names:
            return squeeze(meta.get("content") or "")
    return ""
