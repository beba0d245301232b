"""Writes the reference pages that are made from the program itself.

Run it after a change to a command, a table or the codebook: ``python docs/make_reference.py``. A test fails while a
page is not what the program says.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import click

from foedera import api
from foedera.cli.main import cli

REFERENCE = Path(__file__).parent / "reference"
WIDTH = 100


def cli_markdown() -> str:
    """Every command with its help."""
    head = (
        "# Commands\n\n"
        "Data goes to standard output, notes go to standard error.\n\n"
        "| exit code | meaning |\n|---|---|\n"
        "| 0 | all is well |\n"
        "| 1 | some input was rejected, a check failed, or another error |\n"
        "| 2 | wrong usage: an unknown option, code or date, no such record |\n\n"
        "| variable | meaning |\n|---|---|\n"
        "| `FOEDERA_STORE` | the record that commands use without `--store` |\n"
    )
    return "\n".join([head, *_commands(cli, _context(cli, "foedera", None))])


def _context(command: click.Command, name: str, parent: click.Context | None) -> click.Context:
    width = {"terminal_width": WIDTH, "max_content_width": WIDTH}
    return command.make_context(name, [], parent, resilient_parsing=True, **width)


def _commands(command: click.Command, ctx: click.Context) -> Iterator[str]:
    yield f"## {ctx.command_path}\n\n```text\n{command.get_help(ctx)}\n```\n"
    if isinstance(command, click.Group):
        for name in command.list_commands(ctx):
            found = command.get_command(ctx, name)
            assert found is not None
            yield from _commands(found, _context(found, name, ctx))


def tables_markdown() -> str:
    """Every table of a record, column by column."""
    return api.schema_markdown()


def codes_markdown() -> str:
    """Every label, by kind."""
    kinds: dict[str, list[str]] = {}
    for entry in api.explain():
        text = entry.text.replace("|", "\\|")
        kinds.setdefault(entry.kind, []).append(f"| `{entry.label}` | {text} |")
    head = (
        "# Codes\n\n"
        "Every label that Foedera prints, from the codebook that ships with it. `foedera explain LABEL` says the same. "
        "Types, modes, contexts and sectors are PLOVER's (Open Event Data Alliance), summarised here; its manual is "
        "the authority.\n"
    )
    parts = [f"## {kind}\n\n| label | meaning |\n|---|---|\n" + "\n".join(rows) + "\n" for kind, rows in kinds.items()]
    return "\n".join([head, *parts])


PAGES: dict[str, Callable[[], str]] = {"cli.md": cli_markdown, "tables.md": tables_markdown, "codes.md": codes_markdown}


def main() -> None:
    """Write the pages."""
    REFERENCE.mkdir(parents=True, exist_ok=True)
    for name, make in PAGES.items():
        (REFERENCE / name).write_text(make(), encoding="utf-8", newline="\n")
        print(f"wrote {REFERENCE / name}")


if __name__ == "__main__":
    main()
