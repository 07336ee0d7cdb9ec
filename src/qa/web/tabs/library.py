"""The library: transcripts added, listed, removed; persons put right; the index looked after."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from html import escape
from pathlib import Path
from typing import Any

import gradio as gr

from qa.api import problems
from qa.api.desk import Desk
from qa.assistant import Assistant
from qa.errors import ReadError
from qa.types import FileReport, LogEntry, PersonInfo, TranscriptInfo
from qa.web.files import discard, is_uploaded
from qa.web.tabs.parts import (
    AT_ONCE,
    PRIVATE,
    hint,
    html,
    newest,
    refused,
    table,
    times,
    titles,
    told,
    transcript_link,
    without_folders,
)
from qa.web.wording import day

LISTED = 300
"""Most rows of a table."""
_FEW = 4  # names or titles in one cell

Update = dict[str, Any]


def build(assistant: Assistant, desk: Desk) -> None:
    """Lay out the tab; what it does has a queue of its own."""
    listed = html(transcripts_html(assistant), "library-transcripts")
    with gr.Row(equal_height=False):
        with gr.Column(min_width=300):
            # gr.File nests a button in a button (axe: nested-interactive, Gradio 6.31)
            add = gr.UploadButton(
                f"Add transcripts, each of up to {assistant.settings.max_file_mb} MB",
                file_count="multiple", variant="primary", elem_id="library-add",
            )  # fmt: skip
            stop = gr.Button("Stop adding", elem_id="library-stop")
        with gr.Column(min_width=300):
            leaving = gr.Dropdown(
                titles(assistant), value=None, label="Transcript to remove", elem_id="library-leaving"
            )
            remove = gr.Button("Remove…", elem_id="library-remove")
            with gr.Row(visible=False, elem_id="library-sure") as sure:
                yes = gr.Button("Yes, remove it", variant="stop", min_width=120, elem_id="library-yes")
                no = gr.Button("Keep it", min_width=100, elem_id="library-no")
            removed = html(elem_id="library-removed")
            check = gr.Button("Check the index", elem_id="library-check")
            health = html(elem_id="library-health")
    report = html(
        hint("Text, captions, Word, PDF, web pages, tables and more are read; a file's content decides what it is."),
        "library-report",
    )
    with gr.Accordion("People", open=False, elem_id="library-people"):
        people, everybody, moving, apart, decided = _people(assistant)

    def shown() -> tuple[Any, ...]:
        """Everything that changes with the index."""
        names = [person.name for person in assistant.people()]
        return (
            transcripts_html(assistant), gr.Dropdown(choices=titles(assistant), value=None), people_html(assistant),
            gr.Dropdown(choices=names, value=[]), gr.Dropdown(choices=names, value=None),
            gr.Dropdown(choices=titles(assistant), value=[]), log_html(assistant),
        )  # fmt: skip

    seen = [listed, leaving, people, everybody, moving, apart, decided]
    reading = add.upload(
        _adder(assistant), add, [report, add], concurrency_limit=1, concurrency_id="library",
        show_progress="hidden", **PRIVATE,
    )  # fmt: skip
    reading.then(shown, None, seen, **AT_ONCE)
    stop.click(
        lambda: hint("Stopped: a file at hand is still added, the rest is not. What was added stays."),
        None,
        removed,
        cancels=[reading],
        **AT_ONCE,
    ).then(shown, None, seen, **AT_ONCE)
    remove.click(lambda id: _asked(assistant, id), leaving, [removed, sure], **AT_ONCE)
    no.click(lambda: ("", gr.Row(visible=False)), None, [removed, sure], **AT_ONCE)
    yes.click(lambda id: (_removed(assistant, id), gr.Row(visible=False)), leaving, [removed, sure], **PRIVATE).then(
        shown, None, seen, **AT_ONCE
    )
    check.click(lambda: health_html(assistant), None, health, concurrency_id="library", concurrency_limit=1, **PRIVATE)
    gr.on(None, shown, None, seen, **AT_ONCE)  # at each load of the page


def _people(assistant: Assistant) -> tuple[gr.HTML, gr.Dropdown, gr.Dropdown, gr.Dropdown, gr.HTML]:
    """The persons' part; returns what changes with the index."""
    names = [person.name for person in assistant.people()]
    shown = html(people_html(assistant), "people-list")
    with gr.Row(equal_height=False):
        with gr.Column(min_width=280):
            same = gr.Dropdown(
                names,
                value=[],
                multiselect=True,
                label="These are one person; the first name stays",
                elem_id="people-same",
            )
            merge = gr.Button("Merge", elem_id="people-merge")
        with gr.Column(min_width=280):
            who = gr.Dropdown(names, value=None, label="This person", elem_id="people-who")
            form = gr.Textbox(label="Name", max_lines=1, max_length=200, elem_id="people-form")
            with gr.Row():
                rename = gr.Button("Is called so", min_width=110, elem_id="people-rename")
                alias = gr.Button("Is also called so", min_width=110, elem_id="people-alias")
            apart = gr.Dropdown(
                titles(assistant), value=[], multiselect=True, label="is somebody else in", elem_id="people-apart"
            )
            split = gr.Button("Split", elem_id="people-split")
    undo = gr.Button("Undo the latest", elem_id="people-undo")
    done = html(elem_id="people-done")
    log = html(log_html(assistant), "people-log")
    outputs = [done, shown, same, who, log]

    def after(line: str) -> tuple[Any, ...]:
        now = [person.name for person in assistant.people()]
        return (
            line, people_html(assistant), gr.Dropdown(choices=now, value=[]),
            gr.Dropdown(choices=now, value=None), log_html(assistant),
        )  # fmt: skip

    def deciding(decide: Callable[..., str]) -> Callable[..., tuple[Any, ...]]:
        def decided(*values: Any) -> tuple[Any, ...]:
            try:
                return after(told(decide(*values)))
            except Exception as error:
                return (refused(error), *(gr.skip() for _ in outputs[1:]))

        return decided

    for button, decide, inputs in (
        (merge, lambda chosen: _is_now(assistant.merge_people(*chosen or ())), [same]),
        (rename, lambda name, new: _is_now(assistant.rename_person(name or "", new)), [who, form]),
        (alias, lambda name, new: f"“{new}” finds {assistant.add_alias(name or '', new).name}.", [who, form]),
        (split, lambda name, ids: _is_now(assistant.split_person(name or "", *ids or ())), [who, apart]),
        (undo, lambda: f"Taken back: {decision_line(assistant.undo_people())}.", []),
    ):
        button.click(deciding(decide), inputs, outputs, concurrency_id="library", concurrency_limit=1, **PRIVATE)
    return shown, same, who, apart, log


