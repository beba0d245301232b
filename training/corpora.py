"""The corpora that the reader is trained on, read into examples.

Each function reads one set from the folder that FOEDERA_DATA names and leaves out what is not for training. A set that
is absent raises: what is not to be trained on is left out by `without` in the configuration.
"""

from __future__ import annotations

import csv
import gzip
import json
import random
import re
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

import numpy as np
from tokenizers import Tokenizer

from foedera.evaluation.annotated import joined
from foedera.evaluation.entities import names_of, read_iob
from foedera.evaluation.relations import YIELD, unmarked
from foedera.evaluation.timexes import read_timeml
from foedera.language import network, single_view, suggested, suggestions
from foedera.language.encoding import Encoded, Ints, encode
from foedera.language.labels import MODES, ROLES, SPEECH, STAGES, STANCES, STATUSES, TYPES
from foedera.language.tokens import text_sentences

from .annotations import ACTORS, Authored, EventLabel, Marked, read_file
from .augment import elsewhere
from .examples import IGNORED, TAG_HEADS, Example, Pair, Span, example, marked, outside

_UPOS: Final = {tag: k for k, tag in enumerate(TAG_HEADS["upos"])}
_CROSSNER: Final = {"politician": "PER", "person": "PER", "organisation": "ORG", "politicalparty": "ORG",
                    "country": "LOC", "location": "LOC"}  # fmt: skip
_GUM_KINDS: Final = {"person": "PER", "place": "LOC", "organization": "ORG"}
_TITLES: Final = frozenset(
    "mr mrs ms miss dr prof professor president vice secretary senator governor mayor chief justice judge speaker sir"
    " lord lady king queen prince princess emperor pope captain general colonel minister prime chancellor st".split()
)
_GUM_LEFT_OUT: Final = frozenset({"fiction", "whow", "essay", "letter", "podcast", "reddit"})
_BEFORE_TIME: Final = re.compile(
    r"(?:(?:in|on|at|by|for|since|from|until|till|during|over|within|before|after|throughout|through|to|as of|starting"
    r"|beginning|between|of)\s+)+", re.IGNORECASE,
)  # fmt: skip


def _jsonl(path: Path) -> Iterator[Any]:
    with gzip.open(path, "rt", encoding="utf-8") as file:
        for line in file:
            yield json.loads(line)


def _text(path: Path) -> str:
    return gzip.open(path, "rt", encoding="utf-8").read() if path.suffix == ".gz" else path.read_text("utf-8")


def _encode(text: str, tokenizer: Tokenizer) -> Encoded:
    return encode(text, [(0, len(text))], tokenizer)[0]


def _mapped(labels: Sequence[str], kinds: dict[str, str]) -> list[str]:
    """IOB labels in our kinds; what has none is outside."""
    parts = (label.partition("-") for label in labels)
    return [f"{place}-{kinds[kind]}" if kind in kinds else "O" for place, _, kind in parts]


def ewt(data: Path, tokenizer: Tokenizer, split: str = "train") -> Iterator[Example]:
    """English Web Treebank: entities, parts of speech, predicates with roles, factuality, over the same words."""
    folder = data / "lang"
    entities = (
        folder / "UNER_EWT" / ("en_ewt-ud-train.2022-12-02.iob2.gz" if split == "train" else f"en_ewt-ud-{split}.iob2")
    )
    named = {" ".join(tokens): labels for tokens, labels in read_iob(entities)}
    roles = {r["id"]: r for r in _jsonl(folder / "SRL_EWT" / f"ewt_srl_{split}.jsonl.gz")}
    facts = {r["sent_id"]: r for r in _jsonl(folder / "UDS" / f"factuality_{split}.jsonl.gz")}
    for ident, tokens, tags, _ in _conllu(folder / "UD_EWT" / f"en_ewt-ud-{split}.conllu.gz"):
        text, characters = joined(tokens)
        encoded = _encode(text, tokenizer)
        if not len(encoded.first):
            continue
        words = [encoded.word_at(*c) for c in characters]
        made = {"upos": _upos(encoded, words, tags)}
        if (labels := named.get(" ".join(tokens))) is not None:
            found = [(characters[a][0], characters[b - 1][1], k) for a, b, k in names_of(labels)]
            made["entity"] = marked(encoded, found, TAG_HEADS["entity"])
        built = replace(example(encoded, f"ewt/{ident.rsplit('-', 1)[0]}"), tags=made)
        if (srl := roles.get(ident)) is not None and srl["tokens"] == tokens:
            built = _with_roles(built, srl["preds"], words)
        if (uds := facts.get(ident)) is not None and uds["tokens"] == tokens:
            values = [(w[0], value) for k, value, _ in uds["pred_factuality"] if (w := words[k])]
            built = replace(built, facts=tuple(values))
        yield built


