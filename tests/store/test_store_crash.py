"""Writers that are killed: the record stays as it was, and the next writer takes over."""

import signal
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest
from store_samples import fill

from foedera.model.errors import StoreDamaged
from foedera.store import Store, tables

HERE = Path(__file__).parent

KILLED = """
    import os, signal, sys
    sys.path.insert(0, {tests!r})
    from store_samples import fill
    from foedera.store import Store, log, tables, writer

    def die(*_, **__):
        os.kill(os.getpid(), signal.SIGKILL)

    def after(function, times=1):
        calls = []
        def run(*args, **kwargs):
            result = function(*args, **kwargs)
            calls.append(1)
            if len(calls) == times:
                die()
            return result
        return run

    {patch}
    store = Store.create_or_open(sys.argv[1])
    fill(store, "b")
    print("survived")
"""

MOMENTS = {
    "after_create": "tables.create = after(tables.create)",
    "between_tables": "tables.append = after(tables.append, 2)",
    "after_data_before_commit": "log.write = die",
    "parquet_without_log": "tables.write_deltalake = lambda path, *a, **k: (open(os.path.join("
    "getattr(path, 'table_uri', path).replace('file://', ''), 'part-x.parquet'), 'wb').write(b'PAR1'), die())",
}


def run(path, patch):
    code = textwrap.dedent(KILLED).format(tests=str(HERE), patch=patch)
    return subprocess.run([sys.executable, "-c", code, str(path)], capture_output=True, text=True, check=False)


@pytest.mark.parametrize("moment", MOMENTS)
def test_a_killed_writer_leaves_the_last_version(filled, moment):
    done = run(filled.path, MOMENTS[moment])
    assert done.returncode == -signal.SIGKILL, done.stderr
    reader = Store.open(filled.path)
    assert reader.version == 1
    assert [row["id"] for row in reader.rows("all_articles")] == ["art_a"]
    assert [row["id"] for row in reader.rows("all_events")] == ["evt_a1"]
    assert fill(reader, "b") == 2
    assert {row["id"] for row in reader.rows("events")} == {"evt_a1", "evt_b1"}
    assert reader.check() == []
    assert Store.open(filled.path, as_of=1).check() == []


def test_a_writer_killed_after_the_commit_has_committed(filled):
    done = run(filled.path, "log.write = after(log.write)")
    assert done.returncode == -signal.SIGKILL, done.stderr
    reader = Store.open(filled.path)
    assert reader.version == 2
    assert reader.check() == []
    assert fill(reader, "b") == 2


def test_a_writer_killed_while_compacting(filled):
    for tag in "cde":
        fill(filled, tag)
    patch = "tables.compact = after(tables.compact); writer.COMPACT_AT = 2"
    done = run(filled.path, patch)
    assert done.returncode == -signal.SIGKILL, done.stderr
    reader = Store.open(filled.path)
    assert reader.version == 5
    assert reader.check() == []
    assert reader.compact(threshold=2) == 6
    assert len(list(reader.rows("events"))) == 5
    assert reader.check() == []


@pytest.mark.parametrize("patch", ["tables.create = after(tables.create)", "log.write = after(log.write)"])
def test_a_store_killed_at_birth_is_born_again(tmp_path, patch):
    path = tmp_path / "record"
    assert run(path, patch).returncode == -signal.SIGKILL
    store = Store.create_or_open(path)
    assert store.version == 0
    assert fill(store, "a") == 1
    assert store.check() == []


def test_writers_killed_at_any_time_never_lose_a_commit(store):
    """A process commits in a loop and is killed from outside; every version that it announced is there."""
    code = textwrap.dedent(
        f"""
        import sys
        sys.path.insert(0, {str(HERE)!r})
        from store_samples import fill
        from foedera.store import Store
        store = Store.open(sys.argv[1])
        for i in range(1000):
            print(fill(store, f"{{sys.argv[2]}}_{{i}}"), flush=True)
        """
    )
    announced = 0
    for loop in range(2):
        command = [sys.executable, "-c", code, str(store.path), str(loop)]
        process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        for _ in range(loop + 1):
            announced = int(process.stdout.readline())
        process.kill()
        process.wait()
        process.stdout.close()
        store.refresh()
        assert store.version >= announced
        assert store.check() == []
        assert len(list(store.rows("events"))) == store.version


def entry(path, version):
    return path / "_delta_log" / f"{version:020d}.json"


@pytest.mark.parametrize("share", [0.0, 0.4, 0.9])
def test_a_torn_entry_of_the_commit_log_costs_only_that_commit(filled, share):
    """What a power failure can do and a kill cannot."""
    fill(filled, "b")
    newest = entry(filled.path / "commits", tables.log_versions(filled.path / "commits")[-1])
    whole = newest.read_bytes()
    newest.write_bytes(whole[: int(len(whole) * share)])
    reader = Store.open(filled.path)
    assert reader.version == 1
    assert [row["id"] for row in reader.rows("all_events")] == ["evt_a1"]
    assert fill(reader, "c") == 2
    assert {row["id"] for row in reader.rows("all_events")} == {"evt_a1", "evt_c1"}
    assert reader.check() == []


def test_a_torn_entry_of_a_table_that_was_never_committed(filled):
    path = filled.path / "tables" / "events"
    entry(path, 2).write_text('{"commitInfo":{"timest')
    reader = Store.open(filled.path)
    assert [row["id"] for row in reader.rows("events")] == ["evt_a1"]
    assert fill(reader, "b") == 2
    assert reader.check() == []


def test_a_whole_entry_is_never_set_aside(filled):
    """Damage further back is not repaired by throwing the newest version away."""
    fill(filled, "b")
    entry(filled.path / "commits", 1).write_text("rubbish")
    before = sorted((filled.path / "commits" / "_delta_log").iterdir())
    with pytest.raises(StoreDamaged), Store.open(filled.path).writer():
        pass
    assert sorted((filled.path / "commits" / "_delta_log").iterdir()) == before
