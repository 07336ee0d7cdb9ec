"""Short labels to the full names that the page itself gives: initials, and a title with a surname.

    Teo Abara ... TA         the initials of one label that is a name, or of one name in the page's own words
    P.                       the one voice that begins so, "Pregunta"
    El señor MATOS LEAL      a name behind a form of address of another language (`address`)
    MS. WHITLOW, Mr de Vos   one "Dana Whitlow", one "Jan de Vos" in the page's own words (title, head, headings)
    Mr. LEAL of Ohio         one "Ana Leal of Ohio", or "ANA LEAL, Ohio", though there is a Leal of Utah, too
    Teo                      the given name of one label, "Teo Abara", or of one whom the head lists as taking part
    The Chairman             the one whom the head lists so: "LEA MARCHAND, Ohio, Chairman", "Lea Marchand (Chair)",
                             or who presides by another line or label (`chairs`)

Only where one name fits and no other; what people say is no evidence, they speak of relatives, too.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace

from qa import speakers, words
from qa.names import NO_NAMES, is_role_noun, is_voice, key, written_out
from qa.read.address import addressed, held_office, is_short_office, office_alone, surname_of
from qa.read.cast import Listed, cast_of, without_letters
from qa.read.chairs import holders as holders_of
from qa.read.chairs import seat
from qa.read.labels import initials
from qa.read.shapes import Label

_INITIALS = re.compile(r"[^\W\d_](?:\.?\s?[^\W\d_]){1,3}\.?")
# "The Minister for Ferries (Gwen Albee)"
_OFFICE_HOLDER = re.compile(
    r"(?P<office>[^()]{3,100}\S) \((?P<name>(?!Hon|The |For )[A-ZÀ-ÞŠŽА-ЯЁ][\w'’-]+(?: [A-ZÀ-ÞŠŽА-ЯЁ][\w'’.-]*){1,3})\)"
)
_KNIGHTED = re.compile(r"(?:the )?(?:dame|sir) (?=\S+$)", re.IGNORECASE)  # "Dame Nora" is called by the given name
_RUN = re.compile(r"[^\W\d_][\w'’-]*\.?(?:[ \u00a0]+[^\W\d_][\w'’-]*\.?)*")
_NAME_WORD = re.compile(r"[^\W\d_](?:[\w'’-]+|\.)")
_ELIDED = re.compile(r"d['’](?=[^\W\d_a-z])")  # "Teo d'Abara"
_CONTRACTED = re.compile(r"['’](?:m|ve|ll|re|d|t)$")  # "I'm Nora Ekdal"
_SMALL = frozenset("de da do das di du del della van von der den la le el al bin ibn ter dos y e".split())
_NO_NAMES = words.STOPWORDS | frozenset(
    """interview transcript with conversation talk der die das den dem des ein eine mit von im le la les un une du des
    el los las il lo gli het een hold holds discuss discusses brief briefs speak speaks testify testifies answers
    delivers joins remarks press briefing conference""".split()
)
_GERMAN_ARTICLES = frozenset("der die den dem des".split())
_LONGEST_NAME = 4  # words
_MOST = 2_000  # labels as printed; no transcript has so many
_LISTED = 10_000  # characters in which those who take part are listed
_ENOUGH = 100_000  # characters of the page's own words


def _is_initials(text: str) -> bool:
    return text.isupper() and _INITIALS.fullmatch(text) is not None


def page_names(labels: Iterable[str], texts: Iterable[str]) -> dict[str, str]:
    """The labels whose full name the page or another label tells, with that name."""
    printed = dict.fromkeys(label for label in labels if label)
    found = with_page_names([Label(0, label, 0) for label in printed], texts)
    return {label.text: label.person for label in found if label.person}


def with_page_names(labels: Sequence[Label], texts: Iterable[str]) -> list[Label]:
    """The labels, with the full name as `person` where the page tells it.

    Args:
        texts: the page's own words: its title, what stands before the first speaker, headings.
    """
    printed = {text for label in labels for text in (label.text, _told(label)) if text}
    if len(printed) > _MOST:
        return list(labels)
    texts = list(texts)
    listed = [one for one in cast_of(texts) if _NAME_WORD.fullmatch(one.name.split()[0])]
    names = _names_in(written_out("\n".join(texts)[:_ENOUGH]))
    of_labels = _by_initials(text for text in printed if len(_content(text)) >= 2 and not _is_initials(text))
    of_page = _by_initials(names)
    by_surname: dict[str, list[str]] = {}
    for name in dict.fromkeys((*names, *(one.name for one in listed if len(one.name.split()) > 1))):
        by_surname.setdefault(key(name.split()[-1]), []).append(name)
    found: dict[str, str] = {}
    held = _held(printed)
    chairs = _listed_offices(listed)
    presiding = holders_of(printed, texts)
    head = " ".join("\n".join(texts)[:_ENOUGH].split())
    placed = _placed(printed, head, by_surname)
    offices, small = _offices_by_surname(printed), head.casefold()
    given = _by_given([*printed, *(one.name for one in listed)])
    for text in printed:
        if len(text) <= 2 and is_voice(text):
            fitting = {voice for voice in printed if len(voice) > 2 and is_voice(voice) and _begins(voice, text)}
        elif match := _OFFICE_HOLDER.fullmatch(text):
            fitting = {match["name"]} if _is_holder(match, printed) else set()
            if len(fuller := _of_surname(match["name"], by_surname)) == 1:
                fitting = fuller if fitting else fitting
        elif holders := held.get(office_alone(text) or _office(text)):
            fitting = holders
            if len(fuller := {full for name in holders for full in _of_surname(name, by_surname)}) == 1:
                fitting = fuller
        elif holders := chairs.get(_office(text)):
            fitting = holders
        elif sitting := presiding.get(seat(text)):
            full = {full for name in sitting for full in _of_surname(name, by_surname) or {name}}
            fitting = {_with_office(text, name) for name in full}
        elif text in placed:
            fitting = {placed[text]}
        elif _is_initials(text):
            letters = "".join(ch for ch in text if ch.isalpha())
            fitting = of_labels.get(letters) or of_page.get(letters) or _of_surname(text, by_surname)
        else:
            fitting = (
                _of_surname(text, by_surname)
                or _by_office(text, by_surname, small, offices)
                or _with_patronymic(text, head[:_LISTED])
                or given.get(_KNIGHTED.sub("", text).casefold(), set())
                or {name for name in [addressed(text)] if name}
            )
        if len(fitting) == 1:
            found[text] = next(iter(fitting))
    return [replace(label, person=_full(label, found) or label.person) for label in labels]


def _full(label: Label, found: Mapping[str, str]) -> str:
    """The full name of the one whom another line names for the label, else of the label itself."""
    told = _told(label)
    return found.get(told, told) if told else found.get(label.text, "")


def _with_office(label: str, name: str) -> str:
    """The name with the office before it, where that can be told from it again: "Chairwoman Nora Ekdal"."""
    both = f"{label.split()[-1].capitalize()} {name}"
    return both if speakers.parse_label(both).name == name else name


def _told(label: Label) -> str:
    """Whom another line names for the label; the label itself in other letters tells nothing more."""
    return "" if label.person.casefold() == label.text.casefold() else label.person


def _listed_offices(listed: Iterable[Listed]) -> dict[str, set[str]]:
    """Offices without a field or a place that the head gives to somebody: "chairman", "deputy chair"."""
    found: dict[str, set[str]] = {}
    for one in listed:
        if one.role and len(one.name.split()) > 1 and speakers.parse_label(f"The {one.role}").anonymous:
            found.setdefault(_office(one.role), set()).add(f"{one.role} {one.name}")
    return found


def _by_given(names: Iterable[str]) -> dict[str, set[str]]:
    """Full names by the given name, where nobody bears it as a family name; offices and voices are no names."""
    found: dict[str, dict[str, str]] = {}
    family: set[str] = set()
    for name in names:
        content = _content(name)
        if len(content) < 2 or "(" in name or any(_tells_nobody(word) for word in name.split()):
            continue
        if len(content[0]) > 2 and is_voice(content[0]):  # "Frage Odell"
            continue
        found.setdefault(content[0].casefold(), {})[" ".join(speakers.name_keys(name))] = name
        family.add(content[-1].casefold())
    return {
        one: set(full.values())
        for one, full in found.items()
        if len(full) == 1 and one not in family and len(one.strip(".")) > 1
    }


def _tells_nobody(word: str) -> bool:
    bare = word.strip(".,").casefold()
    return bare in NO_NAMES or speakers.is_title(bare)


def _held(labels: Collection[str]) -> dict[str, set[str]]:
    """Offices and who holds them: "The Presiding Officer (Nora Ekdal)" is "The Presiding Officer" from then on.

    "M. Nora Ekdal, ministre des eaux" is "M. le ministre des eaux", and "M. le ministre" where nobody else is one.
    """
    found: dict[str, set[str]] = {}
    for text in labels:
        name, office = held_office(text)
        words = office.split()
        for size in range(1, len(words) + 1):
            found.setdefault(" ".join(words[:size]), set()).add(name)
        match = _OFFICE_HOLDER.fullmatch(text)
        if match and _is_holder(match, labels):
            found.setdefault(_office(match["office"]), set()).add(match["name"])
    return found


def _is_holder(match: re.Match[str], labels: Collection[str]) -> bool:
    """An office, with a name in the bracket: not "Dr. Nora Ekdal (PARTY OF LUNEV)".

    Whatever has an article and is a label without the name, too, is an office: "The Preses (Nora Ekdal)".
    """
    party = match["name"].isupper() and not match["office"].isupper()
    alone = match["office"] in labels and bool(_ARTICLE.match(match["office"]))
    return not party and (alone or any(is_role_noun(word) for word in match["office"].split()))


_ARTICLE = re.compile(r"(?:the|le|la|el|der|die|il|de) |l['’]", re.IGNORECASE)


def _office(text: str) -> str:
    return text.strip().casefold().removeprefix("the ")


def _begins(voice: str, letter: str) -> bool:
    return voice[0].casefold() == letter[0].casefold()


def _content(name: str) -> list[str]:
    """The words of a name, without titles before it and without what stands after a comma."""
    parts = name.partition(",")[0].split()
    while parts and speakers.is_title(parts[0].strip(".")):
        parts = parts[1:]
    return parts


def _by_initials(names: Iterable[str]) -> dict[str, set[str]]:
    """Names by each way to write their initials; forms of one name counted once."""
    found: dict[str, dict[str, str]] = {}
    for name in names:
        content = _content(name)
        forms = {
            *initials(word.upper() for word in content if word.casefold() not in _SMALL),
            "".join(word[0].upper() for word in content),
            "".join(part[0].upper() for word in content for part in word.split("-") if part),
        }
        for form in forms:
            found.setdefault(form, {})[" ".join(speakers.name_keys(name))] = name
    return {form: set(fitting.values()) for form, fitting in found.items() if len(form) >= 2}


def _of_surname(label: str, by_surname: Mapping[str, Sequence[str]]) -> set[str]:
    parsed = speakers.parse_label(label)
    surname = [key(word) for word in (surname_of(label) or parsed.name).split()]
    if parsed.anonymous or not surname or any(word not in _SMALL for word in surname[:-1]) or len(surname[-1]) < 2:
        return set()
    known = by_surname.get(surname[-1], ())
    fitting = sorted(
        (name for name in known if [key(word) for word in name.split()][-len(surname) :] == surname), key=len
    )
    if not fitting:
        return set()
    chosen = fitting[0]
    if any(name.split()[-2:] != chosen.split()[-2:] for name in fitting):
        chosen = max(fitting, key=lambda name: (len(name), not name.isupper()))
        if not all(speakers.same_name(name, chosen) for name in fitting):
            return set()
    return {f"{parsed.role} {chosen}" if parsed.role else chosen}


_OF_PLACE = re.compile(r"(?P<who>[^,()]{2,60}?) of (?P<place>(?:the )?[A-Z][\w .'’-]{2,40})")


def _placed(labels: Iterable[str], text: str, by_surname: Mapping[str, Sequence[str]]) -> dict[str, str]:
    """Labels of a name and a place, "Mr. Ekdal of Ohio", with the full name that the page gives the same place."""
    found = {}
    for label in labels:
        match = _OF_PLACE.fullmatch(label)
        surname = key(_content(match["who"])[-1]) if match and _content(match["who"]) else ""
        fitting = {
            name
            for name in by_surname.get(surname, ())
            if match and re.search(rf"\b{re.escape(name)},? (?:of )?{re.escape(match['place'])}\b", text, re.IGNORECASE)
        }
        if len(fitting) == 1:
            found[label] = fitting.pop()
    return found


def _offices_by_surname(labels: Iterable[str]) -> dict[str, set[str]]:
    """By surnames that stand alone behind an office, "JUSTICE ODELL", the offices."""
    found: dict[str, set[str]] = {}
    for parsed in map(speakers.parse_label, labels):
        if parsed.role and len(parsed.name.split()) == 1:
            found.setdefault(key(parsed.name), set()).add(parsed.role.casefold())
    return found


def _by_office(
    label: str, by_surname: Mapping[str, Sequence[str]], head: str, offices: Mapping[str, set[str]]
) -> set[str]:
    """Of several of one surname the one whom the head gives the label's office; without one, the one without any.

    "JUSTICE NORA ODELL" is "JUSTICE ODELL", and "TOM ODELL, ESQ." is "MR. ODELL".
    """
    parsed = speakers.parse_label(label)
    surname = key(parsed.name)
    told = parsed.role or parsed.honorific
    if parsed.anonymous or not told or len(parsed.name.split()) != 1 or surname not in offices:
        return set()
    known = {" ".join(speakers.name_keys(name)): name for name in by_surname.get(surname, ())}.values()
    held = {name: {one for one in offices[surname] if f"{one} {name.casefold()}" in head} for name in known}
    role = (parsed.role or "").casefold()
    fitting = {name for name, has in held.items() if (role in has if role else not has)}
    if len(fitting) != 1 or not any(held.values()):
        return set()
    return {f"{parsed.role} {name}" if parsed.role else name for name in fitting}


_FAMILY_FIRST = re.compile(r"(?P<family>[^\W\d_][\w’'-]+)\s(?P<letters>[^\W\d_]\.\s?[^\W\d_]\.)")
_LETTERS_FIRST = re.compile(r"(?P<letters>[^\W\d_]\.\s?[^\W\d_]\.)\s?(?P<family>[^\W\d_][\w’'-]+)")


def _with_patronymic(label: str, head: str) -> set[str]:
    """ "Экдаль Н.О.", "Н.О. Экдаль" where the head has "Экдаль Нора Олеговна", family name first as such lists do."""
    match = _FAMILY_FIRST.fullmatch(label) or _LETTERS_FIRST.fullmatch(label)
    if match is None:
        return set()
    first, second = (letter for letter in match["letters"] if letter.isalpha())
    full = rf"(?<!\w)(?i:{re.escape(match['family'])}) {first}[^\W\d_A-ZА-ЯЁ]+ {second}[^\W\d_A-ZА-ЯЁ]+(?!\w)"
    return set(re.findall(full, head))


def _names_in(text: str) -> list[str]:
    """Two to four words in capitals that stand together as a name: "Ruth B. Okafor"; titles before it left out."""
    small = set(re.findall(r"(?<![\w-])[^\W\d_A-ZА-Я][\w'’-]*", text))
    found: dict[str, None] = {}
    for match in _RUN.finditer(text):
        run: list[str] = []
        office = ""  # "Deputy Secretary of", which opens the name of an office
        article = False
        for word in [*match.group().split(), ""]:
            bare = re.sub(r"['’]s$", "", word.rstrip(".") if len(word) > 2 else word)
            if _is_name_word(bare, small) and not is_short_office(word):
                run.append(bare)
                goes_on = not (word.endswith(".") and len(word) > 2)
            else:
                goes_on = bool(run) and word.casefold() in _SMALL
                run += [word] if goes_on else []
            if not goes_on:
                while run and run[-1].casefold() in _SMALL:
                    run.pop()
                run = without_letters(" ".join(run)).split()
                if office == "of" and len(run) > 2:
                    run = run[-speakers.usual_length(run) :]
                if article and sum(part.casefold() not in _SMALL for part in run) > 2:
                    run = run[1:]  # "die Fischerin Nora Ekdal": nouns have a capital, too
                if sum(part.casefold() not in _SMALL for part in run) > _LONGEST_NAME:
                    run = run[-speakers.usual_length(run) :]  # the name of a body before it: "Harbour Board Nora Ekdal"
                if len(run) >= 2:
                    found[" ".join(run)] = None
                opens = word if speakers.is_title(word.strip(".")) else "of" if word in ("of", "for") and office else ""
                run, office, article = [], opens, word.casefold() in _GERMAN_ARTICLES
    return list(found)


def _is_name_word(word: str, small: set[str]) -> bool:
    return (
        bool(_NAME_WORD.fullmatch(word))
        and not _CONTRACTED.search(word)
        and (word[0].isupper() or bool(_ELIDED.match(word)))
        and word.casefold() not in _NO_NAMES
        and word.casefold() not in small
        and not speakers.is_title(word.strip("."))
    )
