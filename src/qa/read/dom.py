"""HTML to blocks of text: one paragraph, list item, cell or line each, without the site's furniture.

Nothing is fetched or run. Parsing is libxml2's, which mends what is broken; furniture is told by elements
(nav, footer, script), roles and names of classes (cookie, share, related), as sites write them.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from qa.errors import ReadError
from qa.read.shapes import RANGE, name_shaped
from qa.read.source import File

Element: TypeAlias = Any  # lxml.etree._Element; lxml has no types of its own

MAX_CHARACTERS = 16 * 2**20  # of HTML without the pictures inside it
MAX_TAGS = 600_000  # about 400 bytes of memory each; a long interview has 5,000
_FEWEST_NAMES = 4  # elements of a class
_CHARSET = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w-]{2,40})""", re.IGNORECASE)
_START = re.compile(
    r"\s*<(?:!doctype html|html|head|body|meta|title|article|div|p|table|dl|h[1-6]|section|main|pre|ul|ol|b|strong"
    r"|center|font|span|cite|!--)\b",
    re.IGNORECASE,
)
_DATA = re.compile(r"data:[\w/+.-]{1,80};base64,[A-Za-z0-9+/=\s]*")
_HUGE_TAG = re.compile(r"<([A-Za-z][\w-]{0,40})\s[^<>]{8192,}>?")  # libxml2 compares each attribute with all others
_TAG = re.compile(r"<(?:p|br|div|b|strong|li|td|dt|dd|h[1-6]|span|pre|body|cite|time)\b", re.IGNORECASE)
_BLOCKS = frozenset(
    """address article aside blockquote body center dd details dialog div dl dt fieldset figcaption figure footer form
    h1 h2 h3 h4 h5 h6 header hr li main nav ol option p pre section summary table tbody td tfoot th thead tr ul
    br""".split()
)
HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_BOLD = frozenset(("b", "strong"))
_ITALIC = frozenset(("i", "em", "small", "cite"))
_NEVER = frozenset(
    """script style noscript template svg math head nav aside footer button select option iframe object embed audio
    video canvas map figcaption input textarea dialog picture source track""".split()
)
_ROLES = frozenset("navigation banner contentinfo complementary search dialog alert menu menubar toolbar".split())
_JUNK = frozenset(
    """cookie cookies consent gdpr share sharing sharebar social sidebar related recommended recommendations recirc
    newsletter subscribe subscription promo promotion advert adverts ads ad advertisement advertising sponsored
    breadcrumb breadcrumbs menu navbar navigation nav footer comments respond disqus popup modal overlay pagination
    pager tags taglist caption captions toc masthead toolbar tooltip widget widgets outbrain taboola trending popular
    login signup donate donation pullquote hidden byline bio credit credits copyright masha teaser teasers readmore
    paywall survey feedback skip print initials avatar userpic""".split()
)
_UNSEEN = "*"
# One name of a class: "speaker", "transcript-speaker", "speaker_name"; not "speaker-1" or "speaker-text".
_SPEAKER = re.compile(
    r"(?:.*[^a-z])?(?:(?:speaker|interlocutor|participant|talker|who|voice|person|orator|interviewer|interviewee|spk)"
    r"(?:[^a-z]?(?:name|label|title|tag|id))?|ts-name|primary-text|attributed-to|(?:author|user|sender|display|from)[^a-z]?name)"
)
_CLOCK = re.compile(r"(?:^|[^a-z])(?:time|timestamp|timecode|tc|ts|stamp|clock)(?:[^a-z]|$)")
_IS_CLOCK = re.compile(rf"\W{{0,20}}{RANGE}\W{{0,20}}")
_ASKED = re.compile(r"([QA])(?:\u00a0[\s\u00a0]{0,20}|\s{0,5}\u00a0[\s\u00a0]{0,20}|[ \t]{2,20})(?=[^\s\u00a0])")
_INVISIBLE = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff\u00ad\u200e\u200f"))