def _with_roles(built: Example, predicates: Sequence[Any], words: Sequence[Span | None]) -> Example:
    known = {}
    heads = outside(built.words)
    for predicate in predicates:
        at = words[predicate["i"]]
        if at is None:
            continue
        heads[at[0]] = 1
        row = outside(built.words)
        for a, b, role in predicate["args"]:
            name = role.removeprefix("ARGM-")
            if name in ROLES and (i := words[a]) and (j := words[b]):
                row[i[0] : j[1]] = ROLES.index(name)
        known[at[0]] = row
    return replace(built, tags={**built.tags, "predicate": heads}, roles=known)


def _conllu(path: Path) -> Iterator[tuple[str, list[str], list[str], list[str]]]:
    """Sentences of a CoNLL-U file: id, words, parts of speech, and what stands under Entity in the last column."""
    ident, tokens, tags, entities = "", [], [], []
    for line in [*_text(path).splitlines(), ""]:
        cells = line.split("\t")
        if line.startswith("# sent_id"):
            ident = line.partition("= ")[2]
        elif len(cells) == 10 and cells[0].isdigit():
            tokens.append(cells[1])
            tags.append(cells[3])
            misc = dict(part.split("=", 1) for part in cells[9].split("|") if "=" in part)
            entities.append(misc.get("Entity", ""))
        elif not line and tokens:
            yield ident, tokens, tags, entities
            tokens, tags, entities = [], [], []


def _upos(encoded: Encoded, words: Sequence[Span | None], tags: Sequence[str]) -> Ints:
    """Parts of speech of the words of the network, from those of a corpus's words."""
    row = np.full(len(encoded.first), IGNORED, dtype=np.int64)
    for word, tag in zip(words, tags, strict=True):
        if word:
            row[word[0] : word[1]] = _UPOS.get(tag, _UPOS["X"])
    return row


def crossner(data: Path, tokenizer: Tokenizer, split: str = "train") -> Iterator[Example]:
    """CrossNER politics: persons, organisations and places of encyclopaedic sentences."""
    for tokens, labels in read_iob(data / "lang" / "CROSSNER" / f"politics_{split}.txt"):
        text, characters = joined(tokens)
        encoded = _encode(text, tokenizer)
        found = [(characters[a][0], characters[b - 1][1], k) for a, b, k in names_of(_mapped(labels, _CROSSNER))]
        yield replace(example(encoded, "crossner"), tags={"entity": marked(encoded, found, TAG_HEADS["entity"])})


def gum(data: Path, tokenizer: Tokenizer, split: str = "train") -> Iterator[Example]:
    """Georgetown University Multilayer Corpus: names of persons, places and organisations, and parts of speech.

    Only the genres whose texts may be used for any purpose are read.
    """
    for ident, tokens, tags, entities in _conllu(data / "lang" / "UD_GUM" / f"en_gum-ud-{split}.conllu.gz"):
        if ident.split("_")[1] in _GUM_LEFT_OUT:
            continue
        text, characters = joined(tokens)
        encoded = _encode(text, tokenizer)
        upos = _upos(encoded, [encoded.word_at(*c) for c in characters], tags)
        names = [(characters[a][0], characters[b - 1][1], k) for a, b, k in _gum_names(tokens, entities, tags)]
        yield replace(example(encoded, f"gum/{ident.rsplit('-', 1)[0]}"),
                      tags={"upos": upos, "entity": marked(encoded, names, TAG_HEADS["entity"])})  # fmt: skip


