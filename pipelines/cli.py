"""The command `gongwen`: run, show, check, due, export, score, diff."""

from __future__ import annotations

import warnings
from datetime import date, datetime, timedelta
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

if TYPE_CHECKING:
    from pipelines.run import Options, Summary

app = typer.Typer(no_args_is_help=True, add_completion=False, rich_markup_mode=None)

FAILED = 1
WRONG_USE = 2
SIGNALLED = 128
"""And the signal's number: as shells say it."""


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"gongwen {version('gongwen')}")
        raise typer.Exit


@app.callback()
def main(
    show_version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    """Chinese government papers into tables: tasks, units, deadlines, targets, citations.

    \b
    To begin:
      gongwen run notices/ -o tables/    every paper below notices/ into ten tables
      gongwen show notices/plan.html     one paper on the screen, to check it
    """
    # what a library warns of is told as a gap, and is no line of a log or a tree
    warnings.simplefilter("ignore")


Inputs = Annotated[
    list[str], typer.Argument(metavar="INPUT", help="Files, folders, globs or URLs.")
]
Out = Annotated[str, typer.Option("-o", "--out", metavar="OUT", help="Folder or URL of tables.")]
Workers = Annotated[
    int | None,
    typer.Option(min=0, help="Reader processes; 0: none, in this one. Default: all cores."),
]
Include = Annotated[
    list[str] | None, typer.Option(metavar="GLOB", help="Only files like this (*.pdf).")
]
Exclude = Annotated[list[str] | None, typer.Option(metavar="GLOB", help="No files like this.")]
Limit = Annotated[int | None, typer.Option(min=1, help="Read so many documents at most.")]
FailFast = Annotated[
    bool, typer.Option("--fail-fast", help="End at the first failed file, publish nothing.")
]
TimeLimit = Annotated[float, typer.Option(min=1, help="Seconds for one file.")]
MemoryLimit = Annotated[int, typer.Option(min=256, help="MB of memory for one file.")]
PartitionBy = Annotated[
    str, typer.Option(metavar="KEYS", help="Hive folders: region, year or region,year.")
]
Scheduler = Annotated[
    str | None, typer.Option(metavar="ADDRESS", help="A Dask cluster: tcp://host:8786.")
]
Work = Annotated[
    str | None,
    typer.Option(metavar="DIR", help="Local folder for work under way, for an OUT by URL."),
]
JsonLog = Annotated[bool, typer.Option("--json-log", help="Log lines as JSON.")]
Watch = Annotated[bool, typer.Option("--watch", help="Go on: read new files as they come.")]
Password = Annotated[
    str | None, typer.Option(metavar="WORD", help="Opens protected PDF and Office files.")
]


@app.command()
def run(
    *,
    inputs: Inputs,
    out: Out,
    workers: Workers = None,
    include: Include = None,
    exclude: Exclude = None,
    limit: Limit = None,
    fail_fast: FailFast = False,
    time_limit: TimeLimit = 600,
    memory_limit: MemoryLimit = 4096,
    partition_by: PartitionBy = "",
    scheduler: Scheduler = None,
    work: Work = None,
    json_log: JsonLog = False,
    watch: Watch = False,
    password: Password = None,
) -> None:
    """Read papers and write Parquet tables, one folder a table.

    Only what is new or changed since the last run over OUT is read; what is gone from INPUT leaves
    the tables. A folder is read with all that lies below it, ZIP and TAR archives too; hidden files
    are left out. Readers of OUT see the tables of the last run until this one is finished. A run
    that was broken off goes on where it was. Ctrl-C finishes what is under way and publishes it;
    a second one stops at once.

    \b
    Example: gongwen run notices/ "more/*.pdf" -o tables/
    Then in Python: pandas.read_parquet("tables/tasks")

    \b
    Exit status: 0 none failed; what --limit has left is counted at the end
                 1 some failed; their rows in documents and diagnostics say why
                 2 wrong use
                 130, 143 ended by Ctrl-C or SIGTERM; what was read is published
    """
    from pipelines.run import Options, available_cores
    from pipelines.work.frames import Limits

    options = Options(
        workers=available_cores() if workers is None else workers,
        limits=Limits(time_limit, memory_limit),
        password=password,
        partition_by=tuple(key for key in partition_by.split(",") if key),
        limit=limit,
        fail_fast=fail_fast,
        scheduler=scheduler,
        work=work,
    )
    _batch(inputs, out, options, include or [], exclude or [], json_log=json_log, watch=watch)


def _batch(
    inputs: list[str],
    out: str,
    options: Options,
    include: list[str],
    exclude: list[str],
    *,
    json_log: bool,
    watch: bool,
) -> None:
    """One run, or with `watch` one after the other; says how it ended."""
    from pipelines.inputs import InputError, find_inputs
    from pipelines.report import print_summary, watching
    from pipelines.run import run as run_batch
    from pipelines.store import StoreError
    from pipelines.watch import watch as watch_on

    try:
        with watching(json_log) as watcher:
            if watch:
                last = watch_on(inputs, out, options, watcher, include=include, exclude=exclude)
            else:
                files = find_inputs(inputs, out, include, exclude)
                last = run_batch(files, out, options, watcher)
    except (InputError, StoreError) as error:
        typer.echo(f"gongwen: {error}", err=True)
        raise typer.Exit(WRONG_USE) from None
    if last is not None:
        print_summary(last, out)
        raise typer.Exit(_status(last, watch))


def _status(summary: Summary, watch: bool) -> int:
    """Whoever watches ends by a signal, and that is no fault."""
    if summary.failure:
        return FAILED
    if watch:
        return 0
    if summary.signal:
        return SIGNALLED + summary.signal
    return FAILED if summary.statuses["failed"] else 0


@app.command()
def show(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="One paper.")],
    page: Annotated[
        bool, typer.Option("--page", help="Name the page of each task, for PDF, OFD and scans.")
    ] = False,
    password: Annotated[
        str | None, typer.Option(metavar="WORD", help="Opens a protected PDF or Office file.")
    ] = None,
) -> None:
    """Print one paper's tree with its tasks, units, dates and figures.

    牵头, 责任 and 配合 units stand under their task as printed = in full; “ ” holds the paper's
    own words; gaps, what was seen but not understood, stand at the end.

    Example: gongwen show notices/plan.html
    """
    from extract import extract
    from pipelines.show import print_paper

    if not file.is_file():
        said = "no such file; name one paper"
        if file.is_dir():
            said = f"is a folder; name one paper, or read all: gongwen run {file} -o tables/"
        typer.echo(f"gongwen: {file}: {said}", err=True)
        raise typer.Exit(WRONG_USE)
    result = extract(file, password)
    print_paper(result, pages=page)
    if result.document.status == "failed":
        raise typer.Exit(FAILED)


