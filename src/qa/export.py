"""Answers to files for other programs and for print: Markdown, JSON, CSL-JSON, BibTeX, plain text.

Sources: CommonMark 0.31 (escapes); CSL-JSON, the schema csl-data.json of CSL 1.0.2, github.com/citation-style-language;
BibTeX, Oren Patashnik, "BibTeXing", 1988, with UTF-8 as biber reads it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, fields, is_dataclass, replace
from datetime import date
from pathlib import PurePath
from typing import Any, TypeVar
from urllib.parse import quote as percent
from urllib.parse import urlsplit

from qa import names, words
from qa.errors import UsageError
from qa.types import Answer, Citation, TranscriptInfo

_Any = TypeVar("_Any")

FORMS = ("markdown", "json", "csl-json", "bibtex", "plain")
MEDIA_TYPES = {
    "markdown": "text/markdown",
    "json": "application/json",
    "csl-json": "application/vnd.citationstyles.csl+json",
    "bibtex": "application/x-bibtex",
    "plain": "text/plain",
}
UNCERTAIN = "speaker uncertain"
ENDINGS = {"markdown": ".md", "json": ".json", "csl-json": ".csl.json", "bibtex": ".bib", "plain": ".txt"}

_MARKDOWN = re.compile(r"([\\`*_{}\[\]<>#|~&$!])|(:)(?=//)|^([+\-=]|\d+[.)])", re.MULTILINE)
_BIBTEX = {
    "\\": r"\textbackslash{}", "{": r"\{", "}": r"\}", "&": r"\&", "%": r"\%", "$": r"\$", "#": r"\#", "_": r"\_",
    "~": r"\textasciitilde{}", "^": r"\textasciicircum{}",
}  # fmt: skip
_HEARING = re.compile(r"\bhearings?\b|\bcommittee\b|\bslyšení\b|\bслушани\w*|\bкомитет\w*", re.IGNORECASE)
_INTERVIEW = re.compile(r"\binterview\w*|\bpodcast\b|\bинтервью\b", re.IGNORECASE)
_SUFFIX = re.compile(r"(?:Jr|Sr)\.?|I{2,3}|IV")
_NO_NAME = re.compile(r"\d|_|\bspeaker\b|\bunknown\b|\bvoice\b|\bquestion\b", re.IGNORECASE)


def export(answers: Answer | Sequence[Answer], form: str) -> str:
    """One answer, or those of a conversation in order, as text of some form, ending in a line break.

    Args:
        form: "markdown", "json" (the fields of `Answer`; a list for a conversation), "csl-json" and "bibtex" (an
            entry for each person and transcript quoted, the quotations as its note), or "plain" (for print).

    Raises:
        UsageError: there is no such form.
    """
    several = (answers,) if isinstance(answers, Answer) else tuple(answers)
    writers: dict[str, Callable[[], str]] = {
        "markdown": lambda: _markdown(several),
        "json": lambda: _json(asdict(answers) if isinstance(answers, Answer) else [asdict(one) for one in several]),
        "csl-json": lambda: _json(csl_items(several)),
        "bibtex": lambda: _bibtex(several),
        "plain": lambda: _plain(several),
    }
    return writers[checked(form)]().rstrip("\n") + "\n"


def checked(form: str) -> str:
    """The form, if there is one of that name. Raises UsageError."""
    if form not in FORMS:
        raise UsageError(f'No form "{form}" to export to. Choose one of {", ".join(FORMS)}.')
    return form


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2)


# ------------------------------------------------------------------ Markdown


def _markdown(answers: Sequence[Answer]) -> str:
    parts = []
    for answer in answers:
        parts.append(f"## {_md(answer.question) or 'No question'}")
        if answer.standalone and words.squeeze(answer.standalone) != words.squeeze(answer.question):
            parts.append(f"*Understood as: {_md(answer.standalone)}*")
        if not answer.found:
            parts.append(_md(_lead(answer)))
        elif not answer.citations:
            parts += [_md(line) for line in answer.text.splitlines() if line.strip()]
        parts += [_md_quote(citation) for citation in answer.citations]
        if answer.elsewhere:
            parts.append("### Said by others")
            parts += [_md_quote(citation) for citation in answer.elsewhere]
    return "\n\n".join(parts)


def _md_quote(citation: Citation) -> str:
    name = f"**{_md(citation.speaker)}**{doubt(citation)}" if citation.speaker else "The page itself"
    title = f"*{_md(citation.title)}*" if citation.title.strip() else ""
    facts = [name, _md(citation.role or ""), title, _md(citation.place or ""), _md(_day(citation.date)), _at(citation)]
    address = web_address(citation)
    source = f". [Source](<{address}>)" if address else ""
    return f"> “{_md(citation.quote)}”\n>\n> — {', '.join(fact for fact in facts if fact)}{source}"


def _md(text: str) -> str:
    """The text in one line, with nothing in it that Markdown or HTML would take for markup."""
    return _MARKDOWN.sub(lambda match: _escaped_md(match.group()), _printable(text))


def _escaped_md(found: str) -> str:
    return f"{found[:-1]}\\{found[-1]}"


# ------------------------------------------------------------------ for print


def _plain(answers: Sequence[Answer]) -> str:
    parts = []
    for answer in answers:
        lines = [_plain_quote(citation) for citation in answer.citations]
        if not answer.found:
            lines = [_printable(_lead(answer)), *map(_plain_quote, answer.elsewhere)]
        elif not lines:
            lines = [_printable(line) for line in answer.text.splitlines() if line.strip()]
        head = [_printable(answer.question)] if len(answers) > 1 or not answer.found else []
        parts.append("\n\n".join([*head, *lines]))
    return "\n\n\n".join(parts)


def _plain_quote(citation: Citation) -> str:
    who = f"{_printable(citation.speaker) or 'The page itself'}{doubt(citation)}"
    facts = [who, _printable(citation.role or ""), _printable(citation.title), _printable(citation.place or ""),
             _day(citation.date), _at(citation)]  # fmt: skip
    return f"“{_printable(citation.quote)}”\n— {', '.join(fact for fact in facts if fact)}"


# ------------------------------------------------------------------ bibliographies


def csl_items(answers: Iterable[Answer]) -> list[dict[str, Any]]:
    """An item of CSL-JSON for each person and transcript quoted, in order of appearance."""
    items = []
    for key, citations in _by_talk(answers):
        first = citations[0]
        item: dict[str, Any] = {"id": key, "type": _csl_type(first), "title": _printable(first.title) or key}
        if first.speaker:
            item["author"] = [_csl_name(_printable(first.speaker))]
        if first.role:
            item["genre"] = _printable(first.role)
        when = _date(first.date)
        if when:
            item["issued"] = {"date-parts": [[when.year, when.month, when.day]]}
        if first.place:
            item["event-place"] = _printable(first.place)
        address = web_address(first)
        if address:
            item["URL"] = address
        item["note"] = " ".join(f"“{_printable(citation.quote)}”{doubt(citation)}" for citation in citations)
        items.append(item)
    return items


def _csl_type(citation: Citation) -> str:
    if not citation.speaker:
        return "webpage" if web_address(citation) else "document"
    if _INTERVIEW.search(citation.title):
        return "interview"
    return "hearing" if _HEARING.search(citation.title) else "speech"


def _csl_name(name: str) -> dict[str, str]:
    parts = _name_parts(name)
    if parts is None:
        return {"literal": name}
    given, family, suffix = parts
    return {"family": family, "given": given, **({"suffix": suffix} if suffix else {})}


def _name_parts(name: str) -> tuple[str, str, str] | None:
    """(given, family, suffix): the family name is the last word, with particles in small letters before it.

    None for labels, single words and scripts that put the family name first.
    """
    found = name.split()
    if len(found) < 2 or _NO_NAME.search(name) or not all(ord(ch) < 0x0590 for ch in name) or "," in name:
        return None
    suffix = found.pop() if len(found) > 2 and _SUFFIX.fullmatch(found[-1]) else ""
    at = len(found) - 1
    while at > 1 and found[at - 1].islower():
        at -= 1
    return " ".join(found[:at]), " ".join(found[at:]), suffix


def _bibtex(answers: Sequence[Answer]) -> str:
    entries = []
    for key, citations in _by_talk(answers):
        first = citations[0]
        when = _date(first.date)
        notes = " ".join(f"“{_tex(citation.quote)}”{doubt(citation)}" for citation in citations)
        address = web_address(first)
        facts = {
            "author": _tex_name(_printable(first.speaker)) if first.speaker else "",
            "title": f"{{{_tex(first.title) or key}}}",
            "year": str(when.year) if when else "",
            "month": str(when.month) if when else "",
            "day": str(when.day) if when else "",
            "address": _tex(first.place or ""),
            "type": _tex(first.role or ""),
            "url": address,
            "note": notes,
        }
        lines = "".join(f"  {name} = {{{value}}},\n" for name, value in facts.items() if value)
        entries.append(f"@misc{{{key},\n{lines}}}")
    return "\n\n".join(entries)


def _tex_name(name: str) -> str:
    parts = _name_parts(name)
    if parts is None or " and " in name:
        return f"{{{_tex(name)}}}"
    given, family, suffix = (_tex(part) for part in parts)
    return ", ".join(part for part in (family, suffix, given) if part)


def _tex(text: str) -> str:
    return "".join(_BIBTEX.get(ch, ch) for ch in _printable(text))


def _by_talk(answers: Iterable[Answer]) -> list[tuple[str, list[Citation]]]:
    """(key, citations) for each person and transcript; the key is unique, plain ASCII."""
    talks: dict[tuple[str, str], list[Citation]] = {}
    for answer in answers:
        for citation in (*answer.citations, *answer.elsewhere):
            listed = talks.setdefault((citation.transcript_id, citation.speaker), [])
            if all(other.quote != citation.quote for other in listed):
                listed.append(citation)
    taken: set[str] = set()
    found = []
    for citations in talks.values():
        plain = _key(citations[0])
        key = next(k for k in (plain, *(f"{plain}-{n}" for n in range(2, len(talks) + 2))) if k not in taken)
        taken.add(key)
        found.append((key, citations))
    return found


def _key(citation: Citation) -> str:
    parts = _name_parts(citation.speaker)
    who = parts[1] if parts else citation.speaker or citation.title
    plain = names.key(who)[:40] or "quoted"
    return f"{plain}{citation.date[:4] if _date(citation.date) and citation.date else ''}"


# ------------------------------------------------------------------ small things


def web_address(citation: Citation) -> str:
    """The published source, safe between brackets and braces; "" where it is a file."""
    address = citation.source or ""
    try:
        parts = urlsplit(address)
    except ValueError:
        return ""
    if parts.scheme not in {"http", "https"} or not parts.netloc or re.search(r"[\s\x00-\x1f\x7f]", address):
        return ""
    return percent(address, safe=":/?#@!$&'*+,;=%~-._[]", errors="replace")


def doubt(citation: Citation) -> str:
    """What to write after the name where who speaks is a guess; "" where it is not."""
    return f" ({UNCERTAIN})" if citation.uncertain else ""


def file_name(source: str | None) -> str | None:
    """A web address as it is; of a file its bare name, for folders tell of the machine, not of the words."""
    if not source or re.match(r"https?://", source, re.IGNORECASE):
        return source
    return PurePath(source.replace("\\", "/")).name or source


def at_home(value: _Any) -> _Any:
    """The same, with bare names for the paths of files, however deep: for everybody who asks from elsewhere."""
    if isinstance(value, Citation | TranscriptInfo):
        return replace(value, source=file_name(value.source))
    if isinstance(value, tuple | list):
        return type(value)(at_home(one) for one in value)
    if is_dataclass(value) and not isinstance(value, type):
        return replace(value, **{field.name: at_home(getattr(value, field.name)) for field in fields(value)})
    return value


def _lead(answer: Answer) -> str:
    """Of an answer that was not found, the sentence that says so; the lines after it quote others."""
    return answer.text.split("\n", 1)[0] if answer.elsewhere else answer.text


def _day(iso: str | None) -> str:
    when = _date(iso)
    return f"{when.day} {when:%B} {when.year}" if when else _printable(iso or "")


def _date(iso: str | None) -> date | None:
    try:
        return date.fromisoformat(iso) if iso else None
    except ValueError:
        return None


def _at(citation: Citation) -> str:
    """Where in the recording, where that is known."""
    if citation.start_s is None or not 0 <= citation.start_s < 1e7:
        return ""
    minutes, seconds = divmod(int(citation.start_s), 60)
    hours, minutes = divmod(minutes, 60)
    return f"at {hours}:{minutes:02}:{seconds:02}" if hours else f"at {minutes}:{seconds:02}"


def _printable(text: str) -> str:
    """One line without control characters and marks that turn the direction of writing."""
    return words.squeeze("".join(ch if ch.isprintable() else " " for ch in text))
