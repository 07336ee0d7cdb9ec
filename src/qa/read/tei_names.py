"""Who speaks in a TEI file: persons it lists, and names made from ids and printed speakers."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field

from qa import names, speakers
from qa.read.markup import Element, attribute, local, readable, words_of
from qa.types import Person

_ROLES = {"chair": "chair", "guest": "guest"}
_UNKNOWN = re.compile(r"(?i)#?(?:unknown|unk|unidentified|anon|none|na|nn|n/a|ukendt|inconnu|unclear|-|\?)?")


def is_nobody(label: str) -> bool:
    """A `who` that says that nobody is known: "#unknown", "NN", nothing."""
    return bool(_UNKNOWN.fullmatch(label))


@dataclass
class Voice:
    """One `who` and all that the file says of it.

    Attributes:
        turned: printed names that have the family name first, turned round.
    """

    id: str
    printed: list[str] = field(default_factory=list)
    turned: dict[str, str] = field(default_factory=dict)
    kinds: Counter[str] = field(default_factory=Counter)

    def person(self, listed: tuple[str, str | None] | None) -> Person:
        """The person behind the id.

        Args:
            listed: name and role from the file's own list, see `listed`.
        """
        kind = _ROLES.get(self.kinds.most_common(1)[0][0]) if self.kinds else None
        aliases = {self.id, *self.printed}
        if listed:
            name, role = listed
            return Person(name, role or kind, tuple(sorted(aliases - {name})))
        for text in (text for text in self.printed if text != self.id):
            name, role = _by_id(self.id, self.turned.get(text, text))
            if name:
                return Person(name, role or kind, tuple(sorted(aliases - {name})))
        if self.printed:
            parsed = speakers.parse_label(names.calmed(self.turned.get(self.printed[0], self.printed[0])))
            return Person(parsed.name, parsed.role or kind, tuple(sorted(aliases - {parsed.name})))
        name = readable(self.id)
        anonymous = is_nobody(self.id) or not re.search(r"[^\W\d_]{3}", name) or bool(re.search(r"\d", name))
        return Person(name, kind, tuple(sorted(aliases - {name})), anonymous)


def listed(root: Element) -> dict[str, tuple[str, str | None]]:
    """id -> (name, role) of every person the file lists."""
    found: dict[str, tuple[str, str | None]] = {}
    for person in root.iter("{*}person", "{*}personGrp", "{*}participant", "{*}role"):
        id_ = attribute(person, "id") or person.get("n")
        name, role = _name_of(person)
        if id_ and name:
            found[id_] = (name, role)
    return found


def _name_of(person: Element) -> tuple[str, str | None]:
    named = person.find("{*}persName")
    if named is None:
        named = person.find("{*}name")
    if named is None:
        return (words_of(person), None) if local(person) == "role" else (person.get("n") or "", None)
    parts = {
        kind: [words_of(one) for one in named.iter(f"{{*}}{kind}")]
        for kind in ("forename", "nameLink", "surname", "addName", "genName", "roleName")
    }
    given, family = parts["forename"] or ([] if parts["surname"] else parts["addName"]), parts["surname"]
    name = " ".join(part for part in (*given, *parts["nameLink"], *family, *parts["genName"]) if part)
    if not name:
        role_words = set(" ".join(parts["roleName"]).split())
        name = " ".join(word for word in words_of(named).split() if word not in role_words)
        if name.count(",") == 1:  # "Novak, Jan"
            name = " ".join(part.strip() for part in reversed(name.split(",")))
    return name, " ".join(parts["roleName"]) or None


def _by_id(id_: str, printed: str) -> tuple[str, str | None]:
    """The words of the printed speaker whose letters the id is made of, and what stands before them."""
    key = _letters(id_)
    found: list[str] = []
    role: list[str] = []
    for word in re.sub(r"\([^()]*\)", " ", printed).split():
        bare = word.strip(" ,:;")
        letters = _letters(bare)
        if len(letters) > 1 and letters in key:
            found.append(bare)
        elif not found:
            role.append(word)
    if len(found) < 2 or sum(len(_letters(word)) for word in found) < 0.7 * len(key):
        return "", None
    return names.calmed(" ".join(found)), " ".join(role).strip(" ,") or None


def _letters(text: str) -> str:
    return names.key(re.sub(r"[\W_]", "", text))
