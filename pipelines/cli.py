"""The command `gongwen`: run, show, score."""

from __future__ import annotations

from importlib.metadata import version
from pathlib import Path
from typing import Annotated

import typer

app = typer.Typer(
    help="Chinese government papers into tables: tasks, units, deadlines, targets, citations.",
    no_args_is_help=True,
    add_completion=False,
)

FAILED = 1
WRONG_USE = 2


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
    """Chinese government papers into tables."""


@app.command()
def run(
    inputs: Annotated[list[str], typer.Argument(help="Files, folders (read through) or globs.")],
    out: Annotated[Path, typer.Option("-o", "--out", help="Folder for the tables.")],
) -> None:
    """Read papers and write ten Parquet tables.

    Example: gongwen run notices/ -o tables/

    Then in Python: pandas.read_parquet("tables/tasks"). Exit status: 0 all read, 1 some failed
    (their rows in `documents` and `diagnostics` say why), 2 wrong use.
    """
    from pipelines.inputs import InputError, find_inputs
    from pipelines.report import announced, print_summary
    from pipelines.run import run as run_batch
    from pipelines.store import StoreError

    try:
        files = find_inputs(inputs, out)
        with announced(len(files)) as progress:
            summary = run_batch(files, out, progress)
    except (InputError, StoreError) as error:
        typer.echo(f"gongwen: {error}", err=True)
        raise typer.Exit(WRONG_USE) from None
    print_summary(summary, out)
    if summary.failures:
        raise typer.Exit(FAILED)


@app.command()
def show(
    file: Annotated[Path, typer.Argument(help="One paper.")],
) -> None:
    """Print one paper's tree with its tasks, units, dates and figures, to check it in a minute.

    Example: gongwen show notices/plan.html
    """
    from extract import extract
    from pipelines.show import print_paper

    if not file.is_file():
        typer.echo(f"gongwen: {file}: no such file; name one paper", err=True)
        raise typer.Exit(WRONG_USE)
    result = extract(file)
    print_paper(result)
    if result.document.status == "failed":
        raise typer.Exit(FAILED)


@app.command()
def score(
    gold: Annotated[Path, typer.Argument(help="Folder of answers made by hand, JSON files.")],
    out: Annotated[Path, typer.Argument(help="Folder of the tables of a run.")],
    errors: Annotated[
        bool, typer.Option("--errors", help="Print what was missed or false.")
    ] = False,
) -> None:
    """Compare tables with answers made by hand: precision, recall and F1 a layer.

    Gold papers that the output does not hold are left out.

    Example: gongwen score tests/gold tables/
    """
    from pipelines.score import ScoreError, print_scores, score_output

    try:
        scores = score_output(gold, out)
    except ScoreError as error:
        typer.echo(f"gongwen: {error}", err=True)
        raise typer.Exit(WRONG_USE) from None
    print_scores(scores, errors=errors)
