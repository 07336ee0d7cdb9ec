"""What the user decided about persons, and the plain file it travels in, qa-people/1.

    {"format": "qa-people/1", "decisions": [
        {"action": "merge", "names": ["Robert Smith", "Bob Smith"]},
        {"action": "split", "names": ["Anna Berg"], "persons": [[{"transcript": "m2", "name": "Anna Berg"}]]},
        {"action": "rename", "names": ["N. Berg", "Nora Berg"], "persons": [[{"name": "N. Berg"}]]},
        {"action": "alias", "names": ["Robert Smith", "Bobby"]}]}

"names" are the words of the command. "persons" says whom they mean, a list for each: a name as a transcript has it,
with the transcript, or without for every transcript that has it. Left out, the names themselves are meant.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from qa.errors import ReadError
from qa.types import Action, Decision, Ref
from qa.words import storable

FORMAT = "qa-people/1"
_MOST = 16 * 2**20  # bytes of a file; 10,000 decisions are two million
_NAMES = {Action.MERGE: (2, 1000), Action.SPLIT: (1, 1), Action.RENAME: (2, 2), Action.ALIAS: (2, 2)}


def dumps(decision: Decision) -> str:
    """A decision as one line of JSON, for the store."""
    return json.dumps(_to_dict(decision), ensure_ascii=False)


def loads(line: str) -> Decision:
    """The decision of such a line."""
    return _from_dict(json.loads(line))


def write(decisions: Iterable[Decision], path: Path) -> None:
    """Write decisions as a file of the format.

    Raises:
        ReadError: it cannot be written.
    """
    data = {"format": FORMAT, "decisions": [_to_dict(one) for one in flat(decisions)]}
    try:
        path.write_text(json.dumps(data, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    except OSError as error:
        raise ReadError(path, f"cannot be written ({error.strerror}).", remedy="Name another file.") from error


def read(path: Path) -> tuple[Decision, ...]:
    """The decisions of a file.

    Raises:
        ReadError: it cannot be read, is no JSON, not of this format, or a decision of it makes no sense.
    """
    try:
        if path.stat().st_size > _MOST:
            raise ReadError(path, "is too long for decisions about persons.", remedy="Check that it is the right file.")
        data = json.loads(path.read_bytes().decode("utf-8-sig"))
    except OSError as error:
        raise ReadError(path, f"cannot be read ({error.strerror}).", remedy="Check the path.") from error
    except json.JSONDecodeError as error:
        raise ReadError(
            path, f"is not valid JSON ({error.msg}).", remedy="Correct the file.", place=f"line {error.lineno}"
        ) from error
    except (ValueError, RecursionError) as error:  # no UTF-8, a number of thousands of digits, nested too deeply
        raise ReadError(path, "is not valid JSON.", remedy="Correct the file.") from error
    if not isinstance(data, dict) or data.get("format") != FORMAT or not isinstance(data.get("decisions"), list):
        raise ReadError(path, f'is not of the format "{FORMAT}".', remedy="Export one to see it: qa people export FILE")
    return tuple(_checked(item, path, f"decisions[{n}]") for n, item in enumerate(data["decisions"]))


def flat(decisions: Iterable[Decision]) -> Iterable[Decision]:
    """Decisions with those of an import in its place."""
    for decision in decisions:
        if decision.action is Action.IMPORT:
            yield from flat(decision.parts)
        else:
            yield decision


def _to_dict(decision: Decision) -> dict[str, Any]:
    data: dict[str, Any] = {"action": str(decision.action), "names": list(decision.names)}
    if decision.persons:
        data["persons"] = [[_ref_to_dict(ref) for ref in person] for person in decision.persons]
    if decision.parts:
        data["decisions"] = [_to_dict(part) for part in decision.parts]
    return data


def _ref_to_dict(ref: Ref) -> dict[str, str]:
    return {"name": ref.name} if ref.transcript is None else {"transcript": ref.transcript, "name": ref.name}


def _from_dict(data: Mapping[str, Any]) -> Decision:
    return Decision(
        Action(data["action"]),
        tuple(data["names"]),
        tuple(tuple(Ref(ref.get("transcript"), ref["name"]) for ref in person) for person in data.get("persons", ())),
        tuple(_from_dict(part) for part in data.get("decisions", ())),
    )


def _checked(item: Any, path: Path, place: str) -> Decision:
    """A decision of a file somebody may have written by hand."""

    def refuse(problem: str) -> ReadError:
        return ReadError(path, problem, remedy="Correct the file; docs/people.md shows one.", place=place)

    if not isinstance(item, dict) or item.get("action") not in [str(action) for action in _NAMES]:
        raise refuse(f'expected an object with an "action" of: {", ".join(_NAMES)}.')
    action = Action(item["action"])
    names, persons = item.get("names"), item.get("persons", [])
    least, most = _NAMES[action]
    if not isinstance(names, list) or not _texts(names) or not least <= len(names) <= most:
        many = f"{least}" if least == most else f"{least} or more"
        raise refuse(f'"names": expected a list of {many} names.')
    if not isinstance(persons, list) or not all(isinstance(p, list) and all(map(_is_ref, p)) for p in persons):
        raise refuse('"persons": expected lists of {"transcript": ..., "name": ...}.')
    if action is Action.SPLIT and not any(ref.get("transcript") for person in persons for ref in person):
        raise refuse('a split needs "persons" with their transcripts.')
    return _from_dict({"action": action, "names": names, "persons": persons})


def _is_ref(ref: Any) -> bool:
    return isinstance(ref, dict) and _texts([ref.get("name")]) and _texts([ref.get("transcript") or "any"])


def _texts(values: Iterable[Any]) -> bool:
    """All are texts that hold something and can be stored."""
    return all(isinstance(value, str) and value.strip() and storable(value) for value in values)
