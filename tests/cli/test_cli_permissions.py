"""Places that may not be entered: one line that says so, never an unexpected error."""

import os
import subprocess
import sys

import pytest

REPORT = "Peru accused Chile of spying on Monday, the ministry said in Lima.\n"
COMMANDS = (
    ("read", "a.txt", "--store", "closed/x"),
    ("read", "a.txt", "--store", "closed/x", "--dry-run"),
    ("events", "--store", "closed/x"),
    ("events", "--store", "record", "--format", "csv", "--output", "closed/x.csv"),
    ("brief", "--store", "record", "--output", "closed/x.md"),
    ("doctor", "--store", "closed/x"),
)


def run(arguments, folder):
    command = [sys.executable, "-c", "from foedera.cli import main; main()", *arguments]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=120, check=False)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    place = tmp_path_factory.mktemp("places")
    (place / "a.txt").write_text(REPORT)
    assert run(("read", "a.txt", "--store", "record"), place).returncode == 0
    closed = place / "closed"
    closed.mkdir(mode=0)
    if os.access(closed, os.X_OK):
        pytest.skip("this user may enter every folder")
    yield place
    closed.chmod(0o700)


@pytest.mark.parametrize("arguments", COMMANDS, ids=" ".join)
def test_a_closed_folder_is_told_in_one_line(arguments, folder):
    done = run(arguments, folder)
    assert done.returncode in ((0,) if "--dry-run" in arguments else (1, 2))
    assert "unexpected" not in done.stderr
    assert "Traceback" not in done.stderr
