"""Corpora in the layouts in which they are published, on small files in our own words."""

import gzip
import io
import json
import tarfile

import numpy as np
import pytest
from training.annotations import parse
from training.examples import IGNORED, TAG_HEADS, Pair

from foedera.language.labels import MODES, ROLES, SPEECH, STAGES, STANCES, STATUSES, TYPES
from training import corpora

UPOS = TAG_HEADS["upos"]
SENTENCE = [("Martha", "PROPN"), ("Quill", "PROPN"), ("refused", "VERB"), ("to", "PART"), ("leave", "VERB"),
            ("Ohio", "PROPN"), (".", "PUNCT")]  # fmt: skip
TOKENS = [token for token, _ in SENTENCE]


def put(path, text):
    path.parent.mkdir(parents=True, exist_ok=True)
    data = text.encode()
    path.write_bytes(gzip.compress(data) if path.suffix == ".gz" else data)


def names(found, head="entity"):
    return [TAG_HEADS[head][k] if k != IGNORED else None for k in found.tags[head]]


def conllu(ident, sentence, misc=()):
    misc = misc or ["_"] * len(sentence)
    rows = [f"{k}\t{word}\t_\t{tag}\t_\t_\t0\t_\t_\t{m}"
            for k, ((word, tag), m) in enumerate(zip(sentence, misc, strict=True), 1)]  # fmt: skip
    rows.insert(1, "1-2\tMarthaQuill\t_\t_\t_\t_\t_\t_\t_\t_")
    rows.insert(2, "1.1\tghost\t_\tNOUN\t_\t_\t_\t_\t_\t_")
    return "\n".join([f"# sent_id = {ident}", "# text = x", *rows, "", ""])


@pytest.fixture
def ewt(tmp_path):
    """One sentence in each of the four layers, and one that no other layer has."""
    lang = tmp_path / "lang"
    other = [("Rain", "NOUN"), ("fell", "VERB")]
    put(lang / "UD_EWT" / "en_ewt-ud-dev.conllu.gz", conllu("doc-1-0001", SENTENCE) + conllu("doc-1-0002", other))
    labels = ["B-PER", "I-PER", "O", "O", "O", "B-LOC", "O"]
    rows = [f"{k}\t{t}\t{label}\t-\t-" for k, (t, label) in enumerate(zip(TOKENS, labels, strict=True), 1)]
    put(lang / "UNER_EWT" / "en_ewt-ud-dev.iob2", "\n".join(rows) + "\n\n")
    roles = {"id": "doc-1-0001", "tokens": TOKENS, "preds": [
        {"i": 2, "args": [[0, 1, "ARG0"], [3, 5, "ARG1"], [6, 6, "ARGM-XYZ"]]},
        {"i": 4, "args": [[5, 5, "ARG1"], [2, 2, "ARGM-NEG"]]},
    ]}  # fmt: skip
    put(lang / "SRL_EWT" / "ewt_srl_dev.jsonl.gz", json.dumps(roles) + "\n")
    facts = {"sent_id": "doc-1-0001", "tokens": TOKENS, "pred_factuality": [[2, 2.5, 1.0], [4, -3.0, 0.5]]}
    put(lang / "UDS" / "factuality_dev.jsonl.gz", json.dumps(facts) + "\n")
    return tmp_path


def test_four_layers_over_the_same_words(ewt, tokenizer):
    first, second = corpora.ewt(ewt, tokenizer, "dev")
    assert names(first) == ["B-PER", "I-PER", "O", "O", "O", "B-LOC", "O"]
    assert [UPOS[k] for k in first.tags["upos"]] == [tag for _, tag in SENTENCE]
    assert first.tags["predicate"].tolist() == [0, 0, 1, 0, 1, 0, 0]
    assert {at: [ROLES[k] for k in row] for at, row in first.roles.items()} == {
        2: ["ARG0", "ARG0", "none", "ARG1", "ARG1", "ARG1", "none"],
        4: ["none", "none", "NEG", "none", "none", "ARG1", "none"],
    }
    assert first.facts == ((2, 2.5), (4, -3.0))
    assert first.group == second.group == "ewt/doc-1"
    assert set(second.tags) == {"upos"}
    assert (second.roles, second.facts) == (None, ())


