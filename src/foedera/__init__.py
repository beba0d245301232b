"""Foedera: an auditable record of relations between states, read from news reports.

>>> import foedera
>>> record = foedera.open("foedera-record")            # doctest: +SKIP
>>> for event in record.events(source="JPN"):          # doctest: +SKIP
...     print(event["type"], event["evidence"])
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ._version import __version__

if TYPE_CHECKING:
    from .api import open, read

__all__ = ["__version__", "open", "read"]


def __getattr__(name: str) -> Any:
    if name in ("open", "read"):
        from . import api

        return getattr(api, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
