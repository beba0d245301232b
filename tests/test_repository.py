"""The repository keeps its promises: licence, public names, documentation, and nothing that does not belong in it."""

import ast
import importlib
import importlib.metadata
import re
import subprocess
import tomllib
from pathlib import Path

import pytest

from foedera.model import errors

ROOT = Path(__file__).resolve().parents[1]
SRC = ROOT / "src" / "foedera"

# Written apart, so that this file does not hold what it looks for.
UNWANTED = [
    "/wo" + "rk/", r"\.lib" + "rary", "/tm" + "p/w/", r"\bissue #?\d", r"\bAI[ -](assistant|generated|written|agent)",
    r"\blanguage mod" + r"el assistant", r"\bLL" + r"M\b", r"\bChat" + "GPT", r"\bAnth" + "ropic",
    r"\bCla" + r"ude[ -]?(Code|\d)", r"\bCo" + r"pilot\b", r"/home/\w+/", r"/Users/\w+/",
]  # fmt: skip
BINARY = (".parquet", ".png", ".pdf", ".docx", ".gz", ".xz", ".zip", ".onnx", ".bin")

# The names that each room offers, as text.
PUBLIC = {
    "foedera": "__version__ open read",
    "foedera.actors": "Directory DocumentActors Listing Resolved directory resolve",
    "foedera.api": """
        Check FORMATS Progress ReadSettings ReadSummary Record Shown TABLE_COLUMNS Written column_types compact
        default_store demo doctor evaluate_attribution evaluate_claims evaluate_entities evaluate_events
        evaluate_extraction evaluate_factuality evaluate_hygiene evaluate_publication_dates evaluate_relations
        evaluate_times explain open preview printable read read_into schema_markdown write_rows
    """,
    "foedera.articles": "CopyIndex make_article signature_of similar",
    "foedera.claims": "make_claims",
    "foedera.cli": "main",
    "foedera.demo": "report_paths sidecar_rows",
    "foedera.engines": "Progress ReadSettings ReadSummary read_into",
    "foedera.evaluation": """
        KINDS Process evaluate_attribution evaluate_claims evaluate_entities evaluate_events evaluate_extraction
        evaluate_factuality evaluate_hygiene evaluate_publication_dates evaluate_relations evaluate_times
        score_claims score_events
    """,
    "foedera.exchange": """
        BriefInput FORMATS TABLE_COLUMNS Written article_shape brief claim_shape column_types printable write_rows
    """,
    "foedera.knowledge": """
        CODEBOOK_VERSION Entry PloverType actor_codes cells code_for contexts explain load_table load_toml modes
        name_words plover_types sectors
        version
    """,
    "foedera.language": """
        Network NetworkReader Timex best_path default_reader find_timexes labelled network single_view suggested
        suggestions text_sentences
    """,
    "foedera.model": """
        Actor AgreementAct Article Attribution BASES BLOCK_KINDS Basis Block BlockKind CLAIM_KINDS Capability
        Claim DateValue Event Figure Granularity Incident MEETING_KINDS MEETING_STATUSES Meeting Mention
        MentionKind Metadata OffsetMap Page Policy Predicate Quantity Reader Reading Reject Rows STAGES STANCES
        STATUSES Sentence Stance StanceToward Statement Status TimeMention UNKNOWN_DATE bounds content_id
        month_end sha256
    """,
    "foedera.record": "Head copy_groups originals",
    "foedera.relations": "QUADS DyadCount dyad_counts dyads_of",
    "foedera.sources": "FieldNames Limits SidecarTable SourceOptions WebLimits open_pages",
    "foedera.store": """
        COMMITS Column Commit FORMAT Problem Row Stamp Store TABLES TableSchema TableState Writer article_row
        claim_row page_row reject_row row_article row_claim row_page row_reject schema_markdown
    """,
    "foedera.times": """
        Anchor MONTH_NAMES TIMEX_TYPES TIME_FORMS Tense TimeExpression TimeForm TimeKind WEEKDAY_NAMES find_times
        normalise timex_value
    """,
}


