"""The codes that the record uses for states and organisations, and how their names lead to them."""

from __future__ import annotations

from functools import cache

from .loading import cells, load_table


@cache
def actor_codes() -> dict[str, str]:
    """Every code of a state or organisation with its name."""
    out: dict[str, str] = {}
    for table in ("organisations", "states"):
        out.update({row["code"]: row["name"] for row in load_table(table)})
    return out


@cache
def _by_name() -> dict[str, str]:
    out: dict[str, str] = {}
    for table in ("organisations", "states"):
        for row in load_table(table):
            columns = ("name", "aliases", "adjectives", "nationals", "capital")
            for name in (n for column in columns for n in cells(row.get(column, ""))):
                # The state that exists today comes before one that ended.
                if not row.get("end") or name.casefold() not in out:
                    out[name.casefold()] = row["code"]
    return out


def code_for(name: str) -> str | None:
    """The code that a name, adjective or capital stands for ("japan", "Seoul"); None where the tables have none."""
    return _by_name().get(name.strip().casefold())