def _is_now(person: PersonInfo) -> str:
    return f"{person.name}: {times(person.n_turns, 'turn')} in {times(len(person.transcripts), 'transcript')}."


# ---------------------------------------------------------------- adding and removing


def _adder(assistant: Assistant) -> Callable[[list[str] | None], Iterator[tuple[str, Any]]]:
    def add(paths: list[str] | None) -> Iterator[tuple[str, Any]]:
        """Reads one file after the other; between two of them it can be stopped, and what is done is shown.

        What was uploaded is deleted in any case: the index keeps a copy of what it took.
        """
        if not paths:
            yield hint("Choose files first."), gr.skip()
            return
        done: list[tuple[str, FileReport]] = []
        try:
            for n, path in enumerate(paths):
                yield _progress(n, len(paths), Path(path).name) + report_html(done), gr.skip()
                done.append(add_file(assistant, Path(path)))
        finally:
            for path in paths:
                discard(path)
        yield report_html(done), None

    return add


def add_file(assistant: Assistant, path: Path) -> tuple[str, FileReport]:
    """What became of one uploaded file: "added", "updated", "skipped" or "failed", and its report."""
    if not is_uploaded(path):
        return "failed", FileReport(path.name, reason="It was not uploaded here. Choose the file again.")
    try:
        report = assistant.add_copy(path)
    except ReadError as error:
        return "failed", FileReport(path.name, reason=f"{error.problem} {error.remedy}")
    except Exception as error:
        return "failed", FileReport(path.name, reason=problems.told(error)[1])
    for state in ("added", "updated", "skipped", "failed"):
        for one in getattr(report, state):
            return state, replace(one, path=path.name, reason=one.reason.replace(one.path, path.name))
    return "failed", FileReport(path.name, reason="Nothing was read.")


def _progress(n: int, total: int, name: str) -> str:
    return (
        f'<div class="qa-told" role="status">Reading {n + 1} of {total}: {escape(name)}'
        f'<br><progress value="{n}" max="{total}" aria-label="Files read"></progress></div>'
    )


def report_html(done: Sequence[tuple[str, FileReport]]) -> str:
    """A row for each file: what was read, dropped, uncertain, and what could not be parsed."""
    if not done:
        return ""
    heads = ("File", "Outcome", "Format", "Turns", "People", "Left out", "Nobody's", "Uncertain", "Notes")
    states = [state for state, _ in done]
    failed, there = states.count("failed"), states.count("skipped")
    already = f", {there} here already" if there else ""
    caption = f"{times(len(done) - failed - there, 'file')} read{already}, {failed} failed"
    return table(caption, heads, (_report_row(state, report) for state, report in done)) + hint(
        "Left out: lines that are no speech. Nobody's: pieces that no speaker is named for. "
        "Uncertain: turns whose speaker is a guess."
    )


