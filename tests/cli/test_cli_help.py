"""Help: complete, with examples that parse, light, and the same as the reference."""

import importlib.util
import shlex
import subprocess
import sys
from pathlib import Path

import click
import pytest

from foedera import api
from foedera.cli.common import FORMATS
from foedera.cli.main import COMMANDS, cli

ROOT = Path(__file__).parents[2]


def walk(command, path=()):
    yield path, command
    if isinstance(command, click.Group):
        ctx = click.Context(command, info_name="foedera")
        for name in command.list_commands(ctx):
            yield from walk(command.get_command(ctx, name), (*path, name))


ALL = dict(walk(cli))


def examples(command):
    _, _, rest = command.help.partition("Example:\n")
    return [line.strip() for line in rest.splitlines() if line.strip().startswith("foedera ")]


@pytest.mark.parametrize("path", ALL, ids=" ".join)
def test_every_help_has_examples_that_parse(path):
    found = examples(ALL[path])
    assert found, "no example"
    for line in found:
        words = shlex.split(line)[1:]
        command, name = cli, "foedera"
        while isinstance(command, click.Group):
            name = words.pop(0)
            command = command.get_command(click.Context(command), name)
            assert command is not None, f"{line}: no command {name}"
        command.make_context(name, words)
        assert path in ((), *[tuple(shlex.split(line)[1 : 1 + i]) for i in (1, 2)])


@pytest.mark.parametrize("path", ALL, ids=" ".join)
def test_every_option_says_what_it_does(path):
    assert [p.name for p in ALL[path].params if isinstance(p, click.Option) and not p.help] == []


def test_the_list_of_commands_is_that_of_the_contract():
    wanted = "read events statements agreements meetings incidents figures policies capabilities articles rejects show"
    wanted += " explain brief sql check versions demo evaluate doctor compact"
    assert set(COMMANDS) == set(wanted.split())
    assert all(text.endswith(".") and len(text) <= 60 for _, text in COMMANDS.values())


def test_every_reading_command_takes_the_same_options():
    for name in ("events", "statements", "agreements", "meetings", "incidents", "figures", "policies", "capabilities"):
        options = {option for p in ALL[(name,)].params for option in p.opts}
        wanted = {"--store", "--as-of", "--format", "--output", "--limit", "--source", "--type", "--since", "--until",
                  "--document", "--status", "--debug"}  # fmt: skip
        assert wanted <= options
    for name in ("articles", "rejects", "show", "brief", "sql", "check", "versions"):
        assert {"--store", "--as-of"} <= {option for p in ALL[(name,)].params for option in p.opts}


def test_the_formats_are_those_of_the_api():
    assert FORMATS == api.FORMATS


@pytest.mark.parametrize("args", [["--help"], ["events", "-h"]])
def test_help_loads_no_library(args):
    code = (
        "import sys\nfrom foedera.cli.main import cli\n"
        f"try: cli({args!r}, prog_name='foedera')\nexcept SystemExit: pass\n"
        "heavy = {'duckdb', 'deltalake', 'numpy', 'rich', 'trafilatura', 'foedera.api.record', 'foedera.knowledge'}\n"
        "print(sorted(heavy & set(sys.modules)))"
    )
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout.splitlines()[-1] == "[]"


def test_an_unknown_command_is_wrong_usage(run):
    result = run("evnets")
    assert result.exit_code == 2
    assert "No such command" in result.stderr


def reference():
    spec = importlib.util.spec_from_file_location("make_reference", ROOT / "docs" / "make_reference.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


MADE = reference()


@pytest.mark.parametrize("name", MADE.PAGES)
def test_the_reference_is_what_the_program_says(name):
    page = (ROOT / "docs" / "reference" / name).read_text(encoding="utf-8")
    assert page == MADE.PAGES[name](), "run: python docs/make_reference.py"


def test_the_reference_has_every_command_and_label():
    commands = (ROOT / "docs" / "reference" / "cli.md").read_text(encoding="utf-8")
    assert all(f"\n## {' '.join(('foedera', *path))}\n" in commands for path in ALL)
    codes = (ROOT / "docs" / "reference" / "codes.md").read_text(encoding="utf-8")
    assert all(f"| `{entry.label}` |" in codes for entry in api.explain())
