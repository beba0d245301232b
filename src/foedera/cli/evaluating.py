"""Commands that score Foedera against gold annotations."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

import click

from .common import Command, format_option, put_json
from .main import HELP

KINDS: Final = ("statements", "agreements", "meetings", "figures", "incidents", "policies", "capabilities")

_PLACE: Final = click.Path(path_type=Path)
gold_option = click.option("--gold", metavar="DIR", type=_PLACE, required=True, help="Folder of gold files.")
errors_option = click.option("--errors", is_flag=True, help="List what was missed or wrong.")
pages_argument = click.argument("pages", metavar="[PAGES]...", nargs=-1, type=_PLACE)


@click.group("evaluate", context_settings=HELP)
def evaluate_command() -> None:
    """Score Foedera against gold annotations. Figures are fractions of 1, with bootstrap intervals.

    \b
    Example:
      foedera evaluate events --gold eval/gold/demo src/foedera/demo/reports
    """


@evaluate_command.command("events", cls=Command)
@gold_option
@pages_argument
@errors_option
@format_option("table", "json")
def events(gold: Path, pages: tuple[Path, ...], errors: bool, fmt: str) -> None:
    """Score events. PAGES are files and folders that hold the pages; none where they lie beside the gold.

    \b
    Example:
      foedera evaluate events --gold eval/gold/demo src/foedera/demo/reports --format json
    """
    from foedera import api

    _put(api.evaluate_events(gold, pages, errors=errors), fmt)


@evaluate_command.command("claims", cls=Command)
@click.argument("kind", metavar="KIND", type=click.Choice(KINDS))
@gold_option
@pages_argument
@errors_option
@format_option("table", "json")
def claims(kind: str, gold: Path, pages: tuple[Path, ...], errors: bool, fmt: str) -> None:
    """Score one kind of claim: statements, agreements, meetings, figures, incidents, policies or capabilities.

    \b
    Example:
      foedera evaluate claims meetings --gold eval/gold/demo src/foedera/demo/reports
    """
    from foedera import api

    _put(api.evaluate_claims(kind, gold, pages, errors=errors), fmt)


@evaluate_command.command("hygiene", cls=Command)
@gold_option
@pages_argument
@errors_option
@format_option("table", "json")
def hygiene(gold: Path, pages: tuple[Path, ...], errors: bool, fmt: str) -> None:
    """Score titles, lines that are no part of the report, captions and publication dates.

    \b
    Example:
      foedera evaluate hygiene --gold eval/gold/demo src/foedera/demo/reports
    """
    from foedera import api

    _put(api.evaluate_hygiene(gold, pages, errors=errors), fmt)


@evaluate_command.command("publication-dates", cls=Command)
@click.argument("file", metavar="FILE.json", type=_PLACE)
@click.argument("folder", metavar="DIR", type=_PLACE)
@errors_option
@format_option("table", "json")
def publication_dates(file: Path, folder: Path, errors: bool, fmt: str) -> None:
    """Score publication dates. FILE.json maps addresses or file names to dates; DIR holds the pages.

    \b
    Example:
      foedera evaluate publication-dates dates.json pages/
    """
    from foedera import api

    _put(api.evaluate_publication_dates(file, folder, errors=errors), fmt)


@evaluate_command.command("extraction", cls=Command)
@click.argument("folder", metavar="DIR", type=_PLACE)
@click.option("--sample", metavar="N", type=click.IntRange(min=1), help="Take only so many pages, evenly spread.")
@errors_option
@format_option("table", "json")
def extraction(folder: Path, sample: int | None, errors: bool, fmt: str) -> None:
    """Score the main text of HTML pages. DIR holds ground-truth.json and the folder html.

    \b
    Example:
      foedera evaluate extraction article-extraction-benchmark/
    """
    from foedera import api

    _put(api.evaluate_extraction(folder, sample=sample, errors=errors), fmt)


@evaluate_command.command("relations", cls=Command)
@click.argument("file", metavar="FILE.tsv", type=_PLACE)
@click.option(
    "--cooperation", metavar="VALUE", type=click.IntRange(0, 1), default=0, show_default=True,
    help="The value of gold_binary that stands for cooperation.",
)  # fmt: skip
@errors_option
@format_option("table", "json")
def relations(file: Path, cooperation: int, errors: bool, fmt: str) -> None:
    """Score the PLOVER type between a marked source and target. FILE.tsv has PLV's columns.

    \b
    Example:
      foedera evaluate relations PLV_test.tsv
    """
    from foedera import api

    _put(api.evaluate_relations(file, cooperation=cooperation, errors=errors), fmt)


@evaluate_command.command("entities", cls=Command)
@click.argument("file", metavar="FILE.iob2", type=_PLACE)
@errors_option
@format_option("table", "json")
def entities(file: Path, errors: bool, fmt: str) -> None:
    """Score names of persons, places and organisations. FILE.iob2 has a token a line.

    \b
    Example:
      foedera evaluate entities en_ewt-ud-dev.iob2
    """
    from foedera import api

    _put(api.evaluate_entities(file, errors=errors), fmt)


@evaluate_command.command("times", cls=Command)
@click.argument("place", metavar="DIR|TAR", type=_PLACE)
@errors_option
@format_option("table", "json")
def times(place: Path, errors: bool, fmt: str) -> None:
    """Score time expressions. DIR or TAR holds .tml files with TIMEX3.

    \b
    Example:
      foedera evaluate times te3-platinum/
    """
    from foedera import api

    _put(api.evaluate_times(place, errors=errors), fmt)


@evaluate_command.command("attribution", cls=Command)
@click.argument("file", metavar="FILE.jsonl.gz", type=_PLACE)
@format_option("table", "json")
def attribution(file: Path, fmt: str) -> None:
    """Score who says what. FILE.jsonl.gz has PolNeAR's documents.

    \b
    Example:
      foedera evaluate attribution polnear_dev.jsonl.gz
    """
    from foedera import api

    _put(api.evaluate_attribution(file), fmt)


@evaluate_command.command("factuality", cls=Command)
@click.argument("file", metavar="FILE.jsonl.gz", type=_PLACE)
@format_option("table", "json")
def factuality(file: Path, fmt: str) -> None:
    """Score whether predicates are read as having happened. FILE.jsonl.gz has UDS's sentences.

    \b
    Example:
      foedera evaluate factuality factuality_dev.jsonl.gz
    """
    from foedera import api

    _put(api.evaluate_factuality(file), fmt)


def _put(scores: dict[str, Any], fmt: str) -> None:
    """Scores as one object, or one a line with its interval behind it."""
    if fmt == "json":
        put_json(scores)
        return
    from foedera.api import printable

    intervals = {name for name in scores if name.endswith(("_low", "_high"))}
    for name, value in scores.items():
        if name in intervals or isinstance(value, list | dict):
            continue
        low, high = scores.get(f"{name}_low"), scores.get(f"{name}_high")
        interval = f"  [{low:.3f}, {high:.3f}]" if isinstance(low, float) and isinstance(high, float) else ""
        click.echo(f"{name:<24}{f'{value:.3f}' if isinstance(value, float) else value}{interval}")
    for name, value in scores.items():
        if isinstance(value, dict) and name not in intervals:
            click.echo(f"{name:<24}{', '.join(f'{key} {one}' for key, one in value.items())}")
        for line in value if isinstance(value, list) else ():
            click.echo(f"{name}: {printable(str(line))}")