def _report_row(state: str, report: FileReport) -> tuple[str, ...]:
    name, reason = escape(Path(report.path).name), escape(without_folders(report.reason))
    if state in {"failed", "skipped"}:
        return name, state, "", "", "", "", "", "", reason
    return (
        name, state, escape(report.format), f"{report.n_turns:,}", f"{report.n_people:,}", f"{report.n_dropped:,}",
        f"{report.n_unattributed:,}", f"{report.n_uncertain:,}", _problems(report.problems),
    )  # fmt: skip


def _problems(problems: Sequence[str]) -> str:
    """What could not be parsed, each with its place."""
    if not problems:
        return ""
    lines = "".join(f"<li>{escape(line)}</li>" for line in problems[:LISTED])
    return f"<details><summary>{times(len(problems), 'problem')}</summary><ul>{lines}</ul></details>"


def _asked(assistant: Assistant, transcript_id: str | None) -> tuple[str, Any]:
    """The question before a transcript is removed."""
    info = next((one for one in assistant.transcripts() if one.id == transcript_id), None)
    if info is None:
        return hint("Choose a transcript first."), gr.Row(visible=False)
    return told(f"Remove “{info.title}” with its {times(info.n_turns, 'turn')}?"), gr.Row(visible=True)


def _removed(assistant: Assistant, transcript_id: str | None) -> str:
    try:
        title = next((one.title for one in assistant.transcripts() if one.id == transcript_id), "")
        assistant.remove(transcript_id or "")
    except Exception as error:
        return refused(error)
    return told(f"Removed: {title}")


# ---------------------------------------------------------------- what is there


def transcripts_html(assistant: Assistant) -> str:
    """Every transcript with date, people and turns, newest first."""
    infos = newest(assistant.transcripts())
    if not infos:
        return hint("There are no transcripts here yet. Add some below.")
    more = hint(f"and {len(infos) - LISTED:,} more") if len(infos) > LISTED else ""
    rows = (_transcript_row(info) for info in infos[:LISTED])
    return table(times(len(infos), "transcript"), ("Title", "Date", "Place", "Turns", "People"), rows) + more


def _transcript_row(info: TranscriptInfo) -> tuple[str, ...]:
    return (
        transcript_link(info.id, info.title), day(info.date), escape(info.place or ""), f"{info.n_turns:,}",
        _some(info.people),
    )  # fmt: skip


def people_html(assistant: Assistant) -> str:
    """Everybody with other names, roles, turns and transcripts, most turns first."""
    people = assistant.people()
    if not people:
        return hint("Nobody yet.")
    more = hint(f"and {len(people) - LISTED:,} more") if len(people) > LISTED else ""
    rows = (
        (f'<span dir="auto">{escape(person.name)}</span>', _some(person.roles), _some(person.aliases),
         f"{person.n_turns:,}", f"{len(person.transcripts):,}")
        for person in people[:LISTED]
    )  # fmt: skip
    heads = ("Name", "Roles, newest first", "Also found as", "Turns", "Transcripts")
    return table(times(len(people), "person", "people"), heads, rows) + more


def _some(names: Sequence[str]) -> str:
    if not names:
        return ""
    more = f", and {len(names) - _FEW} more" if len(names) > _FEW else ""
    return f'<span dir="auto">{escape(", ".join(names[:_FEW]))}</span>{more}'


def log_html(assistant: Assistant) -> str:
    """The decisions about persons, the latest first."""
    entries = [entry for entry in assistant.people_log() if entry.decision.action != "undo"]
    if not entries:
        return hint("Nothing was decided about persons yet.")
    items = "".join(
        f"<li>{escape(decision_line(entry))}{' (taken back)' if entry.undone else ''}</li>"
        for entry in entries[-20:][::-1]
    )
    return f'<h2 class="qa-sub">Decided</h2><ol class="qa-decided" reversed>{items}</ol>'


def decision_line(entry: LogEntry) -> str:
    return f"{entry.at[:10]}, {entry.decision.action.value}: {' / '.join(entry.decision.names)}"


def health_html(assistant: Assistant) -> str:
    """What `qa check` finds."""
    try:
        report = assistant.check()
    except Exception as error:
        return refused(error)
    lines = "".join(
        f"<li>{escape(without_folders(line))}{' Repaired.' if line in report.repaired else ''}</li>"
        for line in report.problems
    )
    counts = f"{times(report.transcripts, 'transcript')}, {times(report.passages, 'passage')}"
    verdict = "everything is in order" if report.ok else "something is wrong"
    return told(f"{counts}: {verdict}.") + (f"<ul>{lines}</ul>" if lines else "")
