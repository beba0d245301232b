"""The public face: what programs and the command line call.

Everything here is loaded when it is first used, so that ``import foedera`` and ``foedera --help`` stay light.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from foedera.engines import Progress, ReadSettings, ReadSummary, read_into
    from foedera.exchange import FORMATS, TABLE_COLUMNS, Written, column_types, printable, write_rows
    from foedera.knowledge import explain
    from foedera.store import schema_markdown

    from .evaluating import (
        evaluate_attribution,
        evaluate_claims,
        evaluate_entities,
        evaluate_events,
        evaluate_extraction,
        evaluate_factuality,
        evaluate_hygiene,
        evaluate_publication_dates,
        evaluate_relations,
        evaluate_times,
    )
    from .installation import Check, doctor
    from .reading import demo, preview, read
    from .record import Record, compact, default_store, open
    from .show import Shown

_HOMES: Final[dict[str, str]] = {
    "Progress": "foedera.engines", "ReadSettings": "foedera.engines", "ReadSummary": "foedera.engines",
    "read_into": "foedera.engines",
    "evaluate_attribution": "foedera.api.evaluating", "evaluate_claims": "foedera.api.evaluating",
    "evaluate_entities": "foedera.api.evaluating", "evaluate_events": "foedera.api.evaluating",
    "evaluate_extraction": "foedera.api.evaluating", "evaluate_factuality": "foedera.api.evaluating",
    "evaluate_hygiene": "foedera.api.evaluating", "evaluate_publication_dates": "foedera.api.evaluating",
    "evaluate_relations": "foedera.api.evaluating", "evaluate_times": "foedera.api.evaluating",
    "FORMATS": "foedera.exchange", "TABLE_COLUMNS": "foedera.exchange", "Written": "foedera.exchange",
    "column_types": "foedera.exchange", "printable": "foedera.exchange", "write_rows": "foedera.exchange",
    "explain": "foedera.knowledge", "schema_markdown": "foedera.store",
    "Check": "foedera.api.installation", "doctor": "foedera.api.installation",
    "demo": "foedera.api.reading", "preview": "foedera.api.reading", "read": "foedera.api.reading",
    "Record": "foedera.api.record", "compact": "foedera.api.record", "default_store": "foedera.api.record",
    "open": "foedera.api.record", "Shown": "foedera.api.show",
}  # fmt: skip

__all__ = [
    "FORMATS",
    "TABLE_COLUMNS",
    "Check",
    "Progress",
    "ReadSettings",
    "ReadSummary",
    "Record",
    "Shown",
    "Written",
    "column_types",
    "compact",
    "default_store",
    "demo",
    "doctor",
    "evaluate_attribution",
    "evaluate_claims",
    "evaluate_entities",
    "evaluate_events",
    "evaluate_extraction",
    "evaluate_factuality",
    "evaluate_hygiene",
    "evaluate_publication_dates",
    "evaluate_relations",
    "evaluate_times",
    "explain",
    "open",
    "preview",
    "printable",
    "read",
    "read_into",
    "schema_markdown",
    "write_rows",
]


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(import_module(_HOMES[name]), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