def test_a_layer_over_other_words_is_left_out(ewt, tokenizer):
    put(ewt / "lang" / "UDS" / "factuality_dev.jsonl.gz",
        json.dumps({"sent_id": "doc-1-0001", "tokens": TOKENS[:-1], "pred_factuality": [[2, 2.5, 1.0]]}))  # fmt: skip
    first, _ = corpora.ewt(ewt, tokenizer, "dev")
    assert first.facts == ()


def test_kinds_of_names_are_mapped(tmp_path, tokenizer):
    labels = ["B-politician", "I-politician", "O", "O", "O", "B-country", "O"]
    rows = [f"{token}\t{label}" for token, label in zip(TOKENS, labels, strict=True)]
    rows += ["", "The\tO", "vote\tB-election", ""]
    put(tmp_path / "lang" / "CROSSNER" / "politics_dev.txt", "\n".join(rows))
    first, second = corpora.crossner(tmp_path, tokenizer, "dev")
    assert names(first) == ["B-PER", "I-PER", "O", "O", "O", "B-LOC", "O"]
    assert names(second) == ["O", "O"]


def test_names_are_the_proper_nouns_around_the_head_of_a_mention(tmp_path, tokenizer):
    sentence = [("President", "PROPN"), ("Martha", "PROPN"), ("Quill", "PROPN"), ("of", "ADP"), ("Ohio", "PROPN"),
                ("met", "VERB"), ("the", "DET"), ("Bundestag", "PROPN"), ("and", "CCONJ"),
                ("guests", "NOUN")]  # fmt: skip
    cells = ["(1-person-new-ns-cf1-2,3-coref", "_", "_", "_", "(2-place-new-ns-cf2-1-sgl)1)", "_",
             "(3-organization-acc-ns-cf3-2-sgl", "3)", "_", "(4-person-new-ns-cf4-1-sgl)"]  # fmt: skip
    misc = [cell if cell == "_" else f"Discourse=x|Entity={cell}" for cell in cells]
    told, left_out = (conllu(f"GUM_{genre}_a-1", sentence, misc) for genre in ("news", "fiction"))
    put(tmp_path / "lang" / "UD_GUM" / "en_gum-ud-dev.conllu.gz", left_out + told)
    (found,) = corpora.gum(tmp_path, tokenizer, "dev")
    assert names(found) == ["O", "B-PER", "I-PER", "O", "B-LOC", "O", "O", "B-ORG", "O", "O"]
    assert [UPOS[k] for k in found.tags["upos"]] == [tag for _, tag in sentence]
    assert found.group == "gum/GUM_news_a"


@pytest.mark.parametrize(
    ("labels", "expected"),
    [
        (["B-PER", "I-PER"], [(0, 2, "PER")]),
        (["I-PER", "I-ORG"], [(0, 1, "PER"), (1, 2, "ORG")]),
        (["B-MISC", "B-LOC"], [(1, 2, "LOC")]),
        (["O"], []),
    ],
)
def test_spans_of_tokens(labels, expected):
    assert corpora.names_of(labels) == expected


