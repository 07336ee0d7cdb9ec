"""The command `qa`: parse, call the assistant, show. Errors are one line on stderr and exit code 2."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import asdict, is_dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Annotated, Any, NoReturn

import typer

from qa.errors import QAError, UsageError

if TYPE_CHECKING:
    from rich.console import Console

    from qa.assistant import Assistant
    from qa.types import (
        AddReport,
        Answer,
        Citation,
        DatedRole,
        FileReport,
        LogEntry,
        PersonInfo,
        Progress,
        QuotationCheck,
    )

app = typer.Typer(
    name="qa",
    help='Who said what? Cited, verbatim answers from transcripts, or an honest "nobody said that here".',
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)

IndexDir = Annotated[Path | None, typer.Option("--index", help="Index folder. [default: .qa, or $QA_INDEX]")]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON for programs.")]
InTranscript = Annotated[str | None, typer.Option("--transcript", help="Only this transcript (id, or its beginning).")]
BySpeaker = Annotated[str | None, typer.Option("--speaker", help="Only this person's words.")]
Since = Annotated[str | None, typer.Option("--since", help="Only events on or after this day, such as 2017-10-12.")]
Until = Annotated[str | None, typer.Option("--until", help="Only events on or before this day.")]


def main() -> None:
    """Run the command line; whatever goes wrong in the world is one line on stderr and exit code 2."""
    debug = "--debug" in sys.argv[1:]
    args = [arg for arg in sys.argv[1:] if arg != "--debug"]
    try:
        code = app(args=args, prog_name="qa", standalone_mode=False)
        sys.stdout.flush()
        if isinstance(code, int) and code:  # what typer.Exit becomes without standalone mode
            sys.exit(code)
    except QAError as error:
        _fail(str(error), debug)
    except SystemExit as stop:
        if not isinstance(stop.__context__, BrokenPipeError):
            raise
        _quietly_end()
    except (typer.Abort, KeyboardInterrupt):
        print("Stopped. What was indexed so far is kept.", file=sys.stderr)
        sys.exit(130)
    except BrokenPipeError:
        _quietly_end()
    except Exception as error:
        if hasattr(error, "format_message"):  # click's own: a wrong option, a missing argument
            _fail(f"{error.format_message()} See: qa --help", debug)
        _fail(f"Unexpected {type(error).__name__}: {error}. Run again with --debug for the whole story.", debug)


def _quietly_end() -> NoReturn:
    """The reader of our output is gone, as after `| head`: no error."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    sys.exit(0)


def _fail(message: str, debug: bool) -> None:
    if debug:
        import traceback

        traceback.print_exc()
    print(_one_line(f"qa: {message}"), file=sys.stderr)
    sys.exit(2)


@contextmanager
def _opened(index: Path | None, *, create: bool = False) -> Iterator[Assistant]:
    from qa import assistant
    from qa.settings import load

    settings = load()
    with assistant.open(index or Path(settings.index_dir), settings, create=create) as opened:
        yield opened


# ------------------------------------------------------------------ filling


@app.command()
def index(
    paths: Annotated[list[str], typer.Argument(help="Files and folders.")],
    index: IndexDir = None,
    as_json: AsJson = False,
) -> None:
    """Index transcripts: new files are added, changed ones replaced, unchanged ones skipped."""
    with _opened(index, create=True) as assistant, _progress(quiet=as_json) as progress:
        report = assistant.add(*paths, progress=progress)
    if as_json:
        _print_json(report)
    else:
        _show_report(report)
    if report.failed and not (report.added or report.updated or report.skipped):
        raise typer.Exit(2)


