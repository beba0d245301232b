"""Amounts → figures that can be compared between reports."""

from __future__ import annotations

from foedera.model import Figure, Quantity

from .context import ClaimContext

# Counted in passing ("the three countries", "six times"), not measured.
_UNCOUNTED = frozenset(
    "countries governments nations years months weeks days hours minutes times parties companies meetings "
    "agreements organisations seats households people lawmakers sites islands".split()
)


def figures(ctx: ClaimContext) -> list[Figure]:
    """Amounts with a country behind them. An amount of money counts always, a count only with a tabled measure."""
    found = [f for q in ctx.reading.quantities if (f := _figure(ctx, q)) is not None]
    return list({f.id: f for f in found}.values())


def _figure(ctx: ClaimContext, q: Quantity) -> Figure | None:
    country = _country(ctx, q)
    if country is None or (q.currency is None and q.unit in _UNCOUNTED):
        return None
    date = ctx.date(q.times, q.status)
    period = date.value if date.basis not in ("document", "none") else None
    return ctx.claim(
        Figure, q.sentence, (q.start, q.end), (q.measure, q.value, q.unit, q.start), measure=q.measure, value=q.value,
        unit=q.unit,
        currency=q.currency, period=period, country=country, approximate=q.approximate,
        compared_with=None if q.compared is None else ctx.text(q.compared), date=date, status=q.status,
        confidence=q.score, reason=q.reason,
    )  # fmt: skip


def _country(ctx: ClaimContext, q: Quantity) -> str | None:
    if q.owner is None:
        return None
    codes = ctx.actors.codes(q.owner)
    return codes[0] if codes else None