@dataclass
class Block:
    """One block of text.

    Attributes:
        text: whitespace normalised.
        tag: the element that holds it, "p".
        element: that element.
        lead: the text of a marked run at its beginning, "Nora Ekdal:".
        lead_kind: "bold", "speaker" or "named" (by its class), how that run is marked; "" without one.
        time: of an element that holds nothing else, "00:12".
        linked: characters inside links.
        italic: characters in italics.
        marked: characters in italics, in bold or inside links, blanks not counted.
        soft: it goes on in the line of the block before.
        after_rule: a horizontal rule stands before it.
    """

    text: str
    tag: str
    element: Element
    lead: str = ""
    lead_kind: str = ""
    time: str = ""
    linked: int = 0
    italic: int = 0
    soft: bool = False
    after_rule: bool = False
    marked: int = 0

    @property
    def is_links(self) -> bool:
        """Nearly all of it is links: a menu, a list of other articles."""
        return self.linked > 0.8 * len(self.text)

    @property
    def is_bold(self) -> bool:
        """All of it is in bold type: a label, a question, a heading of no rank."""
        return self.lead_kind == "bold" and len(self.lead) >= len(self.text)

    @property
    def is_centred(self) -> bool:
        """It is set in the middle of the line, as headings and stage directions of records are."""
        around = [self.element, *([self.element.getparent()] if self.element.getparent() is not None else [])]
        return any(
            one.tag == "center"
            or (one.get("align") or "").casefold() == "center"
            or bool(re.search(r"text-align\s*:\s*center", one.get("style") or ""))
            or bool(re.search(r"(?:^|[\s-])(?:text)?-?(?:center|centered|centred)(?:\s|$)", one.get("class") or ""))
            for one in around
            if one.tag not in ("body", "html")
        )

    @property
    def is_italic(self) -> bool:
        """All of it is in italics: an editor's note."""
        return self.italic > 0.95 * len(self.text)

    @property
    def is_all_marked(self) -> bool:
        """Begun in italics and nothing of it in plain type: a note with links and names in bold."""
        return self.is_italic or (self.italic > 0 and self.marked > 0.95 * len("".join(self.text.split())))


