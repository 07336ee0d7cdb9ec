"""The tools of the transcript reader: a colour for each person, a search, keys; the page works without them, too.

The script is the only one that the page's content security policy lets run: it is named there by its hash.
"""

from __future__ import annotations

import hashlib
from base64 import b64encode
from collections import Counter
from html import escape

from qa.types import Transcript

LISTED = 40
"""Most persons in the legend."""

SCRIPT = r"""
"use strict";
const el = (id) => document.getElementById(id);
const turns = [...document.querySelectorAll("article")];
const box = el("find"), count = el("count"), keys = el("keys");
let at = turns.indexOf(document.querySelector("article mark")?.closest("article"));
let found = [], now = -1;

function go(n) {
  if (n < 0 || n >= turns.length) return;
  at = n;
  turns[n].focus({ preventScroll: true });
  turns[n].scrollIntoView({ block: turns[n].offsetHeight > innerHeight * 0.7 ? "start" : "center" });
}
function search() {
  const words = box.value.trim().split(/\s+/).filter(Boolean);
  found = [];
  now = -1;
  if (words.length) {
    const wanted = new RegExp(words.map((w) => w.replace(/[.*+?^${}()|[\]\\\/-]/g, "\\$&")).join("\\s+"), "gi");
    for (const part of document.querySelectorAll("article .name, article .words, .page dd")) {
      const nodes = [], walker = document.createTreeWalker(part, NodeFilter.SHOW_TEXT);
      while (walker.nextNode()) nodes.push(walker.currentNode);
      for (const match of nodes.map((n) => n.data).join("").matchAll(wanted)) {
        const range = new Range();
        let seen = 0;
        for (const node of nodes) {
          const first = match.index - seen, last = first + match[0].length;
          if (first >= 0 && first < node.length) range.setStart(node, first);
          if (last > 0 && last <= node.length) range.setEnd(node, last);
          seen += node.length;
        }
        found.push(range);
        if (found.length === 2000) break;
      }
    }
  }
  paint("found", found);
  // begin where the reader is, not at the top of the page
  const turnOf = (range) => turns.indexOf(range.startContainer.parentElement.closest("article"));
  now = found.findIndex((range) => turnOf(range) >= Math.max(at, 0));
  now = Math.max(now, 0) - 1;
  step(1);
}
function paint(name, ranges) {
  if (!("highlights" in CSS)) return;
  ranges.length ? CSS.highlights.set(name, new Highlight(...ranges)) : CSS.highlights.delete(name);
}
function step(by) {
  if (found.length) {
    now = (now + by + found.length) % found.length;
    const node = found[now].startContainer.parentElement;
    const turn = turns.indexOf(node.closest("article"));
    if (turn >= 0) at = turn;
    scrollBy(0, found[now].getBoundingClientRect().top - innerHeight / 2);
  }
  paint("now", found.length ? [found[now]] : []);
  count.textContent = box.value.trim() ? (found.length ? `${now + 1} of ${found.length}` : "not found") : "";
}
function nextOf(person) {
  for (let n = 1; n <= turns.length; n++) {
    const turn = (at + n + turns.length) % turns.length;
    if (turns[turn].dataset.person === person) return go(turn);
  }
}
box.addEventListener("input", search);
box.addEventListener("keydown", (event) => {
  if (event.key === "Enter") { event.preventDefault(); step(event.shiftKey ? -1 : 1); }
  if (event.key === "Escape") { box.value = ""; search(); }
});
el("next").addEventListener("click", () => step(1));
el("previous").addEventListener("click", () => step(-1));
for (const one of document.querySelectorAll(".legend button")) {
  one.addEventListener("click", () => nextOf(one.dataset.person));
}
document.addEventListener("keydown", (event) => {
  const typing = event.target.closest("input:not([type=checkbox]), textarea, select");
  if (typing || !keys.checked || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === "j") go(at + 1);
  else if (event.key === "k") go(at - 1);
  else if (event.key === "m" && el("words")) el("words").scrollIntoView({ block: "center" });
  else if (event.key === "/") box.focus();
  else return;
  event.preventDefault();
});
document.querySelector(".tools").hidden = false;
"""
SCRIPT_HASH = b64encode(hashlib.sha256(SCRIPT.encode()).digest()).decode()

TOOLS = (
    '<div class="tools" role="search" hidden><label for="find">Find</label> <input id="find" type="search"> '
    '<button id="previous" type="button">Previous</button> <button id="next" type="button">Next</button> '
    '<output id="count" for="find" aria-live="polite"></output> '
    '<label class="keys"><input id="keys" type="checkbox" checked> Keys: <kbd>j</kbd> <kbd>k</kbd> turns, '
    "<kbd>/</kbd> find, <kbd>m</kbd> marked words</label></div>"
)


def hues(transcript: Transcript) -> dict[str, float]:
    """A hue in degrees for everybody who speaks; those who begin one after the other get hues far apart."""
    order = dict.fromkeys(turn.speaker for turn in transcript.turns)
    return {name: round(250 + n * 137.508, 1) % 360 for n, name in enumerate(order)}


def legend(transcript: Transcript) -> str:
    """Who speaks, in their colours, most turns first; pressing a name goes to their next turn."""
    counts, colours = Counter(turn.speaker for turn in transcript.turns), hues(transcript)
    numbers = {name: n for n, name in enumerate(colours)}
    items = "".join(
        f'<li><button type="button" class="name" data-person="{numbers[name]}" style="--h:{colours[name]}" dir="auto">'
        f"{escape(name)}</button> {n}</li>"
        for name, n in counts.most_common(LISTED)
    )
    more = f"<li>and {len(counts) - LISTED} more</li>" if len(counts) > LISTED else ""
    opened = " open" if len(counts) <= 6 else ""
    return f'<details class="legend"{opened}><summary>Who speaks</summary><ul>{items}{more}</ul></details>'
