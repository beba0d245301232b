"""Near-copies of other texts are found, whatever the layout of those texts."""

import gzip
import io
import tarfile

import pytest
from hypothesis import given
from hypothesis import strategies as st
from training.copies import FILTER, RUN, Filter, build, near_copies, runs

TAKEN = "The harbour master of Port Quill refused on Monday to let the grain ships leave before dawn."
OWN = "Nine shepherds from the upper valley asked a judge whether snow may be taxed like hay."


def holding(folder, name, data):
    """A filter over a folder with this one file."""
    path = folder / "texts" / name
    path.parent.mkdir(parents=True)
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    return build(folder / "texts")


def packed(name, data):
    held = io.BytesIO()
    with tarfile.open(fileobj=held, mode="w:xz") as archive:
        info = tarfile.TarInfo(name)
        info.size = len(data)
        archive.addfile(info, io.BytesIO(data))
    return held.getvalue()


COLUMNS = [f"{k}\t{word}\tO\t-\t-" for k, word in enumerate(TAKEN.split(), 1)]


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.txt", TAKEN),
        ("a.txt.gz", gzip.compress(TAKEN.encode(), mtime=0)),
        ("a.json", f'{{"text": "{TAKEN}"}}'),
        ("a.conllu", f"# text = {TAKEN}\n1\tThe\t_\n"),
        ("a.iob2", "\n".join(COLUMNS)),
        ("CROSSNER/a.txt", "\n".join(f"{word}\tO" for word in TAKEN.split())),
        ("a.tsv", f'1\t{TAKEN.replace("Port Quill", "<s>Port Quill</s>")}\t"x\n'),
        ("a.csv", f'1,"{TAKEN}",x\n'),
        ("a.tml", TAKEN.replace("Monday", "<TIMEX3 tid='1'>Monday</TIMEX3>")),
        ("a.tar.xz", packed("in/a.txt", TAKEN.encode())),
        ("a.tar.xz", packed("in/a.tml", TAKEN.replace(" on ", " <b>on</b> ").encode())),
    ],
    ids=range(11),
)
def test_a_copy_is_found_in_every_layout(tmp_path, name, data):
    seen = holding(tmp_path, name, data)
    assert seen.is_copy(TAKEN)
    assert seen.is_copy(TAKEN.upper().replace(" ", " – "))
    assert seen.is_copy(TAKEN.replace("before dawn", "at noon"))
    assert not seen.is_copy(OWN)


@pytest.mark.parametrize("name", ["a.png", "facts/a.txt", "forecast/a.csv"])
def test_tables_of_facts_and_pictures_hold_no_sentences(tmp_path, name):
    assert not holding(tmp_path, name, TAKEN).is_copy(TAKEN)


def test_a_few_words_in_common_are_no_copy(tmp_path):
    seen = holding(tmp_path, "a.txt", TAKEN)
    assert not seen.is_copy(f"{OWN} {' '.join(TAKEN.split()[:7])}")
    assert not seen.is_copy("of Port Quill refused on Monday")
    assert not seen.is_copy("")


def test_near_copies_are_named(tmp_path):
    seen = holding(tmp_path, "a.txt", TAKEN)
    (tmp_path / "own").mkdir()
    marked = TAKEN.replace("Port Quill", "[a:place Port Quill]")
    (tmp_path / "own" / "b.txt").write_text(f"{OWN}\nNONE\n\n{marked}\nNONE\n", encoding="utf-8")
    assert list(near_copies(tmp_path / "own", seen)) == [f"b.txt:4: {TAKEN}"]


def test_the_same_texts_make_the_same_filter(tmp_path):
    one, two = (holding(tmp_path / name, "a.txt", f"{TAKEN} {OWN}") for name in "ab")
    assert (one.bits == two.bits).all()


@given(st.text(max_size=80))
def test_runs_are_words_in_a_row(text):
    found = list(runs(text))
    assert all(len(run.decode().split(" ")) == RUN for run in found)
    assert found == list(runs(text + " ...")) == list(runs("“" + text))


def test_every_run_that_was_seen_is_held(tmp_path):
    seen = holding(tmp_path, "a.txt", TAKEN)
    assert all(seen.holds(run) for run in runs(TAKEN))


def test_the_filter_of_the_repository_is_full_enough_to_say_yes_and_empty_enough_to_say_no():
    seen = Filter.load()
    assert seen.bits.nbytes == FILTER.stat().st_size > 1_000_000
    words = [f"w{k}x" for k in range(5_000)]
    held = [seen.holds(run) for run in runs(" ".join(words))]
    assert 0 < sum(held) / len(held) < 0.15
