"""The command ``foedera``: finds its commands when they are asked for, so that help comes at once."""

from __future__ import annotations

import gc
import os
import sys
from importlib import import_module
from typing import Any, Final

import click

from foedera._version import __version__

_BROKEN_PIPE: Final = 141
"""What a shell reports of a program that writes into a pipe which its reader has closed."""

_INTERRUPTED: Final = 130
DEBUG: Final = "foedera.debug"
HELP: Final[dict[str, Any]] = {"help_option_names": ["-h", "--help"], "max_content_width": 100}

COMMANDS: Final[dict[str, tuple[str, str]]] = {
    "read": ("reading", "Read reports into a record."),
    "demo": ("reading", "Read the demo corpus into a record."),
    "events": ("listing", "List who did what to whom, in PLOVER terms."),
    "statements": ("listing", "List who said what, and where they stand."),
    "agreements": ("listing", "List steps in the lives of agreements."),
    "meetings": ("listing", "List meetings, visits, calls and joint exercises."),
    "incidents": ("listing", "List what one side holds against the other."),
    "figures": ("listing", "List amounts that reports give."),
    "policies": ("listing", "List changes in what states do."),
    "capabilities": ("listing", "List what states have, build or plan."),
    "articles": ("listing", "List the articles with their dates."),
    "rejects": ("listing", "List inputs that were not read, and why."),
    "show": ("asking", "Show one claim with its sentence and its reason."),
    "brief": ("asking", "Write a dated, cited brief in Markdown."),
    "sql": ("asking", "Ask the record in SQL."),
    "explain": ("asking", "Say what a label of the codebook means."),
    "check": ("keeping", "Check that the record holds what it says."),
    "versions": ("keeping", "List the versions of the record."),
    "compact": ("keeping", "Merge the small files of a record."),
    "doctor": ("keeping", "Check that this installation works."),
    "evaluate": ("evaluating", "Score Foedera against gold annotations."),
}
"""Module and short help of every command. The help is written here, so that listing it imports nothing."""


class Commands(click.Group):
    """Loads a command's module when the command is run, and turns errors into messages and exit codes."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """All commands, in the order in which they are used."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import a command."""
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = getattr(import_module(f"foedera.cli.{COMMANDS[cmd_name][0]}"), f"{cmd_name}_command")
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands without importing them."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, text) for name, (_, text) in COMMANDS.items()])

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command; whatever goes wrong becomes one line on standard error."""
        try:
            result = super().invoke(ctx)
            sys.stdout.flush()
            return result
        except BrokenPipeError:
            _close_stdout()
            ctx.exit(_BROKEN_PIPE)
        except (click.ClickException, click.exceptions.Exit, click.Abort):
            raise
        except KeyboardInterrupt:
            click.echo("foedera: interrupted", err=True)
            ctx.exit(_INTERRUPTED)
        except Exception as error:
            if ctx.meta.get(DEBUG):
                raise
            ctx.exit(_report(error))


def _report(error: Exception) -> int:
    """Print an error and return the exit code that belongs to it."""
    from foedera.model.errors import FoederaError

    if isinstance(error, FoederaError):
        click.echo(f"foedera: {_line(str(error))}", err=True)
        return error.exit_code
    text = _line(f"{type(error).__name__}: {error}")
    click.echo(f"foedera: unexpected {text} — run it again with --debug and report what it shows", err=True)
    return 1


def _line(text: str) -> str:
    """Text on one line without characters that steer a terminal."""
    return "".join(c if c.isprintable() or c == " " else "\ufffd" for c in " ".join(text.split()))


def _close_stdout() -> None:
    """Point standard output at nothing, so that the interpreter does not complain when it flushes at exit."""
    try:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except (OSError, ValueError):
        sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115 - it stays open until the process ends


def set_debug(ctx: click.Context, _param: click.Parameter, value: bool) -> None:
    """Remember that errors are to be shown whole."""
    if value:
        ctx.meta[DEBUG] = True


@click.group(cls=Commands, context_settings=HELP)
@click.version_option(__version__, prog_name="foedera")
@click.option("--debug", is_flag=True, expose_value=False, callback=set_debug, help="Show the traceback of an error.")
def cli() -> None:
    """Read news reports about relations between states into a record that can be audited.

    Every line of the record opens the sentence that it rests on. Data goes to standard output, notes to standard
    error. Exit codes: 0 all is well, 1 something was rejected or failed, 2 wrong usage.

    \b
    Example:
      foedera demo --store demo-record
      foedera events --store demo-record --source JPN --target KOR
    """


_OBJECTS_BETWEEN_SWEEPS: Final = 100_000


def main() -> None:
    """Run the command line."""
    # The reference tables make a few hundred thousand small objects that live as long as the process does: looking
    # through them for cycles over and over would take a quarter of a short run.
    gc.set_threshold(_OBJECTS_BETWEEN_SWEEPS, 20, 50)
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8", errors="backslashreplace")
    cli(prog_name="foedera")
