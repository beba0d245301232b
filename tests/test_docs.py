"""The documentation says what is true of the code: links, commands, options, tables, kinds, rooms, limits and keys."""

import ast
import csv
import re
import shlex
import tomllib
from pathlib import Path

import click
import pytest

from foedera.cli.main import COMMANDS, cli
from foedera.exchange import TABLE_COLUMNS, column_types
from foedera.model import CLAIM_KINDS, errors
from foedera.sources import FieldNames, Limits, WebLimits

ROOT = Path(__file__).resolve().parents[1]
SRC = ROOT / "src" / "foedera"
DOCS = ROOT / "docs"
TABLES = SRC / "knowledge" / "tables"
PAGES = [*(ROOT / name for name in ("README.md", "CHANGELOG.md", "SECURITY.md")), *sorted(DOCS.rglob("*.md"))]
NAMES = [str(page.relative_to(ROOT)) for page in PAGES]

_FENCE = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
_STOPS = re.compile(r"[|&;<>()]+\Z")


def read(name):
    return (ROOT / name).read_text(encoding="utf-8")


def prose(text):
    """A page without its code blocks."""
    return _FENCE.sub("", text)


def anchors(text):
    """Names under which the headings of a page can be linked, as GitHub forms them."""
    headings = re.findall(r"^#{1,6} (.+)$", prose(text), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def shell_lines(text):
    """Commands of the shell blocks: lines behind ``$`` with their continuations, or whole lines in ``bash`` blocks."""
    for language, body in _FENCE.findall(text):
        if language == "console":
            for command in re.findall(r"^\$ (.*(?:\n> .*|\n>$)*)", body, re.MULTILINE):
                yield command.split("<<", 1)[0]
        elif language in ("bash", "sh", "shell"):
            yield from (line for line in body.splitlines() if line.strip())


def calls(line):
    """Arguments of every ``foedera`` that a line of shell runs."""
    lexer = shlex.shlex(line, posix=True, punctuation_chars=True)
    lexer.whitespace_split, lexer.commenters = True, "#"
    current = None
    for token in lexer:
        if token == "foedera" and current is None:
            current = []
        elif _STOPS.match(token):
            if current is not None:
                yield current
            current = None
        elif current is not None:
            current.append(token)
    if current is not None:
        yield current


def problem(arguments):
    """What is wrong with the arguments of ``foedera``; None where command and options exist."""
    command, path = cli, "foedera"
    rest = list(arguments)
    while isinstance(command, click.Group) and rest and not rest[0].startswith("-"):
        name = rest.pop(0)
        found = command.get_command(click.Context(command), name)
        if found is None:
            return f"{path} has no command {name!r}"
        command, path = found, f"{path} {name}"
    known = {"--help", "-h"}.union(*({*p.opts, *p.secondary_opts} for p in command.params))
    for token in rest:
        if re.match(r"--?[A-Za-z]", token) and token.split("=", 1)[0] not in known:
            return f"{path} has no option {token!r}"
    return None


def foedera_calls():
    for name in NAMES:
        for line in shell_lines(read(name)):
            for arguments in calls(line):
                yield pytest.param(arguments, id=f"{name}: {' '.join(arguments)[:60]}")


def section(text, heading):
    """What stands under a heading, up to the next heading of the same depth."""
    depth = heading.split(" ", 1)[0]
    found = re.search(rf"^{re.escape(heading)}$(.*?)(?=^{depth} |\Z)", text, re.MULTILINE | re.DOTALL)
    return found[1] if found else ""


@pytest.mark.parametrize("name", NAMES)
def test_links_lead_somewhere(name):
    here = (ROOT / name).parent
    broken = []
    for target in _LINK.findall(prose(read(name))):
        if re.match(r"[a-z]+:", target):
            continue
        path, _, anchor = target.partition("#")
        page = (here / path).resolve() if path else ROOT / name
        found = page.is_file() and page.is_relative_to(ROOT)
        if not found or (anchor and anchor not in anchors(page.read_text(encoding="utf-8"))):
            broken.append(target)
    assert broken == []


def test_the_index_leads_to_every_page():
    linked = {(DOCS / target.partition("#")[0]).resolve() for target in _LINK.findall(read("docs/index.md"))}
    assert {page for page in DOCS.rglob("*.md") if page.name != "index.md"} - linked == set()


@pytest.mark.parametrize("arguments", list(foedera_calls()))
def test_commands_and_options_of_the_shell_blocks_exist(arguments):
    assert problem(arguments) is None


def test_a_wrong_command_or_option_is_found():
    (arguments,) = calls("foedera event --store x")
    assert "no command 'event'" in problem(arguments)
    (arguments,) = calls("foedera events --stroe x | head")
    assert "no option '--stroe'" in problem(arguments)
    assert list(calls("foedera show $(foedera events | cut -d '\"' -f 4) --store x"))[1] == ["events"]


def test_every_command_is_shown_somewhere():
    shown = {call.values[0][0] for call in foedera_calls() if call.values[0]}
    assert set(COMMANDS) - shown == set()


@pytest.mark.parametrize("name", NAMES)
def test_console_blocks_begin_with_a_command(name):
    blocks = [body for language, body in _FENCE.findall(read(name)) if language == "console"]
    assert [body.splitlines()[0] for body in blocks if not body.startswith("$ ")] == []


@pytest.mark.parametrize("table", sorted(path.name for path in TABLES.glob("*.csv")))
def test_every_knowledge_table_is_described(table):
    entry = section(read("docs/reference/knowledge-tables.md"), f"## {table}")
    lines = (TABLES / table).read_text(encoding="utf-8").splitlines()
    header, *rows = csv.reader(line for line in lines if line.strip() and not line.startswith("#"))
    columns = re.search(r"^- columns: (.+)$", entry, re.MULTILINE)
    assert columns, f"{table} is not described"
    assert re.findall(r"`(\w+)`", columns[1]) == header
    stated = int(re.search(r"^- rows: (?:about )?([\d,]+)$", entry, re.MULTILINE)[1].replace(",", ""))
    assert 0.75 * len(rows) <= stated <= 1.25 * len(rows), f"{table} has {len(rows)} rows now"


def test_no_table_is_described_that_is_not_there():
    described = re.findall(r"^## (\w+\.\w+)$", read("docs/reference/knowledge-tables.md"), re.MULTILINE)
    assert sorted(described) == sorted(path.name for path in TABLES.iterdir() if path.suffix in (".csv", ".toml"))


def test_the_codebook_has_the_sections_that_are_told():
    entry = section(read("docs/reference/knowledge-tables.md"), "## plover.toml")
    book = tomllib.loads((TABLES / "plover.toml").read_text(encoding="utf-8"))
    told = re.search(r"^- sections: ([^;]+);", entry, re.MULTILINE)[1]
    assert set(re.findall(r"`(\w+)`", told)) == {name for name, value in book.items() if isinstance(value, dict)}


@pytest.mark.parametrize("kind", sorted(TABLE_COLUMNS))
def test_the_keys_of_every_kind_are_told(kind):
    page = read("docs/reference/jsonl-keys.md")
    own = re.findall(r"^\| `(\w+)` \|", section(page, f"## {kind}"), re.MULTILINE)
    common = re.findall(r"^\| `(\w+)` \|", section(page, "## Common to all claims"), re.MULTILINE)
    told = [*own, *common] if kind in CLAIM_KINDS else own
    assert sorted(told) == sorted(column_types(kind))


@pytest.mark.parametrize("kind", sorted(CLAIM_KINDS))
def test_every_kind_of_claim_is_mentioned(kind):
    assert kind in read("docs/reference/jsonl-keys.md")
    assert CLAIM_KINDS[kind].PREFIX + "_" in read("docs/explanation/architecture.md")
    assert re.search(rf"\b{kind}\b", read("README.md") + read("CHANGELOG.md"))


def rooms():
    """Packages, and modules other than private ones, directly under ``foedera``."""
    packages = {path.parent.name for path in SRC.glob("*/__init__.py")}
    return sorted(packages | {path.stem for path in SRC.glob("*.py") if not path.stem.startswith("_")})


def imported_rooms(room):
    """Rooms that a room imports, by its source."""
    found = set()
    for path in [SRC / f"{room}.py"] if (SRC / f"{room}.py").is_file() else (SRC / room).rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
                names = [f"foedera.{a.name}" for a in node.names] if node.module == "foedera" else [node.module]
            elif isinstance(node, ast.Import):
                names = [alias.name for alias in node.names]
            else:
                continue
            found |= {name.split(".")[1] for name in names if name.startswith("foedera.")}
    return found & set(rooms()) - {room}


def told_rooms():
    """Rooms of the table in the architecture, with what it says that they import."""
    rows = re.findall(r"^\| `(\w+)` \| [^|]+ \| ([^|]+) \|$", read("docs/explanation/architecture.md"), re.MULTILINE)
    return {room: set(re.findall(r"\w+", told)) if told != "nothing of ours" else set() for room, told in rows}


def test_the_architecture_tells_every_room_and_no_other():
    assert sorted(told_rooms()) == rooms()


@pytest.mark.parametrize("room", rooms())
def test_the_architecture_tells_what_each_room_imports(room):
    assert told_rooms().get(room) == imported_rooms(room)


def test_every_error_has_its_exit_code():
    page = section(read("docs/reference/exit-codes.md"), "## Errors in Python")
    told = {
        name: int(code)
        for names, code in re.findall(r"^\| (`.+`.*?) \| (\d) \|$", page, re.MULTILINE)
        for name in re.findall(r"`(\w+)`", names)
    }
    classes = [c for c in vars(errors).values() if isinstance(c, type) and issubclass(c, errors.FoederaError)]
    assert told == {c.__name__: c.exit_code for c in classes}


@pytest.mark.parametrize("limits", [Limits(), WebLimits()], ids=["Limits", "WebLimits"])
def test_every_limit_is_told_with_its_default(limits):
    page = read("docs/reference/settings.md")
    for field in limits.__dataclass_fields__:
        value = getattr(limits, field)
        row = next((r for r in page.splitlines() if f"`{type(limits).__name__}.{field}`" in r or field == r), "")
        if field == "max_bytes" and isinstance(limits, Limits):
            row = next(r for r in page.splitlines() if r.startswith("| largest single document"))
        assert row, f"{field} is not told"
        if isinstance(value, int | float) and not isinstance(value, bool):
            assert f"| {value:,.0f}" in row, f"{field} is {value}"


def test_every_field_of_rows_is_told():
    page = section(read("docs/how-to/read-a-folder.md"), "## Tables: JSON Lines, JSON, CSV")
    assert re.findall(r"^\| `(\w+)` \|", page, re.MULTILINE) == list(FieldNames.__dataclass_fields__)


def test_environment_variables_are_told():
    used = {
        name
        for folder in ("src", "eval", "bench")
        for path in (ROOT / folder).rglob("*.py")
        for name in re.findall(r"\bFOEDERA_[A-Z]+\b", path.read_text(encoding="utf-8"))
    }
    assert used - set(re.findall(r"`(FOEDERA_[A-Z]+)`", read("docs/reference/settings.md"))) == set()


@pytest.mark.parametrize("name", NAMES)
def test_python_blocks_can_be_parsed(name):
    for language, body in _FENCE.findall(read(name)):
        if language == "python" and not body.startswith(">>> "):
            ast.parse(body)
