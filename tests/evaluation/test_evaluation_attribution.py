"""Who says what, token by token."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reader_files import COMMON, check_common, refusal, with_intervals, write, write_rows

from foedera.evaluation import evaluate_attribution
from foedera.evaluation.attribution import LAYERS, find_attributions
from foedera.language import network

TEXT = "The minister said that Kenya would sign the treaty. Rain fell.\nNobody else spoke in the hall."
SAID = {"source": [[0, 12]], "cue": [[13, 17]], "content": [[18, 50]]}
KEYS = with_intervals(*(f"{layer}_{name}" for layer in LAYERS for name in ("f1", "precision", "recall")))


def document(*said, text=TEXT):
    return {"text": text, "annotations": [{"attributions": [*said]}, {"attributions": []}]}


def score(file):
    return evaluate_attribution(file, network=network())


@pytest.fixture
def told(monkeypatch):
    """Lets the reader find the spans that it is told."""

    def tell(**layers):
        found = {layer: layers.get(layer, []) for layer in LAYERS}
        monkeypatch.setattr("foedera.evaluation.attribution.find_attributions", lambda text, using: found)

    return tell


@pytest.mark.parametrize("name", ["a.jsonl", "a.jsonl.gz"])
def test_keys(tmp_path, name):
    scores = score(write_rows(tmp_path / name, [document(SAID), document()]))
    assert set(scores) == COMMON | KEYS
    check_common(scores, "attribution", 2)


def test_what_the_reader_finds_is_scored(tmp_path):
    scores = score(write_rows(tmp_path / "a.jsonl", [document(SAID)]))
    assert min(scores[f"{layer}_f1"] for layer in LAYERS) > 0.5


def test_perfect(tmp_path, told):
    told(**SAID)
    scores = score(write_rows(tmp_path / "a.jsonl", [document(SAID)]))
    assert {scores[key] for key in KEYS} == {1.0}


def test_tokens_are_counted_and_signs_are_tokens(tmp_path, told):
    # Three of five source tokens and none else; the quotation marks of the content are two of four tokens.
    text = 'The old foreign minister Osei said "no rain"'
    told(source=[(4, 23)], content=[(36, 43), (0, 3)])
    gold = {"source": [[0, 29]], "cue": [[30, 34]], "content": [[35, 44]]}
    scores = score(write_rows(tmp_path / "a.jsonl", [document(gold, text=text)]))
    assert [scores[f"source_{k}"] for k in ("precision", "recall", "f1")] == [1, 0.6, 0.75]
    assert [scores[f"cue_{k}"] for k in ("precision", "recall", "f1")] == [0, 0, 0]
    assert [scores[f"content_{k}"] for k in ("precision", "recall")] == [0.6667, 0.5]


def test_a_part_of_a_token_is_the_token_and_overlaps_count_once(tmp_path, told):
    told(cue=[(14, 15), (13, 17), (16, 18)])
    scores = score(write_rows(tmp_path / "a.jsonl", [document(SAID, {"cue": [[13, 17]]})]))
    assert scores["cue_f1"] == 1


def test_only_the_first_annotator_counts(tmp_path, told):
    told(**SAID)
    row = document()
    row["annotations"].insert(0, {"attributions": [SAID]})
    assert score(write_rows(tmp_path / "a.jsonl", [row]))["content_f1"] == 1


@pytest.mark.parametrize("annotations", [[], None, [{"attributions": []}], [{"attributions": [{"source": None}]}]])
def test_documents_without_attributions(tmp_path, told, annotations):
    told(**SAID)
    scores = score(write_rows(tmp_path / "a.jsonl", [{"text": TEXT, "annotations": annotations}]))
    assert [scores[f"source_{k}"] for k in ("precision", "recall", "f1")] == [0, 0, 0]


def test_spans_outside_the_text_cover_nothing(tmp_path, told):
    told(source=[(0, 12)])
    wild = {"source": [[-5, 12], [0, -1], [400, 500], [90, 5]], "cue": [[0, -20], [13, 4000]], "content": []}
    scores = score(write_rows(tmp_path / "a.jsonl", [document(wild)]))
    assert scores["source_f1"] == 1


def test_an_empty_text(tmp_path):
    assert score(write_rows(tmp_path / "a.jsonl", [document(text="")]))["n"] == 1


@pytest.mark.parametrize(
    "row",
    [
        {"text": TEXT},
        {"annotations": []},
        {"text": TEXT, "annotations": 3},
        {"text": TEXT, "annotations": [{}]},
        {"text": TEXT, "annotations": [{"attributions": 3}]},
        {"text": TEXT, "annotations": [{"attributions": ["x"]}]},
        {"text": TEXT, "annotations": [{"attributions": [{"source": [3]}]}]},
        {"text": TEXT, "annotations": [{"attributions": [{"source": [[3]]}]}]},
        {"text": TEXT, "annotations": [{"attributions": [{"source": [["a", "b"]]}]}]},
        {"text": TEXT, "annotations": {"attributions": []}},
    ],
)
def test_what_is_refused(tmp_path, row):
    file = write_rows(tmp_path / "a.jsonl", [document(SAID), row])
    assert refusal(evaluate_attribution, file) == f"{file}:2"


def test_files_that_are_refused(tmp_path):
    file = write(tmp_path / "a.jsonl", "\n")
    assert refusal(evaluate_attribution, file) == str(file)
    file = write(tmp_path / "b.jsonl", "{}\n")
    assert refusal(evaluate_attribution, file) == f"{file}:1"
    assert refusal(evaluate_attribution, tmp_path / "none") == str(tmp_path / "none")


@settings(deadline=None, max_examples=30)
@given(
    st.one_of(
        st.text(max_size=80), st.just(TEXT), st.lists(st.sampled_from(["\n", "Osei said", "rain. "])).map("".join)
    )
)
def test_spans_are_words_of_the_text(text):
    found = find_attributions(text, network())
    assert set(found) == set(LAYERS)
    for spans in found.values():
        assert spans == sorted(set(spans))
        assert all(0 <= a < b <= len(text) for a, b in spans)
    assert found == find_attributions(text, network())