@app.command()
def score(
    gold: Annotated[Path, typer.Argument(metavar="GOLD", help="Folder of answers made by hand.")],
    out: Annotated[Path, typer.Argument(metavar="OUT", help="Folder of a run's tables.")],
    errors: Annotated[
        bool, typer.Option("--errors", help="Print what was missed or false.")
    ] = False,
) -> None:
    """Compare tables with answers made by hand: precision, recall and F1.

    GOLD holds one JSON file a paper (CONTRIBUTING.md says how to write one). Gold papers that the
    output does not hold are left out.

    Example: gongwen score tests/gold tables/
    """
    from pipelines.measure.score import ScoreError, print_scores, score_output

    try:
        scores = score_output(gold, out)
    except ScoreError as error:
        typer.echo(f"gongwen: {error}", err=True)
        raise typer.Exit(WRONG_USE) from None
    print_scores(scores, errors=errors)


@app.command()
def diff(
    old: Annotated[Path, typer.Argument(metavar="OLD", help="Folder of the tables before.")],
    new: Annotated[Path, typer.Argument(metavar="NEW", help="Folder of the tables after.")],
) -> None:
    """Show what a change of rules or words gained and lost, row by row.

    Example: gongwen diff tables-before/ tables-after/
    """
    from pipelines.measure.diff import DiffError, compare, print_changes

    try:
        changes = compare(old, new)
    except DiffError as error:
        typer.echo(f"gongwen: {error}", err=True)
        raise typer.Exit(WRONG_USE) from None
    print_changes(changes)


