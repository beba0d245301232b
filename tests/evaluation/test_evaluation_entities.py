"""Names of persons, places and organisations, token by token."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reader_files import COMMON, check_common, refusal, with_intervals, write

from foedera.evaluation import evaluate_entities
from foedera.evaluation.entities import TYPES, find_names, names_of, read_iob
from foedera.language import network

TEXT = """# sent_id = 1
1\tAngela\tB-PER\t-\t-
2\tMerkel\tI-PER\t-\t-
3\tmet\tO\t-\t-
4\tthe\tO\t-\t-
5\tBundestag\tB-ORG\t-\t-
6\tin\tO\t-\t-
7\tBerlin\tB-LOC\t-\t-
8\t.\tO\t-\t-

# sent_id = 2
1\tNobody\tO\t-\t-
2\tleft\tO\t-\t-
"""
KEYS = with_intervals("f1", "precision", "recall") | {"by_type"}


def score(file, **options):
    return evaluate_entities(file, network=network(), **options)


@pytest.mark.parametrize("name", ["a.iob2", "a.iob2.gz"])
def test_keys(tmp_path, name):
    scores = score(write(tmp_path / name, TEXT))
    assert set(scores) == COMMON | KEYS
    check_common(scores, "entities", 3)
    assert set(scores["by_type"]) == set(TYPES)
    assert all(set(one) == {"f1", "precision", "recall"} for one in scores["by_type"].values())


def test_what_the_reader_finds_is_scored(tmp_path):
    scores = score(write(tmp_path / "a.iob2", TEXT), errors=True)
    assert scores["recall"] >= 0.5
    assert scores["by_type"]["PER"]["f1"] == 1
    assert (scores["f1"] == 1) == (scores["errors"] == [])


@pytest.fixture
def told(monkeypatch):
    """Lets the reader find the names that it is told, by sentence."""

    def tell(*names):
        monkeypatch.setattr("foedera.evaluation.entities.find_names", lambda sentences, using: [*names])

    return tell


def test_perfect(tmp_path, told):
    told({(0, 2, "PER"), (4, 5, "ORG"), (6, 7, "LOC")}, set())
    scores = score(write(tmp_path / "a.iob2", TEXT), errors=True)
    assert [scores[k] for k in ("f1", "precision", "recall", "errors")] == [1, 1, 1, []]
    assert {one["f1"] for one in scores["by_type"].values()} == {1}


def test_half_a_name_and_a_name_of_another_type_are_wrong(tmp_path, told):
    told({(0, 1, "PER"), (4, 5, "LOC"), (6, 7, "LOC")}, {(0, 1, "PER")})
    scores = score(write(tmp_path / "a.iob2", TEXT), errors=True)
    assert [scores[k] for k in ("precision", "recall")] == [0.25, 0.3333]
    assert scores["f1"] == pytest.approx(2 / 7, abs=1e-4)
    assert scores["by_type"]["LOC"] == {"f1": 0.6667, "precision": 0.5, "recall": 1.0}
    assert scores["by_type"]["ORG"] == {"f1": 0.0, "precision": 0.0, "recall": 0.0}
    assert scores["errors"] == [
        "missed 'Angela Merkel' PER", "missed 'Bundestag' ORG", "spurious 'Angela' PER", "spurious 'Bundestag' LOC",
        "spurious 'Nobody' PER",
    ]  # fmt: skip


def test_nothing_found(tmp_path, told):
    told(set(), set())
    scores = score(write(tmp_path / "a.iob2", TEXT))
    assert [scores[k] for k in ("f1", "precision", "recall")] == [0, 0, 0]


def test_no_names_at_all(tmp_path, told):
    told(set())
    scores = score(write(tmp_path / "a.iob2", "Nobody\tO\n"))
    assert (scores["n"], scores["f1"]) == (0, 0)


@pytest.mark.parametrize(
    "text",
    [
        "1\tPeru\tB-LOC\t-\t-\n2\tmet\tO\t-\t-\n",
        "Peru\tB-LOC\nmet\tO",
        "Peru B-LOC\nmet O\n",
        "Peru NNP B-NP B-LOC\nmet VBD O O\n",
        "\n\n# text = Peru met\n\nPeru\tB-LOC\r\nmet\tO\r\n\r\n\r\n",
    ],
)
def test_layouts(tmp_path, text):
    assert read_iob(write(tmp_path / "a.iob2", text)) == [(["Peru", "met"], ["B-LOC", "O"])]


def test_sentences_are_parted_by_empty_lines(tmp_path):
    text = "12\tO\n\nPeru\tB-LOC\n \n#\tO\n"
    assert read_iob(write(tmp_path / "a.iob2", text)) == [(["12"], ["O"]), (["Peru"], ["B-LOC"]), (["#"], ["O"])]


@pytest.mark.parametrize(("text", "line"), [("Peru\tO\nmet\n", ":2"), ("word", ":1"), ("", ""), ("# only\n\n", "")])
def test_what_is_refused(tmp_path, text, line):
    file = write(tmp_path / "a.iob2", text)
    assert refusal(evaluate_entities, file) == f"{file}{line}"


@pytest.mark.parametrize(
    ("labels", "expected"),
    [
        (["B-PER", "I-PER", "O"], [(0, 2, "PER")]),
        (["B-PER", "B-PER"], [(0, 1, "PER"), (1, 2, "PER")]),
        (["I-PER", "I-PER"], [(0, 2, "PER")]),
        (["B-PER", "I-LOC"], [(0, 1, "PER"), (1, 2, "LOC")]),
        (["B-PER", "O", "I-PER"], [(0, 1, "PER"), (2, 3, "PER")]),
        (["B-MISC", "I-MISC", "B-ORG"], [(2, 3, "ORG")]),
        ([], []),
    ],
)
def test_names_from_labels(labels, expected):
    assert names_of(labels) == expected


@settings(deadline=None, max_examples=30)
@given(
    st.lists(
        st.one_of(st.text(min_size=1, max_size=6), st.sampled_from(["Angela", "Merkel", "Berlin", "."])), max_size=9
    )
)
def test_names_are_tokens_of_the_sentence(tokens):
    (found,) = find_names([(tokens, [])], network())
    assert all(0 <= a < b <= len(tokens) for a, b, _ in found)
    assert {kind for *_, kind in found} <= set(TYPES)