def test_attributions(tmp_path, tokenizer):
    text = "The envoy said rain fell. It fell for days, he said.\n\nNobody else spoke."
    said = [
        {"source": [[0, 9]], "cue": [[10, 14]], "content": [[15, 25], [26, 42]]},
        {"source": [[44, 46]], "cue": [[47, 51]], "content": []},
    ]
    row = {"doc": "d1", "text": text, "annotations": [{"attributions": said}, {"attributions": []}]}
    put(tmp_path / "lang" / "POLNEAR" / "polnear_dev.jsonl.gz", json.dumps(row) + "\n")
    first, second, third = corpora.polnear(tmp_path, tokenizer, "dev")
    assert names(first, "source") == ["B-source", "I-source", "O", "O", "O", "O"]
    assert names(first, "cue") == ["O", "O", "B-cue", "O", "O", "O"]
    assert names(first, "content") == ["O", "O", "O", "B-content", "I-content", "I-content"]
    assert first.links == ((2, 0, 3),)
    # What is said goes on in the second sentence, where its source and cue are not.
    assert names(second, "content")[:4] == ["B-content", "I-content", "I-content", "I-content"]
    assert [words for words in names(second, "source") if words != "O"] == ["B-source"]
    assert [(source >= 0, content) for _, source, content in second.links] == [(True, -1)]
    assert third.links == ()
    assert {label for layer in ("source", "cue", "content") for label in names(third, layer)} == {"O"}
    assert {e.group for e in (first, second, third)} == {"polnear/d1"}


def test_times(tmp_path, tokenizer):
    def document(body):
        return f"<TimeML><TEXT>{body}</TEXT></TimeML>"

    def archive(path, **members):
        path.parent.mkdir(parents=True, exist_ok=True)
        with tarfile.open(path, "w:xz") as file:
            for name, text in members.items():
                info = tarfile.TarInfo(f"x/{name}.tml")
                info.size = len(text.encode())
                file.addfile(info, io.BytesIO(text.encode()))

    dated = document('Rain fell <TIMEX3 type="DATE" value="2019-05">in May 2019</TIMEX3>.\nAll left.')
    archive(tmp_path / "lang" / "TEMPORAL" / "wikiwars_train.tar.xz", a=dated, b=dated)
    archive(tmp_path / "lang" / "TEMPORAL" / "tweets_train.tar.xz", c=document("hi"))
    found = list(corpora.timex(tmp_path, tokenizer, ["b"]))
    assert [e.group for e in found] == ["timex/a", "timex/a", "timex/c"]
    assert names(found[0], "time") == ["O", "O", "B-time", "I-time", "I-time", "O"]
    assert names(found[1], "time") == ["O"] * 3


def test_marked_pairs(tmp_path, tokenizer):
    rows = [
        ("<s>Martha Quill</s> left <t>Ohio</t>.", "YIELD"), ("<t>Ohio</t> was left.", "RETREAT"),
        ('"<s>Ohio</s> left', "AID"),
    ]  # fmt: skip
    table = "id\tgold_root\tmarked_sentence\n" + "".join(f"1\t{root}\t{text}\n" for text, root in rows)
    put(tmp_path / "relation" / "PLV_train.tsv", table)
    pairs = [e.pairs for e in corpora.plv(tmp_path, tokenizer)]
    both = tuple(TYPES.index(t) for t in ("CONCEDE", "RETREAT"))
    assert pairs == [
        (Pair((0, 2), (3, 4), both, joined=True),), (Pair(None, (0, 1), both[1:], joined=True),),
        (Pair((1, 2), None, (TYPES.index("AID"),), joined=True),),
    ]  # fmt: skip


def authored(tokenizer, *lines):
    """An authored sentence, and its pairs by what they stand between."""
    record = parse([*lines], "x")
    found = corpora.authored_example(record, tokenizer)
    return found, {(p.source, p.target): p for p in found.pairs}


