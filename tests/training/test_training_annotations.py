"""The notation of authored sentences: what it says is read, and what it cannot say is refused with its place."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from training.annotations import (
    ACTORS,
    KINDS,
    STAGES,
    STANCES,
    STATUSES,
    AnnotationError,
    EventLabel,
    main,
    masked,
    parse,
    read_checked,
    read_file,
)

PACT = "[a:state Peru] told [b:office the Chilean envoy] [:time on Monday] that {it had signed [g:agreement the pact]}."


def record(*lines, where="x.txt:3"):
    return parse([*lines], where)


def words(found, span):
    return found.text[slice(*span)]


def test_a_sentence_with_every_kind_of_label():
    found = record(
        PACT,
        "SUPPORT a > b @signed happened alleged",
        "SAY a @told {1} indirect to b g:supportive",
        "ACT g signed @signed happened",
        "SAME a b",
    )
    assert found.text == "Peru told the Chilean envoy on Monday that it had signed the pact."
    assert [(words(found, (m.start, m.end)), m.kind, m.id) for m in found.mentions] == [
        ("Peru", "state", "a"), ("the Chilean envoy", "office", "b"), ("on Monday", "time", ""),
        ("the pact", "agreement", "g"),
    ]  # fmt: skip
    assert [words(found, c) for c in found.contents] == ["it had signed the pact"]
    (event,) = found.events
    assert event == EventLabel("SUPPORT", (), ("a",), ("b",), False, event.trigger, "happened", True)
    assert words(found, event.trigger) == "signed"
    (say,) = found.says
    assert (say.source, say.how, say.addressee, say.stances) == ("a", "indirect", "b", (("g", "supportive"),))
    assert (words(found, say.cue), say.content) == ("told", found.contents[0])
    (act,) = found.acts
    assert (act.id, act.stage, words(found, act.trigger), act.status) == ("g", "signed", "signed", "happened")
    assert found.same == [frozenset("ab")]
    assert found.mention("g").kind == "agreement"


@pytest.mark.parametrize(
    ("line", "sources", "targets", "symmetric"),
    [
        ("AID a > b @told happened", "a", "b", False),
        ("AID a+b > - @told happened", "ab", "", False),
        ("AID - > a+b @told happened", "", "ab", False),
        ("CONSULT a = b @told happened", "a", "b", True),
        ("CONSULT a=b @told happened", "a", "b", True),
        ("CONSULT a = - @told happened", "a", "", True),
    ],
)
def test_parties(line, sources, targets, symmetric):
    (event,) = record(PACT, line, "SAY a @told indirect").events
    assert (event.sources, event.targets, event.symmetric) == (tuple(sources), tuple(targets), symmetric)


def test_modes_and_triggers_of_several_words():
    found = record(
        "[a:state Peru] met [b:state Chad] and met it again.", "CONSULT/visit+multilateral a > b @met it#1 planned"
    )
    (event,) = found.events
    assert (event.modes, words(found, event.trigger), event.status) == (("visit", "multilateral"), "met it", "planned")
    found = record("[a:state Peru] met [b:state Chad] and met it again.", "CONSULT a > b @met#2 planned")
    assert found.events[0].trigger[0] > found.text.index("and")


def test_braces_may_hold_braces_and_are_counted_by_where_they_open():
    found = record(
        "[a:person Osei] said {[b:person Quill] had said {it rained}}.",
        "SAY a @said#1 {1} indirect",
        "SAY b @said#2 {2} indirect",
    )
    assert [words(found, s.content) for s in found.says] == ["Quill had said it rained", "it rained"]


def test_a_sentence_in_which_nothing_happens():
    found = record("Rain fell.", "NONE")
    assert (found.text, found.mentions, found.events) == ("Rain fell.", [], [])
    assert record("{Rain fell}, [a:person Osei] said.", "NONE", "SAY a @said direct").events == []


@pytest.mark.parametrize(
    ("lines", "says"),
    [
        (["Rain fell."], "no label line"),
        (["[state Peru] left.", "NONE"], "without id:kind"),
        (["[a:state Peru left.", "NONE"], "never closed"),
        (["{Peru left.", "NONE"], "never closed"),
        (["Peru] left.", "NONE"], "closes nothing"),
        (["Peru} left.", "NONE"], "closes nothing"),
        (["[a:state Peru {left] now}.", "NONE"], "closes nothing"),
        (["[a:state ] left.", "NONE"], "empty"),
        (["{} left.", "NONE"], "empty"),
        (["[a:state the [b:state Peruvian] army] left.", "NONE"], "inside a mention"),
        (["[a:planet Mars] left.", "NONE"], "'planet'"),
        (["[a:state Peru] left [a:state Chad].", "NONE"], "twice"),
        (["{Rain fell}, they said.", "NONE"], "without a SAY"),
        (["[a:state Peru] left.", "LEAVE"], "'LEAVE'"),
        (["[a:state Peru] left.", "RETREAT a > - @left"], "cannot read"),
        (["[a:state Peru] left.", "WAR a > - @left happened"], "'WAR'"),
        (["[a:state Peru] left.", "RETREAT/fast a > - @left happened"], "'fast'"),
        (["[a:state Peru] left.", "RETREAT a > - @left done"], "'done'"),
        (["[a:state Peru] left.", "RETREAT - > - @left happened"], "without source and target"),
        (["[a:state Peru] left.", "RETREAT b > - @left happened"], "'b'"),
        (["[a:state Peru] left.", "RETREAT a > a @left happened"], "source and target"),
        (["[a:state Peru] [:time then] left.", "RETREAT a+ > - @left happened"], "''"),
        (["[a:time Then] Peru left.", "RETREAT a > - @left happened"], "cannot be a party"),
        (["[a:state Peru] left.", "RETREAT a > - @quit happened"], "'quit'"),
        (["[a:state Peru] left.", "RETREAT a > - @lef happened"], "'lef'"),
        (["[a:state Peru] left and left.", "RETREAT a > - @left happened"], "2 times"),
        (["[a:state Peru] left.", "RETREAT a > - @left#2 happened"], "2 times"),
        (["[a:state Peru] left.", "RETREAT a > - @left#0 happened"], "0 times"),
        (["[a:state Peru] left.", "RETREAT a > - @left happened", "NONE"], "NONE beside an event"),
        (["[a:state Peru] said so.", "SAY a @said direct"], "without reported content"),
        (["[a:state Peru] said so.", "SAY a @said {0} direct"], "without reported content"),
        (["[a:state Peru] said {so}.", "SAY a @said {2} direct"], "without reported content"),
        (["[a:state Peru] said {so} and {so}.", "SAY a @said direct"], "several braces"),
        (["[a:state Peru] said {so}.", "SAY b @said direct"], "'b'"),
        (["[a:state Peru] said {so}.", "SAY a @said direct to c"], "'c'"),
        (["[a:state Peru] said {so}.", "SAY a @said direct a:angry"], "'angry'"),
        (["[a:state Peru] said {so}.", "SAY a @said loudly"], "cannot read"),
        (["[g:agreement The pact] held.", "ACT g kept @held happened"], "'kept'"),
        (["[g:agreement The pact] held.", "ACT g in_force @held done"], "'done'"),
        (["[g:agreement The pact] held.", "ACT h in_force @held happened"], "'h'"),
        (["[a:state Peru] left.", "SAME a b"], "'b'"),
    ],
)
def test_what_is_refused(lines, says):
    with pytest.raises(AnnotationError) as caught:
        record(*lines)
    assert str(caught.value).startswith("x.txt:3: ")
    assert says in str(caught.value)


def test_an_unknown_mention_is_refused_by_name():
    found = record("[a:state Peru] left [:time then].", "NONE")
    for ident in ("b", ""):
        with pytest.raises(AnnotationError, match=re.escape(repr(ident))):
            found.mention(ident)


FILE = """# How made: by hand.