def decode_html(file: File) -> tuple[str, int]:
    """The text of a page and how many characters could not be decoded: its mark, its own word, then as any text.

    Raises:
        ReadError: binary, or in no known encoding.
    """
    if not file.data or file.data.startswith((b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf")):
        return file.source.text, 0
    declared = _CHARSET.search(file.data[:8192])
    for encoding in ["utf-8", *([declared[1].decode("ascii")] if declared else [])]:
        try:
            return file.data.decode(encoding), 0
        except (UnicodeDecodeError, LookupError):
            continue
    try:
        return file.source.text, 0
    except ReadError:
        name = declared[1].decode("ascii") if declared else "utf-8"
        try:
            text = file.data.decode(name, "replace")
        except LookupError:
            text = file.data.decode("utf-8", "replace")
        lost = text.count("\ufffd")
        if not declared or lost > 0.02 * len(text) or b"\0" in file.data:
            raise
        return text, lost


def looks_like_html(file: File) -> bool:
    """It begins with a tag of HTML and has several; cheap, never raises."""
    head = file.data[:65536].decode("latin-1") if file.data else file.source.text[:65536] if file.is_text else ""
    if head.startswith(("\xff\xfe", "\xfe\xff")):
        head = file.source.text[:65536] if file.is_text else ""
    head = head.removeprefix("\xef\xbb\xbf").removeprefix("\ufeff")
    head = re.sub(r"^\s*<\?xml[^>]{0,200}\?>", "", head)
    whole = re.match(r"\s*(?:<!--.{0,2000}?-->\s*)*<(?:!doctype\s+html|html)\b", head, re.IGNORECASE | re.DOTALL)
    return bool(whole) or (bool(_START.match(head)) and len(_TAG.findall(head)) >= 2)


def parse_html(text: str, file: File) -> Element:
    """The page's tree; where it is nested too deeply, what stands before, and the file is told to break off.

    Raises:
        ReadError: more tags than are read, or nothing in it.
    """
    from lxml import etree

    text = _HUGE_TAG.sub(r"<\1>", _DATA.sub("", text.replace("\0", "")))
    if len(text) > MAX_CHARACTERS:
        raise ReadError(file.path, f"has more than {MAX_CHARACTERS:,} characters of HTML.", remedy="Split the file.")
    if text.count("<") > MAX_TAGS:
        raise ReadError(file.path, f"has more than {MAX_TAGS:,} tags.", remedy="Split the file.")
    parser = etree.HTMLParser(
        encoding="utf-8", huge_tree=True, recover=True, no_network=True, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(text.encode("utf-8", "replace"), parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise ReadError(file.path, "is HTML without any content.", remedy="Save the page again.") from error
    if root is None:
        raise ReadError(file.path, "is HTML without any content.", remedy="Save the page again.")
    deep = next((entry for entry in parser.error_log if "depth" in entry.message.casefold()), None)
    if deep is not None:
        file.breaks_off(f"line {deep.line}", "is nested too deeply")
    return root


def names_of(element: Element) -> str:
    """The element's classes, id and data marks in small letters, camelCase split."""
    raw = f"{element.get('class') or ''} {element.get('id') or ''} {element.get('itemprop') or ''}"
    return re.sub(r"(?<=[a-z])(?=[A-Z])", "-", raw[:400]).casefold()


def _names_speaker(names: str) -> bool:
    return any(_SPEAKER.fullmatch(name) for name in names.split())


def text_of(element: Element) -> str:
    """All its text, whitespace normalised."""
    return squeeze("".join(element.itertext()))


def squeeze(text: str) -> str:
    """Whitespace as single blanks, invisible characters gone."""
    return " ".join(text.translate(_INVISIBLE).split())


def blocks_of(root: Element, *, skip: Iterable[Element] = ()) -> list[Block]:
    """The blocks of a tree in the order of the page, without furniture."""
    return _Walk(root, frozenset(skip)).blocks()


@dataclass
class _Walk:
    root: Element
    skip: frozenset[Element]
    found: list[Block] = field(default_factory=list)
    parts: list[str] = field(default_factory=list)
    marks: list[tuple[int, str]] = field(default_factory=list)  # (part, kind): which parts are marked how
    linked: int = 0
    italic: int = 0
    marked: int = 0
    time: str = ""
    soft: bool = False
    rule: bool = False
    named: frozenset[str] = frozenset()  # classes whose elements hold names

    def blocks(self) -> list[Block]:
        from lxml import etree

        junk = self._junk()
        self.named = _classes_of_names(self.root, junk)
        owners = [self.root]
        inside: Counter[str] = Counter()
        walk = etree.iterwalk(self.root, events=("start", "end"))
        for event, element in walk:
            tag = element.tag if isinstance(element.tag, str) else ""
            block = tag in _BLOCKS
            if event == "start":
                if (junk(element) or not tag) and element is not self.root:
                    walk.skip_subtree()
                    inside["skipped"] += 1
                    continue
                if block:
                    self._flush(owners[-1])
                    self.rule = self.rule or tag == "hr"
                    owners.append(element)
                else:
                    self._begin(tag, element, inside, owners[-1])
                self._add(element.text, inside)
            elif inside["skipped"]:
                inside["skipped"] -= 1
                self._add(element.tail, inside)
            else:
                if block:
                    self._flush(owners.pop())
                else:
                    self._end(tag, element, inside)
                if element is not self.root:
                    self._add(element.tail, inside)
        self._flush(self.root)
        return self.found

    def _begin(self, tag: str, element: Element, inside: Counter[str], owner: Element) -> None:
        kind = self._kind(tag, element)
        if kind == "bold" and not inside["bold"] and _ends_label(element) and self._may_end():
            self._flush(owner)
            self.soft = True
        for name in (kind, "link" if tag == "a" else "", "italic" if tag in _ITALIC else ""):
            if name:
                inside[name] += 1

    def _may_end(self) -> bool:
        """There are words before, and a label may follow: after "to the" goes on what was begun."""
        before = next((part.rstrip() for part in reversed(self.parts) if part.strip()), "")
        return bool(before) and not _GOES_ON.search(before[-20:])

    def _end(self, tag: str, element: Element, inside: Counter[str]) -> None:
        for name in (self._kind(tag, element), "link" if tag == "a" else "", "italic" if tag in _ITALIC else ""):
            if name:
                inside[name] -= 1

    def _kind(self, tag: str, element: Element) -> str:
        names = names_of(element) if element.get("class") or element.get("itemprop") else ""
        if tag == "time" or (
            names and not len(element) and _CLOCK.search(names) and _IS_CLOCK.fullmatch(element.text or "")
        ):
            return "clock"
        if names and len(element) < 8 and _names_speaker(names):
            return "speaker"
        if tag == "cite" and (element.text or "").rstrip().endswith(":"):  # podcastindex.org's transcripts in HTML
            return "speaker"
        style = element.get("style") or ""
        if tag in _BOLD or re.search(r"font-weight\s*:\s*(?:bold|[6-9]00)", style):
            return "bold"
        return "named" if self._is_name(element) else ""

    def _is_name(self, element: Element) -> bool:
        return bool(self.named) and not len(element) and bool(self.named & set((element.get("class") or "").split()))

    def _add(self, text: str | None, inside: Counter[str]) -> None:
        if not text:
            return
        if inside["clock"]:
            self.time = self.time or squeeze(text)
            return
        kind = next((one for one in ("speaker", "bold", "named") if inside[one]), "")
        self.parts.append(text)
        self.marks.append((len(self.parts) - 1, kind))
        size = len(squeeze(text))
        self.linked += size if inside["link"] else 0
        self.italic += size if inside["italic"] else 0
        if inside["italic"] or inside["link"] or kind == "bold":
            self.marked += len("".join(text.split()))

    def _flush(self, owner: Element) -> None:
        raw = "".join(self.parts)
        asked = _ASKED.match(raw.lstrip()[:80])
        text = squeeze(raw)
        if asked:
            text = f"{asked[1]}: {text[1:].strip()}"
        if text:
            lead, kind = self._lead()
            tag = owner.tag if isinstance(owner.tag, str) else ""
            if not kind and owner.get("class") and _names_speaker(names_of(owner)) and len(text) <= 120:
                lead, kind = text, "speaker"
            elif not kind and self._is_name(owner):
                lead, kind = text, "named"
            self.found.append(
                Block(
                    text, tag, owner, lead, kind, self.time, self.linked, self.italic, self.soft, self.rule, self.marked
                )
            )
            self.rule, self.time = False, ""
        self.parts.clear()
        self.marks.clear()
        self.linked = self.italic = self.marked = 0
        self.soft = False

    def _lead(self) -> tuple[str, str]:
        """The marked run at the beginning of the block."""
        taken: list[str] = []
        first = ""
        for at, kind in self.marks:
            part = self.parts[at]
            if not part.strip() and (kind or not first):
                taken.append(part)
            elif kind and kind == (first or kind):
                first = kind
                taken.append(part)
            else:
                break
        return squeeze("".join(taken)), first

    def _junk(self) -> Any:
        """Tells furniture. A class that holds a good part of the page's text is none, whatever it is called."""
        sizes, total = _sizes(self.root)
        busy = {name for name, size in sizes.items() if size > 0.3 * total}

        def is_junk(element: Element) -> bool:
            tag = element.tag
            if element in self.skip or tag in _NEVER:
                return True
            if not element.attrib:
                return False
            if (element.get("role") or "") in _ROLES:
                return True
            return tag not in ("body", "html", "main", "article") and bool(_junk_names(element) - busy)

        return is_junk


def _classes_of_names(root: Element, junk: Any) -> frozenset[str]:
    """Classes whose elements hold nothing but names which come again and again."""
    from lxml import etree

    seen: dict[str, Counter[str]] = {}
    walk = etree.iterwalk(root, events=("start",))
    for _, element in walk:
        if element is not root and junk(element):
            walk.skip_subtree()
        elif element.attrib and not len(element) and (classes := element.get("class")):
            text = (element.text or "")[:100].strip(" :\n\t")
            for one in classes.split()[:8]:
                seen.setdefault(one, Counter())[text] += 1
    return frozenset(
        one
        for one, texts in seen.items()
        if texts.total() >= _FEWEST_NAMES
        and len(texts) >= 2
        and texts.total() >= 1.5 * len(texts)
        and all(2 <= len(text) <= 60 and text[0].isalpha() and name_shaped(text) for text in texts)
    )


def _junk_names(element: Element) -> set[str]:
    found = {_UNSEEN} if _is_unseen(element) else set()
    if not (element.get("class") or element.get("id")):
        return found
    words = set(re.split(r"[^a-z0-9]+", names_of(element)))
    return found if words & {"no", "has", "with", "without"} else found | (words & _JUNK)  # "has-sidebar"


def _is_unseen(element: Element) -> bool:
    """Not shown at first; a page may keep its transcript so until a button is pressed."""
    if element.get("hidden") is not None or element.get("aria-hidden") == "true":
        return bool(element.tag in _BLOCKS)
    return bool(re.search(r"display\s*:\s*none", element.get("style") or ""))


def _sizes(root: Element) -> tuple[Counter[str], int]:
    """Characters of text under each name of furniture, nested ones counted once, and of all."""
    from lxml import etree

    sizes: Counter[str] = Counter()
    total = 0
    stack: list[tuple[set[str], int]] = []
    for event, element in etree.iterwalk(root, events=("start", "end")):
        if event == "start":
            stack.append((_junk_names(element), total))
            total += len((element.text or "").strip()) if element.tag not in _NEVER else 0
        else:
            names, before = stack.pop()
            for name in names:
                sizes[name] += total - before
            total += len((element.tail or "").strip())
    return sizes, max(1, total)


# "NORA EKDAL (Labour) to the <b>Minister for Rail</b>: Will the Minister ..."
_GOES_ON = re.compile(
    r"(?:^|\s)(?:to|the|an?|of|by|for|with|and|au|aux|à|de|du|des|la|le|les|an|den|der|die|das|dem|zu|zum|zur|al|el|del|y|к|и)$",
    re.IGNORECASE,
)


def _ends_label(element: Element) -> bool:
    """A bold run that ends in a colon, or right before one: it may be a label in the middle of a line."""
    text = text_of(element)
    return (
        len(text.strip(": ")) > 0
        and len(text) <= 80
        and (text.endswith(":") or (element.tail or "").lstrip().startswith(":"))
    )


def ancestors(element: Element, limit: int = 120) -> list[Element]:
    """The element and those around it, innermost first."""
    found = [element]
    while (parent := found[-1].getparent()) is not None and len(found) < limit:
        found.append(parent)
    return found


def common_ancestor(elements: Sequence[Element]) -> Element:
    """The innermost element that holds all of them."""
    shared = ancestors(elements[0])
    for element in elements[1:]:
        around = set(ancestors(element))
        while shared and shared[0] not in around:
            shared.pop(0)
    return shared[0] if shared else elements[0].getroottree().getroot()


def signature(element: Element, top: Element) -> tuple[str, ...]:
    """The names of the tags from below `top` down to the element."""
    return tuple(reversed([one.tag for one in _until(element, top)]))


def _until(element: Element, top: Element) -> Iterator[Element]:
    for one in ancestors(element):
        if one is top:
            return
        yield one
