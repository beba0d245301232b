"""The Python example of the README does what it shows."""

import doctest
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def examples(text):
    """The Python blocks that hold a session, with the line on which each begins."""
    found = re.finditer(r"^```python\n(>>> .*?)^```$", text, re.MULTILINE | re.DOTALL)
    return [(text[: m.start(1)].count("\n"), m[1]) for m in found]


def failures(source, line=0):
    """What a session prints that it does not show, as text; empty where it does what it shows."""
    test = doctest.DocTestParser().get_doctest(source, {}, "README.md", "README.md", line)
    report = []
    runner = doctest.DocTestRunner(verbose=False)
    runner.run(test, out=report.append)
    assert runner.tries > 0
    return "".join(report) if runner.failures else ""


def test_the_python_example_does_what_it_shows(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("FOEDERA_STORE", raising=False)
    found = examples(README)
    assert found
    for line, source in found:
        assert failures(source, line) == ""


def test_an_example_that_shows_something_else_fails():
    assert "Expected" in failures(">>> 1 + 1\n3\n")


@pytest.mark.parametrize("picture", re.findall(r"!\[[^\]]*\]\(([^)]+)\)", README))
def test_pictures_are_there_and_say_what_they_show(picture):
    drawn = (ROOT / picture).read_text(encoding="utf-8")
    assert "<title" in drawn
    assert "<desc" in drawn
    assert "prefers-color-scheme: dark" in drawn
