"""The lexicon tables must be consistent with each other and with the closed lists of the codebook and the model."""

import csv
import re
from collections import Counter
from pathlib import Path
from typing import get_args

import pytest

import foedera.knowledge
from foedera.model.claim import MEETING_KINDS, STAGES, STANCES
from foedera.model.reading import STATUSES, ClaimFamily

TABLES = Path(foedera.knowledge.__file__).parent / "tables"


def words(text: str) -> list[str]:
    return text.split()


# Written out here and not read from the package, so that a slip in a table of the package cannot hide behind itself.
MODES = {
    "AGREE": "",
    "CONSULT": "visit third-party multilateral phone",
    "SUPPORT": "",
    "CONCEDE": "",
    "COOPERATE": "",
    "AID": "",
    "RETREAT": "withdraw release disarm ceasefire access resign",
    "REQUEST": "assist change yield meet",
    "ACCUSE": "disapprove investigate allege",
    "REJECT": "assist change yield meet",
    "THREATEN": "restrict arrest relations expel territory violence",
    "PROTEST": "demo riot strike hunger boycott obstruct vandalize",
    "SANCTION": "convict expel withdraw discontinue",
    "MOBILIZE": "troops weapons police militia",
    "COERCE": "seize restrict censor curfew martial-law arrest deport withhold misinformation cyber",
    "ASSAULT": (
        "abduct beat torture sexual targeted destroy primitive firearms explosives suicide-attack aerial drone "
        "heavy-weapons crowd-control unconventional"
    ),
}
CONTEXTS = set(
    words(
        "military intelligence executive legislative election political_institutions pro_democracy pro_autocracy "
        "economic legal reparations human_rights rights_freedoms repression human_security gender lgbt "
        "religion_ethnicity inequality diplomatic territory peacekeeping health asylum migration disasters "
        "natural_resource environment technology terrorism cbrn cyber misinformation crime corruption "
        "illegal_drugs trafficking"
    )
)
POLICIES = set(
    words("tightened eased imposed lifted adopted changed abandoned increased reduced renamed resumed revised")
)
CAPABILITIES = set(words("acquires develops deploys tests produces exports plans upgrades has considers"))
ROLES = {"S>O", "S>P", "O>S", "S=O", "S>OO", "S"}
SPEECH = set(words("say claim deny warn praise criticise urge promise ask estimate think"))
LABELS = {
    "event": set(MODES),
    "agreement": set(STAGES),
    "meeting": set(MEETING_KINDS),
    "policy": POLICIES,
    "capability": CAPABILITIES,
}
COLUMNS = {
    "wordsets": ["name", "words"],
    "predicates": words("id pos lemmas object prep complement family label modes contexts roles note"),
    "contexts": ["context", "words"],
    "speech": ["cue", "kind", "stance", "alleged", "note"],
    "stances": ["cue", "stance", "hedge", "weight"],
    "statuses": ["cue", "status", "pos", "note"],
}


def read(name: str) -> list[dict[str, str]]:
    with (TABLES / f"{name}.csv").open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(line for line in handle if not line.startswith("#")))


def cells(cell: str) -> list[str]:
    return [part for part in cell.removeprefix("!").split("|") if part]


PREDICATES = read("predicates")
SETS = {row["name"]: cells(row["words"]) for row in read("wordsets")}


@pytest.mark.parametrize("name", sorted(COLUMNS))
def test_table_is_well_formed(name: str) -> None:
    raw = (TABLES / f"{name}.csv").read_bytes()
    assert raw.startswith(b"#")
    assert b"\r" not in raw
    assert raw.endswith(b"\n")
    rows = read(name)
    assert list(rows[0]) == COLUMNS[name]
    for row in rows:
        assert None not in row, row
        assert None not in row.values(), row
        assert all(value == value.strip() for value in row.values()), row
    keys = [row[COLUMNS[name][0]] for row in rows]
    assert keys == sorted(keys)


@pytest.mark.parametrize("name", ["predicates", "wordsets", "contexts", "speech", "stances"])
def test_first_column_is_unique(name: str) -> None:
    keys = Counter(row[COLUMNS[name][0]] for row in read(name))
    assert [key for key, count in keys.items() if count > 1] == []