def test_an_authored_sentence(tokenizer):
    found, pairs = authored(
        tokenizer,
        "[a:person Osei] told [b:org the UN] [:time on Monday] that {[c:state Mali] had not signed "
        "[g:agreement the pact]}.",
        "REJECT/change c > b @signed denied alleged",
        "ACT g signed @signed denied",
        "SAY a @told indirect to b c:critical",
    )
    assert names(found, "mention") == [
        "B-person", "O", "B-org", "I-org", "O", "O", "O", "B-state", "O", "O", "O", "B-agreement", "I-agreement", "O",
    ]  # fmt: skip
    # TimeML leaves the preposition out.
    assert names(found, "time")[4:6] == ["O", "B-time"]
    assert names(found, "source")[0] == "B-source"
    assert names(found, "cue")[1] == "B-cue"
    assert names(found, "content")[7:13] == ["B-content", *["I-content"] * 5]
    assert found.links == ((1, 0, 7),)
    osei, un, mali, pact = (0, 1), (2, 4), (7, 8), (11, 13)
    assert pairs[mali, un] == Pair(
        mali, un, (TYPES.index("REJECT"),), modes=(MODES.index("REJECT/change"),), status=STATUSES.index("denied"),
        alleged=True, symmetric=False, trigger=10,
    )  # fmt: skip
    assert pairs[un, mali] == Pair(un, mali, (0,))
    assert pairs[osei, mali] == Pair(osei, mali, (0,), stance=STANCES.index("critical"))
    assert pairs[mali, None] == Pair(mali, None, (0,))
    assert pairs[None, osei] == Pair(None, osei, (0,))
    stage = pairs[pact, None]
    assert (stage.stage, stage.status, stage.trigger) == (STAGES.index("signed"), STATUSES.index("denied"), 10)
    assert len(found.pairs) == 3 * 2 + 3 * 2 + 1


def test_what_is_done_together_and_by_another_name(tokenizer):
    _, pairs = authored(
        tokenizer,
        "[a:state Mali] met [b:state Chad], as [c:state Bamako] had asked [:person Osei].",
        "CONSULT a = b @met happened",
        "SAME a c",
    )
    mali, chad, bamako, osei = (0, 1), (2, 3), (5, 6), (8, 9)
    consult = (TYPES.index("CONSULT"),)
    assert pairs[mali, chad].types == pairs[chad, mali].types == consult
    assert pairs[mali, chad].symmetric
    # Bamako stands for Mali: neither a pair of the two nor one of Bamako and Chad is known to be nothing.
    assert not {(bamako, chad), (chad, bamako), (mali, bamako), (bamako, mali)} & set(pairs)
    assert pairs[bamako, osei].types == pairs[osei, chad].types == (0,)


def test_two_types_between_the_same_parties_are_both_right(tokenizer):
    _, pairs = authored(
        tokenizer, "[a:state Mali] warned and fined [b:org Acme].", "SANCTION a > b @fined happened",
        "THREATEN a > b @warned planned",
    )  # fmt: skip
    pair = pairs[(0, 1), (4, 5)]
    assert set(pair.types) == {TYPES.index("SANCTION"), TYPES.index("THREATEN")}
    assert pair.status == STATUSES.index("happened")


def test_a_folder_of_authored_sentences(tmp_path, tokenizer):
    put(tmp_path / "b.txt", "# How made: x\n\n{Rain fell}, [a:person Osei] said.\nSAY a @said indirect\n")
    put(tmp_path / "a.txt", "Rain fell.\nNONE\n")
    put(tmp_path / "README.md", "no sentences")
    first, second = corpora.authored(tmp_path, tokenizer)
    assert (first.words, second.words) == (3, 6)
    assert second.links == ((4, 3, 0),)
    silent = list(corpora.authored(tmp_path, tokenizer, without=SPEECH))[1]
    assert set(silent.tags) == {"mention", "time"}
    assert silent.links is None
    assert np.array_equal(silent.tags["mention"], second.tags["mention"])
    assert silent.pairs == second.pairs
    assert set(next(corpora.authored(tmp_path, tokenizer, without=["time"])).tags) == {"mention", *SPEECH}


def test_sentences_of_a_report_stand_together(tmp_path, tokenizer):
    report = "# Report: {}\nRain fell.\nNONE\n\nIt fell again.\nNONE\n"
    first, second = report.format("a storm"), report.format("a flood")
    put(tmp_path / "a.txt", f"# How made: x\n\nAlone.\nNONE\n\n{first}\n{second}")
    groups = [e.group for e in corpora.authored(tmp_path, tokenizer)]
    assert groups == ["authored", "authored/a:6", "authored/a:6", "authored/a:13", "authored/a:13"]
