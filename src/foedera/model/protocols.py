"""What rooms ask of each other, so that one implementation can take another's place."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Protocol, runtime_checkable

from .article import Article
from .reading import Reading


@runtime_checkable
class Reader(Protocol):
    """Finds mentions, predicates, attributions and quantities in an article."""

    @property
    def name(self) -> str:
        """Name and version or hash, stamped on every claim."""
        ...

    def read(self, article: Article) -> Reading:
        """Read one article. Deterministic, and safe to call from several processes."""
        ...


class Rows(Protocol):
    """Read access to the tables of a record; `relations` and `forecast` ask for data through it."""

    def rows(self, table: str, where: Mapping[str, Any] | None = None) -> Iterator[dict[str, Any]]:
        """Rows of a table, as dictionaries, in a stable order."""
        ...