@app.command()
def check(
    out: Annotated[str, typer.Argument(metavar="OUT", help="Folder or URL of a run's tables.")],
) -> None:
    """Verify tables: files against the manifest, columns, ids, keys between tables, quotes.

    Each fault is a line: table, id of the row or name of the file, what is wrong.

    \b
    Example: gongwen check tables/

    \b
    Exit status: 0 all is well, 1 something is wrong, 2 wrong use
    """
    from pipelines.check import check as check_output
    from pipelines.check import print_faults
    from pipelines.store import StoreError

    try:
        count = print_faults(check_output(out))
    except StoreError as error:
        typer.echo(f"gongwen: {error}", err=True)
        raise typer.Exit(WRONG_USE) from None
    typer.echo(f"{count} faults" if count else "no faults")
    if count:
        typer.echo("a file that is spoilt or missing is mended by no run: run into a new folder")
        raise typer.Exit(FAILED)


@app.command()
def due(
    out: Annotated[str, typer.Argument(metavar="OUT", help="Folder or URL of a run's tables.")],
    file: Annotated[
        Path, typer.Option("-o", "--out", metavar="FILE", help="Ends in .parquet, .csv or .ics.")
    ],
    since: Annotated[
        datetime | None,
        typer.Option("--from", formats=["%Y-%m-%d"], help="First day; today if not given."),
    ] = None,
    until: Annotated[
        datetime | None,
        typer.Option("--until", formats=["%Y-%m-%d"], help="Last day; else 90 days on."),
    ] = None,
) -> None:
    """Write what falls due in a window, for whom and by which paper.

    A recurring duty is a row a period. CSV opens in Excel, ICS in calendars.

    \b
    Example: gongwen due tables/ --from 2026-01-01 --until 2026-12-31 -o due.ics
    """
    from pipelines.downstream.due import DueError, due_rows, left_out
    from pipelines.downstream.due_files import write_due
    from pipelines.store import StoreError

    first, last = _window(since, until, days=90)
    try:
        rows = due_rows(out, first, last)
        write_due(rows, file)
    except (DueError, StoreError) as error:
        typer.echo(f"gongwen: {error}", err=True)
        raise typer.Exit(WRONG_USE) from None
    typer.echo(f"{rows.num_rows} rows from {first} to {last} in {file}")
    for reason, count in left_out(rows).items():
        typer.echo(f"not expanded: {count} recurring deadlines ({reason})")


@app.command()
def export(
    out: Annotated[str, typer.Argument(metavar="OUT", help="Folder or URL of a run's tables.")],
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The database to write.")],
    to: Annotated[
        Literal["duckdb", "docbin"], typer.Option("--to", help="A database, or spaCy documents.")
    ] = "duckdb",
    since: Annotated[
        datetime | None,
        typer.Option("--from", formats=["%Y-%m-%d"], help="First day of due; else today."),
    ] = None,
    until: Annotated[
        datetime | None,
        typer.Option("--until", formats=["%Y-%m-%d"], help="Last day of due; else 365 days on."),
    ] = None,
) -> None:
    """Write an output as one file: a DuckDB database, or spaCy documents.

    The database holds all tables, the table due and the views tasks_by_unit, due_next and
    targets_by_paper; a DocBin holds each paper with the spans that the component gives.

    \b
    Example: gongwen export tables/ papers.duckdb
             gongwen export tables/ --to docbin papers.spacy
    """
    from pipelines.downstream.due import DueError
    from pipelines.downstream.export import ExportError, export_duckdb
    from pipelines.store import StoreError

    first, last = _window(since, until, days=365)
    try:
        if to == "docbin":
            from pipelines.downstream.docbin import write_docbin

            typer.echo(f"{file}: {write_docbin(out, file)} papers")
            return
        export_duckdb(out, file, first, last)
    except (DueError, ExportError, StoreError) as error:
        typer.echo(f"gongwen: {error}", err=True)
        raise typer.Exit(WRONG_USE) from None
    typer.echo(f"{file}: all tables, due from {first} to {last}")


def _window(since: datetime | None, until: datetime | None, days: int) -> tuple[date, date]:
    """The window asked for; without a first day from today, without a last one so many days."""
    first = since.date() if since else date.today()
    return first, until.date() if until else first + timedelta(days=days)