[a:state Peru] left.
# a comment inside a record
RETREAT a > - @left happened


[a:state Peru] left.
RETREAT a > - @quit happened

Rain fell.
NONE"""


def test_a_file(tmp_path):
    path = tmp_path / "own.txt"
    path.write_text(FILE, encoding="utf-8")
    first, second, third = read_checked(path)
    assert (first.where, first.text, len(first.events)) == ("own.txt:3", "Peru left.", 1)
    assert str(second).startswith("own.txt:8: ")
    assert (third.where, third.text) == ("own.txt:11", "Rain fell.")
    found = read_file(path)
    assert next(found) == first
    with pytest.raises(AnnotationError, match=re.escape("own.txt:8")):
        next(found)


def test_ends_of_lines_change_nothing(tmp_path):
    for name, end in (("a.txt", "\n"), ("b.txt", "\r\n")):
        (tmp_path / name).write_bytes(FILE.replace("\n", end).encode())
    one, two = ([str(r).partition(":")[2] for r in read_checked(tmp_path / name)] for name in ("a.txt", "b.txt"))
    assert [s.replace("b.txt", "a.txt") for s in two] == one


def test_checking_files_counts_and_says_what_is_wrong(tmp_path, capsys):
    path = tmp_path / "own.txt"
    path.write_text(FILE, encoding="utf-8")
    assert main([str(path)]) == 1
    shown = capsys.readouterr().out
    assert "own.txt:8: " in shown
    assert "2 sentences, 2 shapes, 1 without event, 1 directed pairs, 1 errors" in shown
    path.write_text(FILE.replace("quit", "left"), encoding="utf-8")
    assert main([str(path)]) == 0
    assert "own.txt:8: note: the same shape" in capsys.readouterr().out


def test_shapes():
    one = record("On Monday [a:state Peru] paid 1,250.5 to [b:state Chad] in March.", "NONE")
    two = record("On Friday [a:state Mali] paid 3 to [b:state Niger] in may.", "NONE")
    assert masked(one) == masked(two) == "on <time> <state> paid # to <state> in <time>."
    assert masked(record("On Friday [a:org Mali] paid 3 to [b:state Niger] in may.", "NONE")) != masked(two)


signs = st.sampled_from([
    "[a:state ", "[b:person ", "[:time ", "[", "]", "{", "}", "Peru", "met", " ", "@met", "#1", "#2", "a", "b", "-",
    "+", ">", "=", "happened", "alleged", "CONSULT", "/visit", "SAY ", "ACT ", "SAME ", "NONE", "direct", "to ", "{0}",
    "{1}", "{9}", "a:critical", "signed", "#", "\\", "(", "*", "٣",
])  # fmt: skip
fragments = st.lists(st.one_of(signs, st.text(max_size=4)), max_size=14).map("".join)
labels = st.builds(
    "{}{} {} {} {} @{}{} {}".format,
    st.sampled_from(["CONSULT", "AID", "SAY", "ACT", "X"]), st.sampled_from(["", "/visit", "/", "/visit+phone"]),
    st.sampled_from(["a", "b", "-", "+", "a+b", "a+", "_"]), st.sampled_from([">", "=", ""]),
    st.sampled_from(["a", "b", "-", "+"]), st.sampled_from(["met", "Peru", "(", "."]),
    st.sampled_from(["", "#1", "#0", "#٣"]), st.sampled_from([*STATUSES, "direct", "{0} direct", "happened alleged"]),
)  # fmt: skip
marked = st.sampled_from([
    PACT, "[a:state Peru] met [b:person Osei] (.", "{[a:state Peru] met} [:time then] met",
    "[a:time met] {met {Peru}} met",
])  # fmt: skip


@given(st.lists(st.one_of(fragments, labels), max_size=4), st.one_of(marked, fragments))
def test_any_lines_are_read_or_refused(lines, sentence):
    try:
        found, refused = parse([sentence, *lines], "x.txt:3"), None
    except AnnotationError as error:
        found, refused = None, str(error)
    if found is None:
        assert refused.startswith("x.txt:3: ")
        return
    ids = {m.id for m in found.mentions if m.id}
    inside = [(m.start, m.end) for m in found.mentions] + found.contents
    inside += [x.trigger for x in (*found.events, *found.acts)] + [s.cue for s in found.says]
    assert all(0 <= a < b <= len(found.text) for a, b in inside)
    assert {m.kind for m in found.mentions} <= KINDS
    assert not set("[]{}") & set(found.text)
    for event in found.events:
        parties = {*event.sources, *event.targets}
        assert parties
        assert parties <= ids
        assert {found.mention(p).kind for p in parties} <= ACTORS | {"place"}
        assert event.status in STATUSES
    for say in found.says:
        assert say.content in found.contents
        assert {say.source, say.addressee, *(m for m, _ in say.stances)} <= ids | {None}
        assert {s for _, s in say.stances} <= set(STANCES)
    assert all(act.id in ids and act.stage in STAGES and act.status in STATUSES for act in found.acts)
    assert all(group <= ids for group in found.same)


@given(st.text(alphabet=st.characters(exclude_characters="[]{}", exclude_categories=["Cs"]), max_size=60))
def test_a_sentence_without_marks_is_its_own_text(text):
    assert record(text, "NONE").text == text
