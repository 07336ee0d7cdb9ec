"""XML made safe: one door to lxml for all readers of markup.

Nothing is fetched, no DTD is read and no entity is expanded: the document type is cut off before
parsing, and of entities only those that stand for one character (`&mdash;`, `&nbsp;`, or an
`<!ENTITY ndash "&#8211;">` of the file's own) are put in as that character.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Collection, Iterator
from html.entities import html5
from typing import Any, TypeAlias

from qa.errors import ReadError
from qa.read.source import File

Element: TypeAlias = Any  # lxml.etree._Element; lxml has no types of its own

_MAX_TAGS = 3_000_000  # about 100 bytes of memory each; a day of a parliament has 20,000
_MAX_ENTITIES = 2_000_000
_HEAD = 64 * 1024
_SAFE: dict[str, Any] = {
    "resolve_entities": False, "no_network": True, "load_dtd": False, "remove_comments": True, "remove_pis": True,
    "huge_tree": False,
}  # fmt: skip
# Not broken, but not to be read.
_BEYOND = (
    (re.compile(r"Entity "), "uses an entity of its own, and those are not read.", "Write its text out."),
    (re.compile(r"Excessive depth"), "is nested too deeply.", "Correct the file."),
    (re.compile(r".*XML_PARSE_HUGE"), "holds a longer text or name than is read.", "Split the file."),
)
_MAX_PROLOG = 2**20
_WIDE = (b"\xff\xfe", b"\xfe\xff")
_ROOT = re.compile(rb"<(?:[\w.-]{1,40}:)?([A-Za-z_][\w.-]{0,60})(?=[\s/>]|$)")
_SPACE = re.compile(rb"\s*")
_DECLARATION = re.compile(rb"\s*<\?xml[^>]*\?>")
_ENTITY = re.compile(rb"""<!ENTITY\s+([\w.-]+)\s+(["'])([^"'<]{1,40})\2\s*>""")
_NAMED = re.compile(rb"&([A-Za-z][\w.-]{0,40});")
_AMPERSAND = re.compile(rb"&(?!(?:[A-Za-z_][\w.-]{0,60}|#\d{1,7}|#x[0-9A-Fa-f]{1,6});)")
_CONTROL = re.compile(
    rb"[\x00-\x08\x0b\x0c\x0e-\x1f]|&#(?:0*(?:[0-8]|1[1-24-9]|2\d|3[01])|x0*(?:[0-8bcefBCEF]|1[0-9a-fA-F]));"
)
_PLAIN = frozenset((b"lt", b"gt", b"amp", b"quot", b"apos"))
_ITALIC = frozenset(("i", "I", "em", "inline", "hi", "emph"))
_GLUE, _GAP = "\x00", "\x01"  # neither can stand in XML
_CLOSING = re.escape(".,;:!?…)]}»”%")
_BRACKETED = re.compile(r"(?:\([^()]*\)|\[[^\[\]]*\])[\s.,;:]*")


def root_tag(file: File) -> str:
    """The name of the first element without its prefix; "" when the file is no XML. Cheap, never raises."""
    match = _root(file, _HEAD)
    if match is None and b"<!DOCTYPE" in _head(file, 1024).upper():  # its declarations may be longer than the head
        match = _root(file, _MAX_PROLOG + 1024)
    return match[1].decode("utf-8", "ignore") if match else ""


def _root(file: File, size: int) -> re.Match[bytes] | None:
    head = _head(file, size)
    return _ROOT.match(head, _prolog(head)[0])


def _head(file: File, size: int) -> bytes:
    if file.data.startswith(_WIDE):
        return file.data[:size].decode("utf-16", "ignore").encode()
    if file.data:
        return file.data[:size].removeprefix(b"\xef\xbb\xbf")
    return file.source.text[:size].encode("utf-8", "ignore")


def _prolog(data: bytes) -> tuple[int, tuple[int, int] | None]:
    """Where the first element may begin, and where the document type stands before it."""
    at, doctype = 0, None
    while True:
        space = _SPACE.match(data, at)
        at = space.end() if space else at
        if data.startswith(b"<?", at):
            end = data.find(b"?>", at) + 2
        elif data.startswith(b"<!--", at):
            end = data.find(b"-->", at) + 3
        elif data[at : at + 9].upper() == b"<!DOCTYPE":
            subset, close = data.find(b"[", at), data.find(b">", at)
            if 0 <= subset < close:
                close = data.find(b">", max(subset, data.find(b"]", subset)))
                while close > 0 and data[max(subset, close - 99) : close].rstrip()[-1:] != b"]":  # ends a declaration
                    close = data.find(b">", close + 1) if close < _MAX_PROLOG else -1
            end = close + 1
            doctype = (at, end)
        else:
            return at, doctype
        if end <= at or end > _MAX_PROLOG:
            return len(data), None
        at = end


def parse_xml(file: File) -> Element:
    """The root element, without comments and processing instructions; of a broken file what stands before the break.

    Raises:
        ReadError: nothing of it is well-formed, nested too deeply, entities of its own, or with more tags than are
            read.
    """
    from lxml import etree

    data = _prepared(file)
    if data.count(b"<") > _MAX_TAGS:
        raise ReadError(file.path, f"has more than {_MAX_TAGS:,} tags.", remedy="Split the file.")
    try:
        return etree.fromstring(data, etree.XMLParser(**_SAFE))
    except etree.XMLSyntaxError as error:
        line, column = error.position
        problem = re.sub(r", line \d+, column \d+$", "", "; ".join(str(error.msg).split("\n"))[:160])
        place = f"line {line}, column {column}"
        for pattern, told, remedy in _BEYOND:
            if pattern.match(problem):
                raise ReadError(file.path, told, remedy=remedy, place=place) from error
        problem, whole = f"is not well-formed XML ({problem})", _until_break(data)
        if whole is None:
            raise ReadError(file.path, f"{problem}.", remedy="Correct the file.", place=place) from error
        file.breaks_off(place, problem)
        return whole
    except (LookupError, ValueError) as error:
        raise ReadError(
            file.path, "is XML that cannot be decoded.", remedy="Save it as UTF-8 with matching declaration."
        ) from error


def _until_break(data: bytes) -> Element | None:
    """What was parsed when the first error came; None where no element had ended.

    Where an end tag is missing, the element that it would have ended is left out: somebody else's words may stand
    in it.
    """
    from lxml import etree

    parser = etree.XMLPullParser(("start", "end"), **_SAFE)
    code = 0
    try:
        parser.feed(data)
        parser.close()
    except etree.XMLSyntaxError as error:
        code = error.code
    root, ended = None, 0
    around: list[Element] = []
    for event, element in parser.read_events():
        root = element if root is None else root
        if event == "start":
            around.append(element)
        else:
            around.pop()
            ended += 1
    if code == etree.ErrorTypes.ERR_TAG_NAME_MISMATCH and len(around) > 1:
        around[-2].remove(around[-1])
    return root if ended else None


def _prepared(file: File) -> bytes:
    """The file's bytes with its entities of one character put in and its document type cut off."""
    data = file.data
    declared = b"encoding" in data[:200] and not data.startswith(_WIDE)
    if not data or not (declared or data.isascii()):  # UTF-8, or what can be told for sure
        data = file.source.text.encode("utf-8", "replace")
        # Its declaration names the encoding the file came in, which is ours no longer.
        data = _DECLARATION.sub(lambda found: _as_lines(found.group()), data, count=1)
    data = data.removeprefix(b"\xef\xbb\xbf").lstrip()
    own: dict[bytes, str] = {}
    _, doctype = _prolog(data)
    if doctype is not None:
        declarations = data[slice(*doctype)]
        for name, _, value in _ENTITY.findall(declarations):
            text = html.unescape(value.decode("utf-8", "replace"))
            if len(text) <= 2 and (len(text) == 1 or "&" not in text):
                own[name] = text
        data = data[: doctype[0]] + _as_lines(declarations) + data[doctype[1] :]

    if data.count(b"&") > _MAX_ENTITIES:
        raise ReadError(file.path, f"has more than {_MAX_ENTITIES:,} entities.", remedy="Split the file.")
    first, *others = data.split(b"<![CDATA[")
    found = [_put_in(first, own)]
    for part in others:
        verbatim, end, rest = part.partition(b"]]>")
        found += [b"<![CDATA[", verbatim, end, _put_in(rest, own)]
    return _without_controls(b"".join(found), file)


def _put_in(data: bytes, own: dict[bytes, str]) -> bytes:
    """With entities of one character as that character, and an ampersand that begins none as itself."""

    def one(found: re.Match[bytes]) -> bytes:
        name = found[1]
        text = None if name in _PLAIN else own.get(name) or html5.get(f"{name.decode()};")
        return found[0] if text is None else "".join(f"&#{ord(ch)};" for ch in text).encode()

    return _AMPERSAND.sub(b"&amp;", _NAMED.sub(one, data))


def _without_controls(data: bytes, file: File) -> bytes:
    """Without the characters that XML does not allow; that there were some is told."""
    clean, many = (data, 0) if data.startswith(_WIDE) else _CONTROL.subn(b"", data)
    if many:
        first = _CONTROL.search(data)
        line = data.count(b"\n", 0, first.start() if first else 0) + 1
        file.problems.append(f"line {line}: {many} character(s) that XML does not allow, here and later, left out.")
    return clean


def _as_lines(data: bytes) -> bytes:
    """Nothing but its line breaks, so that the places of later errors hold."""
    return b"\n" * data.count(b"\n")


def local(element: Element) -> str:
    """The element's name without its namespace; "" for what is no element."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def attribute(element: Element, name: str) -> str | None:
    """An attribute by its name without namespace: `id` finds `xml:id`."""
    value = element.get(name)
    if value is None:
        value = next((v for k, v in element.attrib.items() if str(k).rpartition("}")[2] == name), None)
    return None if value is None else str(value)


def words_of(element: Element, limit: int = 100_000) -> str:
    """The text below the element, whitespace as single blanks, no more than about `limit` characters."""
    parts, length = [], 0
    for part in element.itertext():
        parts.append(str(part))
        length += len(part)
        if length > limit:
            break
    return " ".join("".join(parts).split())


def readable(id_: str) -> str:
    """An id that is made of a name, as a name: "NovakJan" as "Novak Jan", "ida-ekdal" as "Ida Ekdal"."""
    if len(id_) > 100 or id_.isupper() or any(not ch.isalpha() and ch not in "-_." for ch in id_):
        return id_
    apart = "".join(
        f" {ch}" if ch.isupper() and n and id_[n - 1].islower() and id_[max(0, n - 2) : n] != "Mc" else ch
        for n, ch in enumerate(id_)
    )
    parts = [part for part in re.split(r"[\s_.-]+" if apart.islower() else r"[\s_.]+", apart) if part]
    return " ".join(part[:1].upper() + part[1:] for part in parts) if len(parts) > 1 else id_


class Descent:
    """("start" | "end", element) of everything below an element, itself included; no recursion.

    Args:
        skip: names of elements whose inside is not entered; their two events still come.
    """

    def __init__(self, element: Element, skip: Collection[str] = ()) -> None:
        self._root = element
        self._skip = skip
        self._left = False

    def __iter__(self) -> Iterator[tuple[str, Element]]:
        stack: list[tuple[Element, Iterator[Element]]] = [(None, iter((self._root,)))]
        while stack:
            parent, children = stack[-1]
            child = next(children, None)
            if child is None:
                stack.pop()
                if parent is not None:
                    yield "end", parent
            elif local(child):
                yield "start", child
                if self._left:
                    self._left = False
                else:
                    stack.append((child, self._inside(child)))

    def leave(self) -> None:
        """Of the element that has just begun nothing further comes, neither its inside nor its end."""
        self._left = True

    def _inside(self, element: Element) -> Iterator[Element]:
        return iter(()) if local(element) in self._skip else iter(element)


def is_direction(element: Element) -> bool:
    """An italic run that holds nothing but one bracket: "(Applause.)", "[Interruption]"."""
    return local(element) in _ITALIC and bool(_BRACKETED.fullmatch(words_of(element, 300)))


class Text:
    """Words gathered from markup: runs of one paragraph, whitespace normalised, paragraphs apart."""

    def __init__(self) -> None:
        self._parts: list[str] = []

    def add(self, text: str | None) -> None:
        """Text as it stands between two tags."""
        if text:
            self._parts.append(text.replace("\n", " ").replace("\r", " "))

    def paragraph(self) -> None:
        """What follows begins a new paragraph."""
        self._parts.append("\n")

    def gap(self) -> None:
        """Something was left out here: a blank, unless a closing mark follows."""
        self._parts.append(_GAP)

    def glue(self) -> None:
        """No blank stands between what was added and what follows."""
        self._parts.append(_GLUE)

    def take(self) -> str:
        """All of it, and begin anew."""
        raw, self._parts = re.sub(r"[^\S\n]+", " ", "".join(self._parts)), []
        first, *others = raw.split(_GLUE)
        raw = "".join([first.rstrip() if others else first, *(part.strip() for part in others[:-1])])
        raw += others[-1].lstrip() if others else ""
        raw = re.sub(f"{_GAP}+(?=[{_CLOSING}])", "", re.sub(f" ?{_GAP} ?", _GAP, raw)).replace(_GAP, " ")
        found: list[str] = []
        for line in (" ".join(part.split()) for part in raw.split("\n")):
            if not line:
                continue
            # A paragraph cut by a page break or a noise in the middle of its sentence runs on.
            if found and line[0].islower() and found[-1][-1] not in '.!?…:;"”»)':
                found[-1] = f"{found[-1]} {line}"
            else:
                found.append(line)
        return "\n".join(found)


def spoken(
    element: Element,
    *,
    silent: Collection[str],
    blocks: Collection[str],
    dropped: list[str],
    left_out: Callable[[Element], bool] = is_direction,
) -> str:
    """The words of one speech element, one paragraph a line.

    Args:
        silent: names of elements inside that are no speech; their words go to `dropped`.
        blocks: names of elements that are paragraphs of their own.
        left_out: tells further elements that are no speech.
    """
    text = Text()
    walk = Descent(element, silent)
    for event, one in walk:
        name = local(one)
        if event == "start" and (one is element or not (name in silent or left_out(one))):
            if name in blocks:
                text.paragraph()
            elif name in ("br", "lb", "eol"):
                text.gap()
            text.add(one.text)
            continue
        if event == "start":
            walk.leave()
            if words := words_of(one):
                dropped.append(words)
            text.gap()
        if one is not element:
            if name in blocks:
                text.paragraph()
            text.add(one.tail)
    return text.take()
