"""The authored sentences as a whole: many, different, complete, in nobody else's words, and labelled alike twice."""

import csv
import re
import shutil
from collections import Counter
from pathlib import Path

import pytest
from training.agreement import report
from training.annotations import STAGES, STATUSES, AnnotationError, masked
from training.copies import Filter

from foedera.knowledge import codebook

ROOT = Path(__file__).resolve().parents[2] / "training"


@pytest.fixture(scope="module")
def records(authored):
    """The sentences that can be read."""
    return [r for r in authored if not isinstance(r, AnnotationError)]


def test_every_record_follows_the_notation(authored):
    assert [str(r) for r in authored if isinstance(r, AnnotationError)] == []


def test_they_are_many_and_of_many_shapes(records):
    assert len(records) >= 8_000
    shapes = Counter(masked(r) for r in records)
    assert len(shapes) >= 6_000
    assert shapes.most_common(1)[0][1] <= 3


def test_no_sentence_stands_twice(records):
    texts = Counter(r.text for r in records)
    assert [text for text, count in texts.items() if count > 1] == []


def test_every_type_and_status_is_shown(records):
    types = Counter(e.type for r in records for e in r.events)
    assert set(types) == set(codebook.plover_types())
    assert len(types) == 16
    assert min(types.values()) >= 200
    statuses = Counter(e.status for r in records for e in r.events)
    assert set(statuses) == set(STATUSES)
    assert min(statuses.values()) >= 200
    assert any(e.alleged for r in records for e in r.events)
    assert any(e.symmetric for r in records for e in r.events)


def test_silence_is_shown_too(records):
    assert sum(not r.events for r in records) >= len(records) / 20


def test_every_mode_and_stage_is_shown(records):
    modes = {f"{e.type}/{m}" for r in records for e in r.events for m in e.modes}
    known = {f"{kind}/{mode}" for kind, about in codebook.plover_types().items() for mode in about.modes}
    assert known - modes == set()
    assert {a.stage for r in records for a in r.acts} == set(STAGES)


@pytest.mark.parametrize("path", sorted((ROOT / "authored").glob("*.txt")), ids=lambda path: path.stem)
def test_every_file_says_how_it_was_made_and_checked(path):
    first, second = path.read_text(encoding="utf-8").splitlines()[:2]
    assert re.match(r"# How made: \w", first)
    assert re.match(r"# Checked: \w", second)


def test_no_sentence_is_a_near_copy(records):
    seen = Filter.load()
    assert [f"{r.where}: {r.text}" for r in records if seen.is_copy(r.text)] == []


@pytest.fixture(scope="module")
def second(tmp_path_factory):
    """The second labelling, compared in a copy of its folder; and what the comparison says."""
    folder = shutil.copytree(ROOT / "second", tmp_path_factory.mktemp("second") / "copy")
    (folder / "disagreements.tsv").unlink()
    return folder, report(folder / "blind.tsv", folder / "labels.tsv")


def test_a_second_coder_agrees(second):
    count, kappa = re.fullmatch(r"(\d+) pairs, \d+ agree \([\d.]+\), kappa ([\d.]+)", second[1]).groups()
    assert int(count) >= 400
    assert float(kappa) >= 0.80


def test_the_disagreements_that_are_kept_are_those_that_there_are(second):
    kept, made = ((folder / "disagreements.tsv").read_text("utf-8") for folder in (ROOT / "second", second[0]))
    assert made == kept
    assert len(kept.splitlines()) > 1


def test_the_second_coder_saw_no_labels():
    rows = list(
        csv.reader((ROOT / "second" / "blind.tsv").open(encoding="utf-8"), delimiter="\t", quoting=csv.QUOTE_NONE)
    )
    assert {len(row) for row in rows} == {2}
    assert all(re.search(r"<s>.+</s>", text) and re.search(r"<t>.+</t>", text) for _, text in rows)