def repository_files():
    """Files that are tracked, or would be if everything were added; where there is no git, everything but caches."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, check=False)
    if listed.returncode:
        pytest.skip("not a git repository: its files cannot be told from caches")
    paths = (ROOT / name for name in listed.stdout.decode().split("\0") if name)
    return [path for path in sorted(set(paths)) if path.is_file() and path.suffix not in BINARY]


def test_nothing_says_how_or_where_the_files_were_made():
    pattern = re.compile("|".join(UNWANTED))
    found = []
    for path in repository_files():
        text = path.read_bytes().decode("utf-8", "replace")
        found += [f"{path.relative_to(ROOT)}: {match[0]}" for match in pattern.finditer(text)]
    assert found == []


def test_the_search_finds_what_it_looks_for():
    pattern = re.compile("|".join(UNWANTED))
    for text in (
        "see /wo" + "rk/main",
        "in .lib" + "rary",
        "for iss" + "ue 2",
        "an AI" + " assistant",
        "/home" + "/someone/x",
    ):
        assert pattern.search(text), text
    assert not pattern.search("the framework/main issue is aid")


def test_the_wheel_names_its_licence_and_carries_it():
    metadata = importlib.metadata.metadata("foedera")
    assert metadata["License-Expression"] == "Apache-2.0 AND CC-BY-SA-4.0"
    assert metadata.get_all("License-File") == [
        "LICENSE",
        "NOTICE",
        "src/foedera/language/weights/LICENSE-weights.txt",
    ]
    assert "Apache License" in (ROOT / "LICENSE").read_text(encoding="utf-8")


def test_the_version_is_that_of_the_package():
    foedera = importlib.import_module("foedera")
    assert re.fullmatch(r"\d+\.\d+\.\d+((a|b|rc)\d+)?", foedera.__version__)
    assert importlib.metadata.version("foedera") == foedera.__version__


@pytest.mark.parametrize("room", sorted(PUBLIC))
def test_public_names_change_only_on_purpose(room):
    module = importlib.import_module(room)
    assert sorted(module.__all__) == sorted(PUBLIC[room].split())
    assert [name for name in module.__all__ if getattr(module, name, None) is None] == []


def test_every_room_that_declares_public_names_is_pinned():
    rooms = {
        f"foedera.{path.parent.name}" for path in SRC.glob("*/__init__.py") if "__all__" in path.read_text("utf-8")
    }
    assert rooms - set(PUBLIC) == set()


def test_the_error_tree_shows_every_error_in_its_place():
    tree = errors.__doc__.split("::", 1)[1]
    depths = {m[2]: len(m[1]) for m in re.finditer(r"^ {4}([ │├└─]*)([A-Z]\w+)", tree, re.MULTILINE)}
    body = ast.parse(Path(errors.__file__).read_text(encoding="utf-8")).body
    classes = {node.name: getattr(errors, node.name) for node in body if isinstance(node, ast.ClassDef)}
    assert set(depths) == set(classes)
    for name, kind in classes.items():
        parents = [parent.__name__ for parent in kind.__mro__[1:] if parent.__name__ in classes]
        assert depths[name] == 4 * len(parents), name


def test_every_reject_reason_has_its_entry():
    page = (ROOT / "docs" / "reference" / "rejects.md").read_text(encoding="utf-8")
    entries = {m[1]: m[2] for m in re.finditer(r"^\| `(\w+)` \| (.+?) \| (?:.+?) \|$", page, re.MULTILINE)}
    assert entries == errors.REJECT_REASONS


def targets():
    """Targets of the Makefile that a person calls."""
    return set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))


def test_the_makefile_has_its_targets_and_lists_them():
    wanted = {"help", "venv", "demo", "test", "check", "eval", "bench", "nightly", "docs", "wheel", "clean"}
    assert wanted <= targets()
    phony = re.search(r"^\.PHONY: (.+)$", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
    assert set(phony[1].split()) == targets()


@pytest.mark.parametrize(
    "page", ["README.md", *(str(p.relative_to(ROOT)) for p in sorted((ROOT / "docs").rglob("*.md")))]
)
def test_every_make_command_of_the_documentation_exists(page):
    text = (ROOT / page).read_text(encoding="utf-8")
    named = set(re.findall(r"(?:^|`|\$ )make ([a-z]+)\b", text, re.MULTILINE))
    assert named <= targets()


def test_the_readme_says_how_to_see_the_demo_and_run_the_tests():
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    assert {"make demo", "make test"} <= set(re.findall(r"make [a-z]+", text))


def test_the_lock_pins_every_dependency_exactly():
    lines = (ROOT / "requirements" / "lock.txt").read_text(encoding="utf-8").splitlines()
    pins = [line for line in lines if line and not line.startswith("#")]
    assert [pin for pin in pins if not re.fullmatch(r"[A-Za-z0-9._-]+==[A-Za-z0-9.+!]+", pin)] == []
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted = [*project["dependencies"], *project["optional-dependencies"]["dev"]]
    names = {plain(pin.split("==")[0]) for pin in pins}
    assert {plain(re.split(r"[<>=!~\[; ]", need)[0]) for need in wanted} - names == set()


def plain(name):
    """A package's name as indexes compare it."""
    return re.sub(r"[-_.]+", "-", name).lower()
