"""A record to ask: every kind of row, single claims with their context, briefs, and SQL."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from foedera._version import __version__
from foedera.exchange import BriefInput, brief
from foedera.model import CLAIM_KINDS
from foedera.model.errors import UsageError
from foedera.store import Problem, Store

from . import involved
from .filters import Day, Filters, Many, codes, many
from .show import Shown
from .tables import Tables

Row = dict[str, Any]

DEFAULT_STORE: Final = "foedera-record"


def default_store() -> Path:
    """The store that is meant where none is named: ``FOEDERA_STORE``, or ``foedera-record`` in the current folder."""
    return Path(os.environ.get("FOEDERA_STORE") or DEFAULT_STORE)


def open(path: str | os.PathLike[str] | None = None, as_of: int | str | None = None) -> Record:
    """Open a record for reading.

    Args:
        path: Folder of its store; None means `default_store()`.
        as_of: A version, an ISO day (its end, UTC) or an ISO date and time; None means the newest version.

    Raises:
        StoreMissing: There is no store.
        StoreError: It cannot be read, or has no version as of that moment.
    """
    if isinstance(as_of, str) and as_of.strip().isdecimal():
        as_of = int(as_of)
    return Record(Store.open(path if path is not None else default_store(), as_of))


def compact(path: str | os.PathLike[str] | None = None) -> int:
    """Merge the small files of a store; no version is lost.

    Returns:
        Version of the record afterwards.

    Raises:
        StoreError: As for `open`, or another process writes to the store.
    """
    return Store.open(path if path is not None else default_store()).compact(threshold=1)


class Record:
    """A record at a version. Nothing here writes.

    All methods that list rows take the same filters and give dictionaries with the same keys as the exports, in the
    order of documents and of the text. A filter takes one value or several, any of which will do:

    - ``source``, ``target``: codes (``JPN``, ``NATO``). Events: any of the sources, any of the targets; joint
      (symmetric) events match either way. Statements: the speaker's side, and whom the stance is toward. Agreements:
      who acts (any party where nobody is named), and any party. Meetings and incidents: any participant. Figures and
      policies: the country. Capabilities: the country, and any partner.
    - ``type``: events: PLOVER type; statements: stance; agreements: stage; meetings and incidents: kind; figures:
      measure; policies and capabilities: change.
    - ``since``, ``until``: ``2019``, ``2019-08`` or ``2019-08-22``. A claim is kept where its date may lie in that
      range; one without any date is left out.
    - ``document``: the name of the document.
    - ``status``: what the text says of it.

    All of them raise `UnknownCode` for a code, type or status that does not exist, and `UsageError` for something that
    is not a date.

    Attributes:
        path: Folder of the store.
        version: Version that is read.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self._tables = Tables(store)
        self.path, self.version = store.path, store.version

    def __repr__(self) -> str:
        rows = {name: state.rows for name, state in self._store.manifest.tables.items() if state.rows}
        listed = ", ".join(f"{count} {name}" for name, count in rows.items()) or "empty"
        return f"<Record {self.path} version {self.version}: {listed}>"

    def events(
        self, *, source: Many = None, target: Many = None, type: Many = None, since: Day = None, until: Day = None,
        document: Many = None, status: Many = None,
    ) -> Iterator[Row]:  # fmt: skip
        """Who did what to whom, in PLOVER terms."""
        return self._claims("events", source=source, target=target, type=type, since=since, until=until,
                            document=document, status=status)  # fmt: skip

    def statements(
        self, *, source: Many = None, target: Many = None, type: Many = None, since: Day = None, until: Day = None,
        document: Many = None, status: Many = None,
    ) -> Iterator[Row]:  # fmt: skip
        """Who said what, and where they stand."""
        return self._claims("statements", source=source, target=target, type=type, since=since, until=until,
                            document=document, status=status)  # fmt: skip

    def agreements(
        self, *, source: Many = None, target: Many = None, type: Many = None, since: Day = None, until: Day = None,
        document: Many = None, status: Many = None,
    ) -> Iterator[Row]:  # fmt: skip
        """Steps in the lives of agreements."""
        return self._claims("agreements", source=source, target=target, type=type, since=since, until=until,
                            document=document, status=status)  # fmt: skip

    def meetings(
        self, *, source: Many = None, target: Many = None, type: Many = None, since: Day = None, until: Day = None,
        document: Many = None, status: Many = None,
    ) -> Iterator[Row]:  # fmt: skip
        """Meetings, visits, calls and joint exercises; their status is held, scheduled or absent."""
        return self._claims("meetings", source=source, target=target, type=type, since=since, until=until,
                            document=document, status=status)  # fmt: skip

    def incidents(
        self, *, source: Many = None, target: Many = None, type: Many = None, since: Day = None, until: Day = None,
        document: Many = None, status: Many = None,
    ) -> Iterator[Row]:  # fmt: skip
        """What one side holds against the other."""
        return self._claims("incidents", source=source, target=target, type=type, since=since, until=until,
                            document=document, status=status)  # fmt: skip

    def figures(
        self, *, source: Many = None, type: Many = None, since: Day = None, until: Day = None, document: Many = None,
        status: Many = None,
    ) -> Iterator[Row]:  # fmt: skip
        """Amounts that reports give."""
        return self._claims("figures", source=source, type=type, since=since, until=until, document=document,
                            status=status)  # fmt: skip

    def policies(
        self, *, source: Many = None, type: Many = None, since: Day = None, until: Day = None, document: Many = None,
        status: Many = None,
    ) -> Iterator[Row]:  # fmt: skip
        """Changes in what states do."""
        return self._claims("policies", source=source, type=type, since=since, until=until, document=document,
                            status=status)  # fmt: skip

    def capabilities(
        self, *, source: Many = None, target: Many = None, type: Many = None, since: Day = None, until: Day = None,
        document: Many = None, status: Many = None,
    ) -> Iterator[Row]:  # fmt: skip
        """What states have, build or plan."""
        return self._claims("capabilities", source=source, target=target, type=type, since=since, until=until,
                            document=document, status=status)  # fmt: skip

    def articles(self, *, since: Day = None, until: Day = None, document: Many = None) -> Iterator[Row]:
        """The articles: dates, languages, and the lines that are no part of the report. Dates are of publication."""
        asked = Filters.of("articles", {"since": since, "until": until, "document": document})
        return self._tables.articles(asked)

    def rejects(self, *, type: Many = None, document: Many = None) -> Iterator[Row]:
        """Inputs that were not read, or not wholly; ``type`` is the reason."""
        return self._tables.rejects(Filters.of("rejects", {"type": type, "document": document}))

    def show(self, id: str) -> Shown:
        """One claim with its context and what it rests on.

        Args:
            id: Its id, or enough of its start to name it.

        Raises:
            UsageError: No claim has that id, or several start so.
        """
        return self._tables.show(id.strip())

    def brief(
        self, *sides: str, since: Day = None, until: Day = None, document: Many = None, low: float = 0.5,
        title: str | None = None,
    ) -> str:  # fmt: skip
        """A dated, cited summary in Markdown.

        Args:
            sides: Codes. None: everything. One: whatever involves it. Several: events, meetings and incidents between
                at least two of them, and what their speakers and figures say.
            since, until, document: As for all lists.
            low: Confidence below which a claim stands apart, 0 to 1.
            title: Heading; None makes one.

        Raises:
            UsageError: As for all lists, or `low` is not between 0 and 1.
        """
        if not 0 <= low <= 1:
            raise UsageError(f"{low} is not a confidence", where="low", remedy="give a number from 0 to 1")
        wanted = frozenset(codes(sides, "sides"))
        given = {"since": since, "until": until, "document": document}
        claims = {
            kind: [row for row in self._claims(kind, **given) if involved.keep(kind, row, wanted)]
            for kind in CLAIM_KINDS
        }
        articles = self._tables.articles_by_id({row["article"] for rows in claims.values() for row in rows})
        names = ", ".join(sorted(wanted))
        return brief(
            BriefInput(
                title=title or (f"Brief: {names}" if names else "Brief"),
                scope=_scope(names, given),
                claims=claims,
                articles=articles,
                groups=self._tables.groups,
                total=self._tables.count("articles"),
                software=__version__,
                version=self.version,
                low=low,
            )
        )

    def sql(
        self, query: str, limit: int | None = None, timeout: float | None = None
    ) -> tuple[list[str], list[tuple[Any, ...]]]:
        """Answer one read-only query over the tables of this version.

        Returns:
            Names of the columns, and the rows.

        Raises:
            QueryRefused: The query writes, leaves the store, or fails.
        """
        return self._store.sql(query, limit, timeout)

    def check(self) -> list[Problem]:
        """Everything that is wrong with this version; empty where nothing is."""
        return self._store.check()

    def versions(self) -> list[Row]:
        """Versions up to this one, oldest first: version, at, kind, run, software, rows (by table), added."""
        return [
            {
                "version": commit.version, "at": commit.at, "kind": commit.kind, "run": commit.run,
                "software": commit.software,
                "rows": {name: state.rows for name, state in sorted(commit.tables.items())},
                "added": dict(commit.counts),
            }
            for commit in self._store.versions()
        ]  # fmt: skip

    def _claims(self, kind: str, **asked: Any) -> Iterator[Row]:
        return self._tables.claims(kind, Filters.of(kind, asked))


def _scope(names: str, given: dict[str, Any]) -> str:
    said = [f"Claims that involve {names}" if names else "All claims of the record"]
    said += [f"{word} {given[word]}" for word in ("since", "until") if given[word]]
    said += [f"in {', '.join(many(given['document']))}"] if given["document"] else []
    return ", ".join(said) + "."
