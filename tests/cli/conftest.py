"""A record that the command line itself has read."""

import pytest
from click.testing import CliRunner

from foedera.cli.main import cli

WIRE = """Tokyo summons envoy over patrols

TOKYO, March 3, 2021 - Japan summoned the Chinese ambassador on Wednesday and condemned the patrols near the islands.
China rejected the protest. "These waters are ours," a spokesperson for the Chinese Foreign Ministry said in Beijing.

Prime Minister Yoshihide Suga will visit Washington in April to meet President Joe Biden. Japan plans to raise its
defense budget to 5.3 trillion yen. South Korea notified Japan in 2019 that it would end the intelligence pact.
"""


@pytest.fixture(scope="session")
def run():
    def run(*args, stdin=None, **options):
        return CliRunner().invoke(cli, [str(arg) for arg in args], input=stdin, **options)

    return run


@pytest.fixture(scope="session")
def inputs(tmp_path_factory):
    folder = tmp_path_factory.mktemp("inputs")
    (folder / "wire.txt").write_text(WIRE, encoding="utf-8")
    (folder / "empty.txt").write_bytes(b"")
    return folder


@pytest.fixture(scope="session")
def store(tmp_path_factory, run, inputs):
    store = tmp_path_factory.mktemp("cli") / "record"
    result = run("read", inputs, "--store", store, "--quiet")
    assert result.exit_code == 1, result.output
    return store
