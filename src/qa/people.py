"""The user's say in who is who: merge, split, rename, alias, each undoable, and the plain file of it all."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from qa import decisions, registry
from qa.errors import UnknownPersonError, UsageError
from qa.index import Index
from qa.speakers import Directory
from qa.types import Action, Appearance, Decision, LogEntry, PersonInfo, Ref

_LONGEST = 200  # characters of a name or alias
_LEAST, _MOST = 20, 160  # characters of a turn shown as a sample


class People:
    """The persons of one index, as the user changes them.

    Args:
        directory: finds persons by the forms of their names, in the present state.
    """

    def __init__(self, index: Index, directory: Callable[[], Directory]) -> None:
        self._index = index
        self._directory = directory
        self._seen: tuple[int, dict[str, PersonInfo], list[Appearance]] | None = None

    def _now(self) -> tuple[dict[str, PersonInfo], list[Appearance]]:
        """The persons by name, and everybody of every transcript; read once for each state of the index."""
        generation = self._index.generation
        if self._seen is None or self._seen[0] != generation:
            people = {person.name: person for person in self._index.people()}
            self._seen = (generation, people, self._index.appearances())
        return self._seen[1:]

    def samples(self, people: Sequence[PersonInfo]) -> dict[str, str]:
        """Canonical name -> the beginning of something they said."""
        return self._index.samples([person.name for person in people if person.n_turns], _LEAST, _MOST)

    def find(self, name: str) -> PersonInfo:
        """The one person called so: by canonical name, any full form, or a part that is nobody else's.

        Raises:
            UnknownPersonError: nobody is called so, or several are.
        """
        people, _ = self._now()
        found = self._directory().resolve(name, exact=True)
        if len(found) == 1:
            return people[found[0]]
        if found:
            raise UnknownPersonError(f'"{name}" is {len(found)} persons: {_listed(found)}. Give the whole name.')
        near = [f"{one} ({people[one].n_turns} turns)" for one in self._directory().nearest(name)]
        hint = f"Nearest: {', '.join(near)}." if near else "List them: qa people"
        raise UnknownPersonError(f'No person "{name}" among {len(people)}. {hint}')

    # ---------------------------------------------------------------- decisions

    def merge(self, names: Sequence[str]) -> PersonInfo:
        """Make several persons one, under the first one's name; a voice without a name takes another's."""
        if len(names) < 2:
            raise UsageError("A merge needs two persons or more.")
        found = [self.find(name) for name in names]
        for n, person in enumerate(found):
            if person.name in {other.name for other in found[:n]}:
                raise UsageError(f"{person.name} is one person already.")
        found.sort(key=lambda person: person.anonymous)  # stable: the first of those with a name stays first
        return self._decide(Action.MERGE, [person.name for person in found], [person.name for person in found])

    def split(self, name: str, transcripts: Sequence[str]) -> PersonInfo:
        """Make somebody's part in some transcripts a person of its own, and return that one.

        Args:
            transcripts: ids.
        """
        person = self.find(name)
        if not transcripts:
            raise UsageError("A split needs a transcript or more.")
        strange = [id for id in transcripts if id not in person.transcripts]
        if strange:
            raise UsageError(
                f'{person.name} is not in transcript "{strange[0]}", but in {_listed(person.transcripts)}.'
            )
        if set(person.transcripts) <= set(transcripts):
            raise UsageError(
                f"{person.name} is in no other transcript, so nobody would be left. "
                "Give fewer transcripts, or take a merge back: qa people undo"
            )
        own = [one for one in self._now()[1] if one.canonical == person.name]
        taken = [one for one in own if one.transcript_id in transcripts]
        refs = tuple(Ref(one.transcript_id, one.name) for one in taken)
        self._index.decide(Decision(Action.SPLIT, (person.name,), (refs,)))
        return self._who_is(taken[0])

    def rename(self, name: str, new: str) -> PersonInfo:
        """Call somebody otherwise; the old forms go on finding them."""
        person, new = self.find(name), self._new_form(new)
        if person.name == new:
            raise UsageError(f"{new} is called so already.")
        self._free(person, new)
        return self._decide(Action.RENAME, [person.name, new], [person.name])

    def alias(self, name: str, form: str) -> PersonInfo:
        """Find somebody by a further form, too."""
        person, form = self.find(name), self._new_form(form)
        if form in (person.name, *person.aliases):
            raise UsageError(f'"{form}" finds {person.name} already.')
        self._free(person, form)
        return self._decide(Action.ALIAS, [person.name, form], [person.name])

    def undo(self) -> LogEntry:
        """Take the latest decision back that still stands, and return it."""
        standing = self._index.standing()
        if not standing:
            raise UsageError("There is no decision to undo.")
        last = standing[-1]
        self._index.decide(Decision(Action.UNDO, (str(last.n),)))
        return next(entry for entry in self._index.log() if entry.n == last.n)

    def log(self) -> tuple[LogEntry, ...]:
        """Every decision in the order they were taken, those taken back and the taking back included."""
        return self._index.log()

    # ---------------------------------------------------------------- the file

    def export(self, path: Path) -> int:
        """Write the decisions that stand to a file; returns how many."""
        standing = list(decisions.flat(entry.decision for entry in self._index.standing()))
        decisions.write(standing, path)
        return len(standing)

    def import_(self, path: Path) -> int:
        """Carry out the decisions of a file that do not stand yet, as one that can be undone; returns how many.

        Those that mean persons or transcripts which are not here wait until they are.
        """
        have = set(decisions.flat(entry.decision for entry in self._index.standing()))
        new = tuple(one for one in dict.fromkeys(decisions.read(path)) if one not in have)
        if new:
            self._index.decide(Decision(Action.IMPORT, (path.name,), (), new))
        return len(new)

    # ---------------------------------------------------------------- inside

    def _decide(self, action: Action, words: Sequence[str], persons: Sequence[str]) -> PersonInfo:
        """Carry out what is said of persons by canonical name; returns whom the first of them became."""
        _, everybody = self._now()
        one = next(one for one in everybody if one.canonical == persons[0])
        refs = tuple(registry.refs(everybody, name) for name in persons)
        self._index.decide(Decision(action, tuple(words), refs))
        return self._who_is(one)

    def _who_is(self, one: Appearance) -> PersonInfo:
        people, everybody = self._now()
        place = (one.transcript_id, one.name)
        return people[next(o.canonical for o in everybody if (o.transcript_id, o.name) == place)]

    def _free(self, person: PersonInfo, form: str) -> None:
        """Nobody else has that form: else two persons would be one without anybody having said so."""
        for other in self._now()[0].values():
            if other.name != person.name and form.casefold() in {f.casefold() for f in (other.name, *other.aliases)}:
                raise UsageError(
                    f'"{form}" is a form of {other.name} ({other.n_turns} turns). '
                    f'To make the two one: qa people merge "{person.name}" "{other.name}"'
                )

    def _new_form(self, form: str) -> str:
        form = " ".join(form.split())
        if not form or len(form) > _LONGEST or not form.isprintable():
            raise UsageError(f"Expected a name of 1 to {_LONGEST} printable characters.")
        return form


def _listed(names: Sequence[str]) -> str:
    more = f" and {len(names) - 5} more" if len(names) > 5 else ""
    return f"{', '.join(names[:5])}{more}"