def _gum_names(tokens: Sequence[str], entities: Sequence[str], tags: Sequence[str]) -> list[tuple[int, int, str]]:
    """Names: the run of proper nouns around the head of a mention of a person, a place or an organisation."""
    opened: dict[str, list[tuple[int, str, int]]] = {}
    out = []
    for k, cell in enumerate(entities):
        for bracket in re.findall(r"\(?[^()]+\)?", cell):
            fields = bracket.strip("()").split("-")
            group = fields[0]
            if (
                bracket.startswith("(")
                and len(fields) > 5
                and fields[1] in _GUM_KINDS
                and fields[5].split(",")[0].isdigit()
            ):
                opened.setdefault(group, []).append((k, fields[1], k + int(fields[5].split(",")[0]) - 1))
            if bracket.endswith(")") and opened.get(group):
                start, kind, head = opened[group].pop()
                out.append((start, k + 1, kind, head))
    names = []
    for start, end, kind, head in out:
        if head < end and tags[head] == "PROPN":
            a = b = head
            while a > start and tags[a - 1] == "PROPN":
                a -= 1
            while b + 1 < end and tags[b + 1] == "PROPN":
                b += 1
            while kind == "person" and a <= b and tokens[a].lower().rstrip(".") in _TITLES:
                a += 1
            if a <= b:
                names.append((a, b + 1, _GUM_KINDS[kind]))
    return sorted(set(names), key=lambda n: (n[0] - n[1], n))


def polnear(data: Path, tokenizer: Tokenizer, split: str = "train") -> Iterator[Example]:
    """PolNeAR: source, cue and content of attributions, by the first annotator."""
    for row in _jsonl(data / "lang" / "POLNEAR" / f"polnear_{split}.jsonl.gz"):
        text = row["text"]
        said = row["annotations"][0]["attributions"]
        for encoded in encode(text, list(text_sentences(text)), tokenizer):
            if len(encoded.first):
                yield _attributed(encoded, said, f"polnear/{row['doc']}")


def _attributed(encoded: Encoded, said: Sequence[Any], group: str) -> Example:
    rows = {layer: outside(len(encoded.first)) for layer in SPEECH}
    links = []
    low, high = int(encoded.starts[0]), int(encoded.ends[-1])
    for one in said:
        firsts = []
        for layer in SPEECH:
            labels = TAG_HEADS[layer]
            at = -1
            for a, b in one[layer]:
                if b <= low or a >= high or not (words := encoded.word_at(max(a, low), min(b, high))):
                    continue
                at = words[0] if at < 0 else at
                row = rows[layer]
                for w in range(*words):
                    if row[w] == 0:
                        row[w] = labels.index(f"{'B' if w == words[0] and a >= low else 'I'}-{layer}")
            firsts.append(at)
        if firsts[1] >= 0:
            links.append((firsts[1], firsts[0], firsts[2]))
    return replace(example(encoded, group), tags=rows, links=tuple(links))


def timex(data: Path, tokenizer: Tokenizer, held_out: Sequence[str] = ()) -> Iterator[Example]:
    """WikiWars and the tweets: time expressions. Documents in ``held_out`` (stems of names) are left out."""
    for name in ("wikiwars_train", "tweets_train"):
        for document in read_timeml(data / "lang" / "TEMPORAL" / f"{name}.tar.xz"):
            stem, text = Path(document.name).stem, document.text
            found = [(t.start, t.end) for t in document.timexes]
            if stem in held_out:
                continue
            for encoded in encode(text, list(text_sentences(text)), tokenizer):
                if len(encoded.first):
                    inside = [(a, b, "time") for a, b in found
                              if a >= encoded.starts[0] and b <= encoded.ends[-1]]  # fmt: skip
                    yield replace(example(encoded, f"timex/{stem}"),
                                  tags={"time": marked(encoded, inside, TAG_HEADS["time"])})  # fmt: skip