def test_ids_are_slugs() -> None:
    assert [row["id"] for row in PREDICATES if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", row["id"])] == []


def test_families_and_labels_are_of_the_closed_lists() -> None:
    for row in PREDICATES:
        assert row["pos"] in {"verb", "noun"}, row["id"]
        assert row["family"] in get_args(ClaimFamily), row["id"]
        if row["family"] == "incident":
            assert re.fullmatch(r"[a-z]+([ -][a-z]+){0,3}", row["label"]), row["id"]
        else:
            assert row["label"] in LABELS[row["family"]], row["id"]


def test_modes_belong_to_their_type() -> None:
    for row in PREDICATES:
        allowed = MODES[row["label"]].split() if row["family"] == "event" else []
        assert set(cells(row["modes"])) <= set(allowed), row["id"]


@pytest.mark.parametrize("kind", sorted(MODES))
def test_every_mode_can_be_found(kind: str) -> None:
    seen = {mode for row in PREDICATES if row["label"] == kind for mode in cells(row["modes"])}
    assert seen == set(MODES[kind].split())


def test_every_stage_and_change_can_be_found() -> None:
    for family, labels in LABELS.items():
        assert {row["label"] for row in PREDICATES if row["family"] == family} == labels


def test_contexts_are_of_the_codebook() -> None:
    for row in PREDICATES:
        assert set(cells(row["contexts"])) <= CONTEXTS, row["id"]
    assert {row["context"] for row in read("contexts")} == CONTEXTS


def test_word_sets_exist_and_are_used() -> None:
    used = {word[1:] for row in PREDICATES for word in cells(row["object"]) if word.startswith("@")}
    assert used == set(SETS)


def test_exclamation_mark_stands_only_at_the_head_of_an_object() -> None:
    for row in PREDICATES:
        rest = row["object"].removeprefix("!")
        assert "!" not in rest, row["id"]
        assert row["object"] != "!", row["id"]


def test_roles_are_valid_and_prepositional_targets_have_a_preposition() -> None:
    for row in PREDICATES:
        assert row["roles"] in ROLES, row["id"]
        assert row["roles"] != "S>P" or row["prep"], row["id"]
        assert row["complement"] in {"", "to", "that", "ing"}, row["id"]
        assert row["pos"] == "verb" or row["complement"] in {"", "to"}, row["id"]


def test_words_are_lower_case_without_stray_spaces_or_doubles() -> None:
    columns = ("lemmas", "object", "prep", "modes", "contexts")
    lists = [(row["id"], row[column]) for row in PREDICATES for column in columns]
    lists += [(row["name"], row["words"]) for row in read("wordsets")]
    lists += [(row["context"], row["words"]) for row in read("contexts")]
    for key, cell in lists:
        parts = cell.removeprefix("!").split("|")
        assert len(parts) == len(set(parts)), key
        for word in parts:
            assert word.startswith("@") or word == word.lower(), (key, word)
            assert word == " ".join(word.split()), (key, word)
        assert cell == "" or all(parts), key


def test_no_lemma_has_two_rows_with_the_same_constraints_in_a_family() -> None:
    keys = Counter(
        (row["pos"], lemma, row["object"], row["prep"], row["complement"], row["family"])
        for row in PREDICATES
        for lemma in cells(row["lemmas"])
    )
    assert [key for key, count in keys.items() if count > 1] == []


@pytest.mark.parametrize(
    ("column", "value", "least"),
    [
        ("family", "event", 800),
        ("family", "agreement", 90),
        ("family", "meeting", 60),
        ("family", "incident", 80),
        ("family", "policy", 90),
        ("family", "capability", 60),
        ("pos", "noun", 250),
    ],
)
def test_predicates_are_many(column: str, value: str, least: int) -> None:
    assert sum(row[column] == value for row in PREDICATES) >= least


@pytest.mark.parametrize(("name", "least"), [("speech", 150), ("stances", 350), ("statuses", 120)])
def test_cues_are_many(name: str, least: int) -> None:
    assert len(read(name)) >= least


@pytest.mark.parametrize("lemma", words("strike fire charge back hit lead take make give hold warn call boast"))
def test_treacherous_verbs_never_stand_alone(lemma: str) -> None:
    bare = [
        row["id"]
        for row in PREDICATES
        if row["pos"] == "verb"
        and lemma in cells(row["lemmas"])
        and not row["object"] + row["prep"] + row["complement"]
    ]
    assert bare == []


def test_speech_cues_are_of_the_closed_lists() -> None:
    for row in read("speech"):
        assert row["kind"] in SPEECH, row
        assert row["stance"] in {"", *STANCES}, row
        assert row["alleged"] in {"y", "n"}, row
    assert {row["kind"] for row in read("speech")} == SPEECH


def test_stance_cues_are_of_the_closed_lists() -> None:
    for row in read("stances"):
        assert row["stance"] in STANCES, row
        assert row["hedge"] in {"y", "n"}, row
        assert row["weight"] in {"1", "2", "3"}, row
        assert row["cue"] == row["cue"].lower(), row
        assert not re.search(r"\*\S|^\*|\s\*", row["cue"]), row
    assert {row["stance"] for row in read("stances")} == set(STANCES)


def test_status_cues_are_of_the_closed_lists() -> None:
    rows = read("statuses")
    allowed = (set(STATUSES) - {"happened"}) | {"alleged"}
    assert {row["status"] for row in rows} == allowed
    assert {row["pos"] for row in rows} == {"before", "after"}
    pairs = Counter((row["cue"], row["pos"]) for row in rows)
    assert [pair for pair, count in pairs.items() if count > 1] == []