@contextmanager
def _progress(*, quiet: bool, what: str = "Indexing") -> Iterator[Progress | None]:
    if quiet or not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
    from rich.progress import Progress as Bar

    columns = (
        TextColumn(what), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn(),
        TextColumn("{task.fields[file]}", markup=False),
    )  # fmt: skip
    with Bar(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", file="")
        yield lambda done, total, path: bar.update(task, completed=done, total=total, file=Path(path).name)


def _show_report(report: AddReport) -> None:
    for word, files in (("added", report.added), ("updated", report.updated)):
        for file in files:
            print(_one_line(f"{word} {file.path}: {_contents(file)}"))
            for problem in file.problems[:_MOST_PROBLEMS]:
                print(_one_line(f"qa: {file.path}, {problem}"), file=sys.stderr)
            if len(file.problems) > _MOST_PROBLEMS:
                more = len(file.problems) - _MOST_PROBLEMS
                told = f"qa: {file.path}: {more} more problems. See: qa show {file.transcript_id}"
                print(_one_line(told), file=sys.stderr)
    for file in report.failed:
        print(_one_line(f"qa: failed {file.reason}"), file=sys.stderr)
    counts = [(len(report.added), "added"), (len(report.updated), "updated"), (len(report.skipped), "unchanged"),
              (len(report.failed), "failed")]  # fmt: skip
    print(", ".join(f"{n} {word}" for n, word in counts if n) or "nothing to do")


_MOST_PROBLEMS = 5  # of one file that `qa index` prints


def _contents(file: FileReport) -> str:
    parts = [file.format, f"{file.n_turns} turns", f"{file.n_people} people"]
    for count, what in (
        (file.n_uncertain, "turns of uncertain speakers"),
        (file.n_unattributed, "pieces nobody is named for left out"),
        (file.n_dropped, "lines of furniture left out"),
    ):
        if count:
            parts.append(f"{count} {what}")
    return ", ".join(parts)


@app.command()
def remove(transcript: str, index: IndexDir = None) -> None:
    """Forget a transcript. The file itself stays."""
    with _opened(index) as assistant:
        assistant.remove(transcript)
    print(f"removed {transcript}")


@app.command()
def check(index: IndexDir = None, as_json: AsJson = False) -> None:
    """Verify the index, and rebuild what is only derived from it."""
    with _opened(index) as assistant:
        report = assistant.check()
    if as_json:
        _print_json({**asdict(report), "ok": report.ok})
    else:
        for problem in report.problems:
            print(f"{'repaired' if problem in report.repaired else 'problem'}: {problem}")
        print(f"{report.transcripts} transcripts, {report.passages} passages: {'sound' if report.ok else 'NOT SOUND'}")
    if not report.ok:
        raise typer.Exit(2)


# ------------------------------------------------------------------ asking


@app.command()
def ask(
    question: str,
    index: IndexDir = None,
    transcript: InTranscript = None,
    speaker: BySpeaker = None,
    since: Since = None,
    until: Until = None,
    as_json: AsJson = False,
    form: Annotated[
        str | None, typer.Option("--format", help="Print for others: markdown, json, csl-json, bibtex or plain.")
    ] = None,
) -> None:
    """Answer a question with cited, verbatim quotations."""
    from qa.export import checked, export

    if form is not None:
        checked(form)
    with _opened(index) as assistant:
        answer = assistant.ask(question, transcript=transcript, speaker=speaker, since=since, until=until)
    if form is not None:
        sys.stdout.write(export(answer, form))
    elif as_json:
        _print_json(answer)
    else:
        _show_answer(answer)


@app.command()
def search(
    words: str,
    index: IndexDir = None,
    k: Annotated[int, typer.Option("-k", help="Most hits.")] = 10,
    size: Annotated[int | None, typer.Option("--size", help="Tokens of an excerpt; 0 = single turns.")] = None,
    transcript: InTranscript = None,
    speaker: BySpeaker = None,
    since: Since = None,
    until: Until = None,
    as_json: AsJson = False,
) -> None:
    """Find excerpts worth reading."""
    with _opened(index) as assistant:
        hits = assistant.search(words, k, transcript=transcript, speaker=speaker, since=since, until=until, size=size)
    if as_json:
        _print_json(hits)
        return
    console = _console()
    for hit in hits:
        where = ", ".join(part for part in (hit.title, hit.date) if part)
        turns = f"turn {hit.turns[0]}" if len(hit.turns) == 1 else f"turns {hit.turns[0]}-{hit.turns[-1]}"
        console.print(_clean(f"{hit.score:.3f}  {where}  {turns}"), style="bold")
        console.print(_clean(f"{', '.join(hit.speakers)}\n{hit.text}\n"))
    if not hits:
        console.print("Nothing found.")


@app.command()
def verify(
    quote: Annotated[
        str, typer.Argument(help='The words, or - to read them from standard input. "…" leaves words out.')
    ],
    index: IndexDir = None,
    speaker: Annotated[str | None, typer.Option("--speaker", help="To whom the words are ascribed.")] = None,
    transcript: InTranscript = None,
    as_json: AsJson = False,
) -> None:
    """Check a quotation: verbatim, nearly, said by somebody else, or not found."""
    if quote == "-":
        quote = sys.stdin.read()
    with _opened(index) as assistant:
        found = assistant.check_quotation(quote, speaker, transcript)
    if as_json:
        _print_json(found)
    else:
        _show_check(found)


@app.command()
def chat(
    index: IndexDir = None,
    transcript: InTranscript = None,
    speaker: BySpeaker = None,
    since: Since = None,
    until: Until = None,
) -> None:
    """Ask one question after another; follow-ups are understood. /help lists what else it does."""
    from qa.terminal import Talk, understood
    from qa.types import Answer, QuotationCheck

    given = {"transcript": transcript, "speaker": speaker, "since": since, "until": until}
    with _opened(index) as assistant:
        talk = Talk(assistant)
        for name, value in given.items():
            if value:
                talk.say(f"/{name} {value}")
        print("Ask away; /help says what else. An empty line or Ctrl-D ends it.")
        while asked := _line():
            try:
                said = talk.say(asked)
            except UsageError as error:
                print(_clean(str(error)))
                continue
            if isinstance(said, Answer):
                line = understood(said.understood)
                if line:
                    _console().print(_clean(line), style="dim")
                _show_answer(said)
            elif isinstance(said, QuotationCheck):
                _show_check(said)
            else:
                print(_clean(said))


def _line() -> str:
    """What was typed; "" at the end."""
    if sys.stdin.isatty():
        with suppress(ImportError):
            import readline  # noqa: F401  # arrows go back to earlier lines
    try:
        return input("? ").strip()
    except (EOFError, KeyboardInterrupt):
        print()
        return ""


@app.command()
def serve(
    index: IndexDir = None,
    host: Annotated[str, typer.Option(help="Address to listen on; others than this machine's demand --auth.")] = (
        "127.0.0.1"
    ),
    port: Annotated[int, typer.Option(help="Port to listen on.")] = 7860,
    auth: Annotated[
        list[str] | None,
        typer.Option("--auth", metavar="USER:PASSWORD", help="Who may ask; again for more. Better in $QA_AUTH."),
    ] = None,
    no_auth: Annotated[bool, typer.Option("--no-auth", help="Let everybody in who reaches the address.")] = False,
) -> None:
    """Serve the web chat, the API (/api) and the tools for other assistants (/mcp)."""
    from qa.web import guard

    if auth and no_auth:
        raise UsageError("--auth and --no-auth contradict each other. Leave one out.")
    users = () if no_auth else guard.users(auth or ())
    with _opened(index, create=True) as assistant:
        from qa.web.serve import serve as serve_page

        serve_page(assistant, host=host, port=port, users=users, open_to_all=no_auth)


@app.command()
def mcp(index: IndexDir = None) -> None:
    """Serve other assistants over standard input and output (MCP): ask, search, check quotations."""
    from qa import mcp_server

    with _opened(index) as assistant:
        mcp_server.run_stdio(assistant)


# ------------------------------------------------------------------ looking


@app.command()
def transcripts(index: IndexDir = None, as_json: AsJson = False) -> None:
    """List the transcripts."""
    with _opened(index) as assistant:
        found = assistant.transcripts()
    if as_json:
        _print_json(found)
        return
    rows = [(info.id, info.date or "", info.place or "", str(info.n_turns), info.title) for info in found]
    _table(("id", "date", "place", "turns", "title"), rows)


people_app = typer.Typer(
    help="List everybody who speaks or is named as present; or say who is who (below), which can be undone.",
    invoke_without_command=True,
)
app.add_typer(people_app, name="people")


@people_app.callback()
def people(context: typer.Context, index: IndexDir = None, as_json: AsJson = False) -> None:
    if context.invoked_subcommand is not None:
        context.obj = index
        return
    with _opened(index) as assistant:
        found = assistant.people(samples=True)
    if as_json:
        _print_json(found)
        return
    console = _console()
    for person in found:
        console.print(_clean("; ".join([person.name, *map(_role, person.dated_roles)])), style="bold")
        where = f"{_many(person.n_turns, 'turn')} in {_many(len(person.transcripts), 'transcript')}"
        more = len(person.aliases) - _FORMS
        forms = [*person.aliases[:_FORMS], *([f"{more} more"] if more > 0 else [])]
        also = f"; also {', '.join(forms)}" if forms else ""
        console.print(_clean(f"  {where}{also}"))
        if person.sample:
            console.print(_clean(f"  “{_short(person.sample)}”"), style="dim")


def _role(role: DatedRole) -> str:
    days = [day for day in dict.fromkeys((role.first, role.last)) if day]
    return f"{role.role} ({' to '.join(days)})" if days else role.role


def _many(n: int, what: str) -> str:
    return f"{n} {what}{'' if n == 1 else 's'}"


def _short(text: str) -> str:
    return text if len(text) <= _SAMPLE else f"{text[: _SAMPLE - 1].rstrip()}…"


_SAMPLE = 100  # characters of a sample line
_FORMS = 10  # other forms of a name listed; --json has them all


@contextmanager
def _deciding(context: typer.Context, index: Path | None) -> Iterator[Assistant]:
    with _opened(index or context.obj) as assistant:
        yield assistant


@people_app.command()
def merge(
    context: typer.Context,
    names: Annotated[list[str], typer.Argument(metavar="A B...", help="The first one's name is kept.")],
    index: IndexDir = None,
    as_json: AsJson = False,
) -> None:
    """Make persons one."""
    with _deciding(context, index) as assistant:
        _show_person("one person", assistant.merge_people(*names), as_json)


@people_app.command()
def split(
    context: typer.Context,
    name: str,
    transcripts: Annotated[list[str], typer.Argument(metavar="TRANSCRIPT...", help="Ids, or their beginnings.")],
    index: IndexDir = None,
    as_json: AsJson = False,
) -> None:
    """Make a person's part in some transcripts a person of its own."""
    with _deciding(context, index) as assistant:
        _show_person("a person of its own", assistant.split_person(name, *transcripts), as_json)


@people_app.command()
def rename(context: typer.Context, name: str, new: str, index: IndexDir = None, as_json: AsJson = False) -> None:
    """Call a person otherwise; the old forms go on finding them."""
    with _deciding(context, index) as assistant:
        _show_person("renamed", assistant.rename_person(name, new), as_json)


@people_app.command()
def alias(context: typer.Context, name: str, form: str, index: IndexDir = None, as_json: AsJson = False) -> None:
    """Find a person by a further form, too."""
    with _deciding(context, index) as assistant:
        _show_person("alias added", assistant.add_alias(name, form), as_json)


@people_app.command()
def undo(context: typer.Context, index: IndexDir = None, as_json: AsJson = False) -> None:
    """Take back the latest of these decisions that still stands."""
    with _deciding(context, index) as assistant:
        entry = assistant.undo_people()
    if as_json:
        _print_json(entry)
    else:
        print(_clean(f"undone: {_decision(entry)}"))


@people_app.command()
def log(context: typer.Context, index: IndexDir = None, as_json: AsJson = False) -> None:
    """List every decision, those taken back included."""
    with _deciding(context, index) as assistant:
        entries = assistant.people_log()
    if as_json:
        _print_json(entries)
        return
    for entry in entries:
        print(_clean(f"{entry.n}  {entry.at}  {_decision(entry)}{'  (undone)' if entry.undone else ''}"))
    if not entries:
        print("No decisions yet.")


@people_app.command()
def export(
    context: typer.Context, file: Annotated[Path, typer.Argument(help="To write.")], index: IndexDir = None
) -> None:
    """Write the decisions that stand to a plain file."""
    with _deciding(context, index) as assistant:
        n = assistant.export_people(file)
    print(f"{_many(n, 'decision')} written to {file}")


@people_app.command(name="import")
def import_(
    context: typer.Context, file: Annotated[Path, typer.Argument(help="As exported.")], index: IndexDir = None
) -> None:
    """Carry out the decisions of such a file."""
    with _deciding(context, index) as assistant:
        n = assistant.import_people(file)
    print(f"{_many(n, 'new decision')}" if n else "nothing new")


def _show_person(what: str, person: PersonInfo, as_json: bool) -> None:
    if as_json:
        _print_json(person)
        return
    where = f"{_many(person.n_turns, 'turn')} in {_many(len(person.transcripts), 'transcript')}"
    print(_clean(f"{what}: {person.name}, {where}"))


def _decision(entry: LogEntry) -> str:
    decision = entry.decision
    shown = " ".join(f'"{name}"' for name in decision.names)
    if decision.parts:
        return f"{decision.action} {shown} ({_many(len(decision.parts), 'decision')})"
    where = [ref.transcript for person in decision.persons for ref in person if ref.transcript]
    return f"{decision.action} {shown}{' in ' + ', '.join(dict.fromkeys(where)) if decision.action == 'split' else ''}"


@app.command()
def show(transcript: str, index: IndexDir = None, as_json: AsJson = False) -> None:
    """Print a transcript as it was understood; --json exports it in the own format, qa-transcript/1."""
    from qa.read import own_json

    with _opened(index) as assistant:
        found = assistant.transcript(transcript)
    if as_json:
        sys.stdout.write(own_json.write(found))
        return
    console = _console()
    console.print(_clean(found.title), style="bold")
    for part in found.page:
        console.print(_clean(f"[{part.kind}] {part.text}"), style="dim")
    for turn in found.turns:
        doubt = " (uncertain)" if turn.uncertain else ""
        console.print(_clean(f"\n{turn.index}  {turn.speaker}{doubt}"), style="bold")
        console.print(_clean(turn.text))
    for lines, what in (
        (found.dropped, "lines are neither speech nor facts of the page"),
        (found.unattributed, "pieces have nobody named for them"),
        (found.problems, "places could not be read"),
    ):
        if lines:
            console.print(f"\n{len(lines)} {what}:", style="dim")
            console.print(_clean("\n".join(f"  {line}" for line in lines)), style="dim")


@app.command(name="eval")
def eval_(
    questions: Annotated[list[Path], typer.Argument(help="Files of questions, one JSON object a line.")],
    index: IndexDir = None,
    corpus: Annotated[
        Path | None, typer.Option(help="Index this first: into --index, or else into a folder that is deleted again.")
    ] = None,
    report: Annotated[Path | None, typer.Option(help="Write an HTML page with plots and misses.")] = None,
    save: Annotated[Path | None, typer.Option(help="Write figures and rows as JSON.")] = None,
    against: Annotated[Path | None, typer.Option(help="Compare with a run that was saved earlier.")] = None,
    as_json: AsJson = False,
) -> None:
    """Ask questions with known answers and count what came out right."""
    from qa import evaluate as ev

    wanted = [question for path in questions for question in ev.load_questions(path)]
    older = None if against is None else ev.read_report(against)
    ev.ready_to_write(report, save)
    with _to_ask(index, corpus) as assistant, _progress(quiet=as_json, what="Asking") as progress:
        done = ev.evaluate(assistant, wanted, progress=progress)
    names = {"files": [path.name for path in questions], "corpus": None if corpus is None else corpus.name}
    done = replace(done, about={**done.about, **names})
    found = None if older is None else ev.compare(done, older)
    if save is not None:
        ev.write_report(done, save)
    if report is not None:
        ev.write_page(done, report, found)
    if as_json:
        _print_json(ev.to_dict(done, found))
        return
    for line in ev.lines(done, found):
        print(_clean(line))


@contextmanager
def _to_ask(index: Path | None, corpus: Path | None) -> Iterator[Assistant]:
    """The index to put questions to; a corpus without an index folder of its own leaves nothing behind."""
    with ExitStack() as stack:
        if corpus is not None and index is None:
            index = Path(stack.enter_context(TemporaryDirectory(prefix="qa-eval-"))) / "index"
        assistant = stack.enter_context(_opened(index, create=corpus is not None))
        if corpus is not None:
            filled = assistant.add(corpus)
            if filled.failed and not (filled.added or filled.updated or filled.skipped):
                raise UsageError(f"Nothing of {corpus} could be indexed: {filled.failed[0].reason}")
            for file in filled.failed:
                print(_one_line(f"qa: failed {file.reason}"), file=sys.stderr)
        yield assistant


# ------------------------------------------------------------------ printing


def _console() -> Console:
    from rich.console import Console

    # Transcript text is never markup: "[red]" in somebody's words stays as it is.
    return Console(markup=False, highlight=False, soft_wrap=True, emoji=False)


def _show_answer(answer: Answer) -> None:
    console = _console()
    if answer.standalone.strip() != answer.question.strip():
        console.print(_clean(f"({answer.standalone})"), style="dim")
    console.print(_clean(answer.text))
    cited = answer.citations or answer.elsewhere
    if cited:
        console.print()
    for n, citation in enumerate(cited, 1):
        console.print(f"[{n}] {_clean(_reference(citation))}", style="dim")
    if answer.found:
        console.print(f"confidence {answer.confidence:.0%}", style="dim")


_VERDICTS = {
    "verbatim": "Verbatim: {who} said exactly this.",
    "nearly": "Nearly: {who} said it otherwise.",
    "other-speaker": "Said by somebody else: {who}.",
    "not-found": "Not found: nobody here said this.",
}


def _show_check(check: QuotationCheck) -> None:
    console = _console()
    who = (check.citation.speaker or "the page itself") if check.citation else ""
    console.print(_clean(_VERDICTS[check.verdict].format(who=who)), style="bold")
    for citation in check.places:
        console.print(_clean(f"“{citation.quote}”"))
        console.print(_clean(_reference(citation)), style="dim")
    for one in check.differences:
        quoted = f"“{one.quoted}”" if one.quoted else "nothing"
        said = f"“{one.said}”" if one.said else "nothing like it"
        console.print(_clean(f"  quoted {quoted}, said {said}"))
    for note in check.notes:
        console.print(_clean(f"  {note}"), style="dim")
    if check.others:
        console.print("Also:", style="dim")
    for citation in check.others:
        console.print(_clean(f"  “{citation.quote}” {_reference(citation)}"), style="dim")


def _reference(citation: Citation) -> str:
    """Where a quotation stands, for a person who wants to look it up."""
    from qa.export import doubt
    from qa.web.wording import clock

    at = clock(citation.start_s)
    who = f"{citation.speaker or 'the page itself'}{doubt(citation)}"
    event = ", ".join(part for part in (citation.title, citation.place, citation.date) if part)
    source = citation.source or citation.transcript_id
    if source.startswith(str(Path.cwd()) + os.sep):
        source = os.path.relpath(source)
    place = "" if citation.turn is None else f", turn {citation.turn}"
    span = "" if citation.source_start is None else f", characters {citation.source_start}-{citation.source_end}"
    return f"{who}, {event} ({source}{place}{span}{f', at {at}' if at else ''})"


def _clean(text: str) -> str:
    """Without control characters, which could move a terminal's cursor or forge its lines."""
    return "".join(ch for ch in text if ch in "\n\t" or ch.isprintable())


def _one_line(text: str) -> str:
    """One clean line, whatever a file is called."""
    return _clean(" ".join(text.split()))


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    from rich.table import Table
    from rich.text import Text

    table = Table(*head, box=None, pad_edge=False)
    for row in rows:
        table.add_row(*(Text(_clean(cell)) for cell in row))
    _console().print(table)


def _print_json(value: Any) -> None:
    def plain(item: Any) -> Any:
        return asdict(item) if is_dataclass(item) and not isinstance(item, type) else str(item)

    if isinstance(value, list | tuple):
        value = [plain(item) for item in value]
    elif is_dataclass(value):
        value = plain(value)
    print(json.dumps(value, ensure_ascii=False, indent=2))