def plv(data: Path, tokenizer: Tokenizer, abroad: random.Random | None = None) -> Iterator[Example]:
    """PLV: a source, a target and the type between them; CONCEDE and RETREAT are one class there.

    With ``abroad`` each sentence has its states exchanged (see `augment.elsewhere`).
    """
    with (data / "relation" / "PLV_train.tsv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
            text, source, target = unmarked(row["marked_sentence"])
            if abroad is not None:
                text, moved = elsewhere(text, [s for s in (source, target) if s], abroad)
                source = moved.pop(0) if source else None
                target = moved.pop(0) if target else None
            encoded = _encode(text, tokenizer)
            root = row["gold_root"]
            types = YIELD if root == "YIELD" else (root,)
            spans = (source and encoded.word_at(*source), target and encoded.word_at(*target))
            pair = Pair(*spans, tuple(TYPES.index(t) for t in types), joined=True)
            yield replace(example(encoded, "plv"), pairs=(pair,))


def plv_table(data: Path) -> Iterator[int]:
    """For each row of PLV the index of the type that the predicate table has for its pair, 0 for none."""
    with (data / "relation" / "PLV_train.tsv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
            text, source, target = unmarked(row["marked_sentence"])
            view = single_view(text, network())
            words = [place and view.encoded.word_at(*place) for place in (source, target)]
            yield suggested((words[0], words[1]), suggestions(view))


def authored(
    folder: Path, tokenizer: Tokenizer, *, without: Collection[str] = (), places: bool = False
) -> Iterator[Example]:
    """Our own sentences: every head but parts of speech, roles and factuality.

    Args:
        folder: Files in the notation of `annotations`.
        tokenizer: The reader's.
        without: Heads over words that they do not teach. PolNeAR, where it is trained on, draws sources, cues and
            contents wider and marks more verbs, and WikiWars draws time expressions otherwise.
        places: As in `authored_example`.
    """
    for path in sorted(folder.glob("*.txt")):
        for record in read_file(path):
            found = authored_example(record, tokenizer, places=places)
            tags = {h: row for h, row in found.tags.items() if h not in without}
            group = f"authored/{record.report}" if record.report else found.group
            yield replace(found, tags=tags, links=None if "cue" in without else found.links, group=group)


def authored_example(record: Authored, tokenizer: Tokenizer, *, places: bool = False) -> Example:
    """An authored sentence as an example.

    Every actor is paired with every other; with ``places`` also with every place as a target, since a city may be
    shelled and mostly is only where something happens.
    """
    encoded = _encode(record.text, tokenizer)
    tags = {
        "mention": marked(encoded, [(m.start, m.end, m.kind) for m in record.mentions if m.kind != "time"],
                          TAG_HEADS["mention"]),
        "time": marked(encoded, [(*_bare_time(record.text, m.start, m.end), "time") for m in record.mentions
                                 if m.kind == "time"], TAG_HEADS["time"]),
    }  # fmt: skip
    sources = [(s.start, s.end, "source") for say in record.says if say.source for s in [record.mention(say.source)]]
    tags["source"] = marked(encoded, sources, TAG_HEADS["source"])
    tags["cue"] = marked(encoded, [(*s.cue, "cue") for s in record.says], TAG_HEADS["cue"])
    contents = sorted((s.content for s in record.says if s.content), key=lambda c: c[0] - c[1])
    tags["content"] = marked(encoded, [(*c, "content") for c in contents], TAG_HEADS["content"])
    return replace(example(encoded, "authored"), tags=tags, links=tuple(_links(record, encoded)),
                   pairs=tuple(_pairs(record, encoded, places)))  # fmt: skip


def _bare_time(text: str, start: int, end: int) -> Span:
    """A time expression without the prepositions before it, which TimeML leaves out."""
    found = _BEFORE_TIME.match(text, start, end)
    return (found.end(), end) if found and found.end() < end else (start, end)


def _links(record: Authored, encoded: Encoded) -> Iterator[tuple[int, int, int]]:
    for say in record.says:
        cue = encoded.word_at(*say.cue)
        mention = record.mention(say.source) if say.source else None
        source = encoded.word_at(mention.start, mention.end) if mention else None
        content = encoded.word_at(*say.content) if say.content else None
        if cue:
            yield cue[0], source[0] if source else -1, content[0] if content else -1


def _pairs(record: Authored, encoded: Encoded, places: bool) -> Iterator[Pair]:
    """Every directed pair of actors and every actor alone; pairs that are a label's only through SAME are left out."""
    known: dict[tuple[str, str], EventLabel] = {}
    every: dict[tuple[str, str], list[int]] = {}
    for event in record.events:
        for key in _keys(event):
            known.setdefault(key, event)
            every.setdefault(key, []).append(TYPES.index(event.type))
    stances = {(s.source, t): STANCES.index(v) for s in record.says if s.source for t, v in s.stances}
    parties = {i for key in known for i in key}
    actors = [m for m in record.mentions if m.kind in ACTORS or (m.id and m.id in parties)]
    # Mentions without an id take part in nothing.
    named = [(m.id or f"#{k}", m) for k, m in enumerate(actors)]
    known_too = [m for m in record.mentions if m.kind == "place" and m not in actors] if places else []
    others = [(m.id or f"@{k}", m) for k, m in enumerate(known_too)]
    words = {ident: encoded.word_at(m.start, m.end) for ident, m in [*named, *others]}
    for a, source in [*named, ("", None)]:
        for b, target in [*named, *others, ("", None)]:
            if a == b or not _apart(source, target):
                continue
            event = known.get((a, b))
            if event is None and _through_same(record, known, a, b):
                continue
            stance = stances.get((a, b))
            yield _pair(words.get(a), words.get(b), event, tuple(every.get((a, b), ())), encoded, stance)
    stages = {act.id: act for act in record.acts}
    for m in record.mentions:
        if m.kind == "agreement" or m.id in stages:
            act = stages.get(m.id) if m.id else None
            yield Pair(encoded.word_at(m.start, m.end), None, stage=STAGES.index(act.stage) if act else 0,
                       status=STATUSES.index(act.status) if act else None,
                       trigger=_first(encoded.word_at(*act.trigger)) if act else None)  # fmt: skip


def _apart(source: Marked | None, target: Marked | None) -> bool:
    return source is not None or target is not None


def _pair(
    source: Span | None, target: Span | None, event: EventLabel | None, types: tuple[int, ...], encoded: Encoded,
    stance: int | None,
) -> Pair:  # fmt: skip
    if event is None:
        return Pair(source, target, (0,), stance=stance)
    return Pair(
        source, target, types, modes=tuple(MODES.index(f"{event.type}/{m}") for m in event.modes),
        status=STATUSES.index(event.status), alleged=event.alleged, symmetric=event.symmetric,
        trigger=_first(encoded.word_at(*event.trigger)), stance=stance,
    )  # fmt: skip


def _first(span: Span | None) -> int | None:
    return None if span is None else span[0]


def _keys(event: EventLabel) -> Iterator[tuple[str, str]]:
    """Directed pairs of an event; "" is nobody."""
    for a in event.sources or ("",):
        for b in event.targets or ("",):
            yield a, b
            if event.symmetric and b:
                yield b, a


def _through_same(record: Authored, known: dict[tuple[str, str], EventLabel], a: str, b: str) -> bool:
    def names(ident: str) -> set[str]:
        return {ident}.union(*(s for s in record.same if ident in s))

    same = a and b and b in names(a)
    return bool(same) or any((x, y) in known for x in names(a) for y in names(b))


CORPORA: Final[dict[str, Callable[[Path, Tokenizer], Iterator[Example]]]] = {
    "ewt": ewt, "crossner": crossner, "gum": gum, "polnear": polnear, "timex": timex, "plv": plv,
}  # fmt: skip
