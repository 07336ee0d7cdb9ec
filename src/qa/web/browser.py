"""What happens in the browser alone: scripts for events of the page, and the memory of conversations there.

The memory is the browser's own storage: `{"conversations": [{"id", "at", "asked": [question, ...]}, ...]}`, the latest
first. Only scripts write it, each reading it anew before, so that several tabs add to one list. The server is told the
first question of each for the list of choices, and all of one when that is opened; what it is told is anybody's
writing, read with care.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from qa.web.asking import Asked, Session, readable

MAX_CONVERSATIONS = 30
"""Conversations a browser remembers; the oldest go first."""
MAX_QUESTIONS = 40
"""Questions remembered of each."""
_TITLE = 80  # characters of a conversation's title

HERE = "(session, link) => [session, location.origin + location.pathname]"
COPY = "(link) => { if (navigator.clipboard && link) navigator.clipboard.writeText(link).catch(() => {}); }"

# A button that is renewed or hidden once it was pressed takes the focus with it. Pressed by a key, it gives the focus
# back: to the box of the question, which stands beside the chips. Not for fingers: it would open their keyboard.
FOCUS = """() => {
  const places = "#chips, #near, #chat, #stop, #comment-row";
  let pressed = false;
  document.addEventListener("keydown", (event) => {
    pressed = ["Enter", " "].includes(event.key) && event.target.closest(places) !== null;
  }, true);
  document.addEventListener("pointerdown", () => { pressed = false; }, true);
  new MutationObserver(() => {
    if (!pressed || (document.activeElement ?? document.body) !== document.body) return;
    pressed = false;
    document.querySelector("#question textarea")?.focus();
  }).observe(document.body, { childList: true, subtree: true, attributes: true, attributeFilter: ["class", "style"] });
}"""

# Made in the browser: a file on the server could be fetched by others.
SAVE = """(file) => {
  if (!file) return "";
  const { name, type, text } = JSON.parse(file), link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([text], { type: type + ";charset=utf-8" }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10000);
  return "";
}"""

# `all` gives what is there, or nothing where the browser keeps nothing; `told` what the server is told of it.
_STORE = """
  const all = () => {
    try {
      const found = JSON.parse(localStorage.getItem(KEY)).conversations;
      return found.filter((one) => one && typeof one.id === "string" && Array.isArray(one.asked) && one.asked.length);
    } catch { return []; }
  };
  const told = (kept) => JSON.stringify(kept.slice(0, MOST).map(
    (one) => ({ id: one.id, at: one.at, asked: one.asked.slice(0, 1), n: one.asked.length })));
"""


class Memory:
    """The scripts that read and write what one browser keeps of one index.

    Args:
        key: under which it is kept.
    """

    def __init__(self, key: str) -> None:
        self._key = key

    def _script(self, parameters: str, body: str) -> str:
        store = _STORE.replace("KEY", json.dumps(self._key)).replace("MOST", str(MAX_CONVERSATIONS))
        return f"({parameters}) => {{{store}{body.replace('KEY', json.dumps(self._key))}}}"

    @property
    def told(self) -> str:
        """() => what there is, for `choices`."""
        return self._script("", "return told(all());")

    @property
    def keep(self) -> str:
        """(conversation as `kept` writes it) => what there is then; one without questions is forgotten."""
        return self._script(
            "conversation",
            f"""
  let kept = all();
  try {{
    const own = JSON.parse(conversation);
    kept = kept.filter((one) => one.id !== own.id);
    if (own.asked.length) kept.unshift(own);
    kept = kept.slice(0, {MAX_CONVERSATIONS});
    localStorage.setItem(KEY, JSON.stringify({{ conversations: kept }}));
  }} catch {{}}
  return told(kept);""",
        )

    @property
    def one(self) -> str:
        """(id, session, ...) => the same with the conversation of that id, all of it, in the last place."""
        return self._script(
            "...given",
            """
  given[given.length - 1] = JSON.stringify(all().find((one) => one.id === given[0]) ?? null);
  return given;""",
        )


def kept(session: Session) -> str:
    """A conversation for `Memory.keep`."""
    asked = [e.asked.written() for e in session.exchanges if e.asked.question.strip()][-MAX_QUESTIONS:]
    at = datetime.now(UTC).isoformat(timespec="seconds")
    return json.dumps({"id": session.id, "at": at, "asked": asked})


def forgotten(id: str) -> str:
    """The same, for a conversation that is to be forgotten."""
    return json.dumps({"id": id, "at": "", "asked": []})


def opened(told: str) -> tuple[str, list[Asked]] | None:
    """Id and questions of what `Memory.one` gives; None where it is no conversation."""
    return _conversation(_json(told))


def choices(told: str) -> list[tuple[str, str]]:
    """(what to show, id) of the conversations that `Memory.told` tells of; what is not one is left out."""
    given = _json(told)
    found = []
    for one in given[:MAX_CONVERSATIONS] if isinstance(given, list) else []:
        conversation = _conversation(one)
        if conversation is not None:
            id, asked = conversation
            found.append((_title(asked[0].question, one.get("n"), readable(one.get("at")) or ""), id))
    return found


def _conversation(one: Any) -> tuple[str, list[Asked]] | None:
    id = readable(one.get("id")) if isinstance(one, Mapping) else None
    listed = one.get("asked") if id else None
    asked = [a for a in map(Asked.read, listed[:MAX_QUESTIONS] if isinstance(listed, list) else []) if a]
    return (id, asked) if id and asked else None


def _title(question: str, n: Any, at: str) -> str:
    first = " ".join(question.split())
    shown = first if len(first) <= _TITLE else first[: _TITLE - 1] + "…"
    more = f" (+{n - 1})" if isinstance(n, int) and n > 1 else ""
    return f"{shown}{more} · {at[:10]}"


def _json(text: str) -> Any:
    try:
        return json.loads(text)
    except (TypeError, ValueError, RecursionError):
        return None
