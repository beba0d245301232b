"""Rows of a store as users see them."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from typing import Any, Final

import duckdb

from foedera.exchange import article_shape, claim_shape
from foedera.model import CLAIM_KINDS
from foedera.model.errors import StoreDamaged, UsageError
from foedera.record import Head, copy_groups, originals
from foedera.store import Store

from .filters import Filters, conditions
from .show import Shown, shown

Row = dict[str, Any]

_FETCH: Final = 500
_CANDIDATES: Final = 6
_OF_ARTICLE: Final = 'a.published."value" AS published, a.outlet AS outlet, a.url AS url, a.language AS language'


class Tables:
    """Asks the tables of one version. Questions are checked already.

    Args:
        store: The store.
    """

    def __init__(self, store: Store) -> None:
        self._store = store

    def claims(self, kind: str, asked: Filters) -> Iterator[Row]:
        """Claims of a kind, in the order of documents and of the text."""
        where, values = _where(kind, asked)
        query = (
            f"SELECT c.*, {_OF_ARTICLE} FROM {kind} c LEFT JOIN articles a ON a.id = c.article{where} "
            'ORDER BY c.document, c.start, c."end", c.id'
        )
        return (claim_shape(kind, row) for row in self._rows(query, values))

    def articles(self, asked: Filters) -> Iterator[Row]:
        """Articles by name of their documents."""
        where, values = _where("articles", asked)
        found = self._rows(f"SELECT c.* FROM articles c{where} ORDER BY c.document, c.id", values)
        return (article_shape(row, self._copy_of(row["id"])) for row in found)

    def articles_by_id(self, ids: Iterable[str]) -> dict[str, Row]:
        """Some articles by id."""
        query = "SELECT * FROM articles WHERE id IN (SELECT unnest(?::VARCHAR[])) ORDER BY id"
        return {row["id"]: article_shape(row, self._copy_of(row["id"])) for row in self._rows(query, [sorted(ids)])}

    def rejects(self, asked: Filters) -> Iterator[Row]:
        """Rejects by name of their documents."""
        where, values = _where("rejects", asked)
        return self._rows(f"SELECT c.* FROM rejects c{where} ORDER BY c.document, c.id", values)

    def count(self, table: str) -> int:
        """Number of rows of a table."""
        return int(next(self._rows(f"SELECT count(*) AS n FROM {table}", []))["n"])

    def show(self, id: str) -> Shown:
        """One claim; `id` may be the start of its id.

        Raises:
            UsageError: No claim has that id, or several start so.
            StoreDamaged: Its article is missing.
        """
        kind, full = self._find(id)
        joined = f"all_{kind} c LEFT JOIN all_articles a ON a.id = c.article"
        row = next(self._rows(f"SELECT c.*, {_OF_ARTICLE} FROM {joined} WHERE c.id = ?", [full]))
        article = next(self._rows("SELECT * FROM all_articles WHERE id = ?", [row["article"]]), None)
        if article is None:
            raise StoreDamaged(
                f"the article {row['article']} of {full} is missing",
                where=str(self._store.path),
                remedy="see `foedera check`",
            )
        current = next(self._rows("SELECT id FROM articles WHERE id = ?", [row["article"]]), None)
        copy_of = self._copy_of(row["article"])
        return shown(kind, claim_shape(kind, row), article, copy_of, superseded=current is None)

    @cached_property
    def groups(self) -> dict[str, str]:
        """Group of near-copies by article, among the articles that are not superseded."""
        query = """SELECT c.article_a AS a, c.article_b AS b FROM copies c
                   WHERE c.article_a IN (SELECT id FROM articles) AND c.article_b IN (SELECT id FROM articles)
                   ORDER BY a, b"""
        return copy_groups((row["a"], row["b"]) for row in self._rows(query, []))

    @cached_property
    def _originals(self) -> dict[str, Head]:
        query = """SELECT id, document, published."low" AS low, credit FROM articles
                   WHERE id IN (SELECT unnest(?::VARCHAR[]))"""
        return originals(self.groups, (Head(**row) for row in self._rows(query, [sorted(self.groups)])))

    def _copy_of(self, article: str) -> str | None:
        original = self._originals.get(article)
        return original.document if original else None

    def _find(self, id: str) -> tuple[str, str]:
        """Kind and whole id of the claim that an id, or the start of one, names."""
        prefix = id.split("_", 1)[0]
        kinds = [kind for kind, cls in CLAIM_KINDS.items() if "_" not in id or prefix == cls.PREFIX] if id else []
        found: dict[str, str] = {}
        for kind in kinds:
            start = id if "_" in id else f"{CLAIM_KINDS[kind].PREFIX}_{id}"
            query = f"SELECT DISTINCT id FROM all_{kind} WHERE starts_with(id, ?) ORDER BY id LIMIT {_CANDIDATES}"
            found |= {row["id"]: kind for row in self._rows(query, [start])}
        if id in found:
            return found[id], id
        if len(found) == 1:
            return next((kind, full) for full, kind in found.items())
        if found:
            some = ", ".join(sorted(found)[: _CANDIDATES - 1])
            raise UsageError(f"several claims start with {id!r}", where="id", remedy=f"write more of it: {some} ...")
        prefixes = ", ".join(f"{cls.PREFIX}_" for cls in CLAIM_KINDS.values())
        raise UsageError(
            f"no claim has the id {id!r}",
            where=str(self._store.path),
            remedy=f"ids of claims start with {prefixes}: `foedera events --format jsonl` lists those of events",
        )

    @cached_property
    def _connection(self) -> duckdb.DuckDBPyConnection:
        return self._store.connect()

    def _rows(self, query: str, values: Sequence[Any]) -> Iterator[Row]:
        with self._guarded():
            cursor = self._connection.cursor().execute(query, values)
            names = [column[0] for column in cursor.description or ()]
        while True:
            with self._guarded():
                batch = cursor.fetchmany(_FETCH)
            if not batch:
                return
            for row in batch:
                yield dict(zip(names, row, strict=True))

    @contextlib.contextmanager
    def _guarded(self) -> Iterator[None]:
        try:
            yield
        except duckdb.Error as error:
            raise StoreDamaged(
                f"cannot read the tables: {str(error).strip().splitlines()[0]}",
                where=str(self._store.path),
                remedy="see `foedera check`; restore the files from a backup",
            ) from error


def _where(kind: str, asked: Filters) -> tuple[str, Sequence[Any]]:
    parts, values = conditions(kind, asked)
    return (" WHERE " + " AND ".join(parts) if parts else ""), values
