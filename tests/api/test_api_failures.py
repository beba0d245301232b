"""One page that a library stumbles over costs that page and not the run."""

import foedera
from foedera.engines import local


def test_an_unforeseen_failure_is_a_reject_and_the_rest_is_read(tmp_path, monkeypatch):
    for name in ("a", "b", "c"):
        (tmp_path / f"{name}.txt").write_text(f"Utopia accused Chile of spying on Monday, the {name} ministry said.")
    real = local.outcome

    def stumbles(item, **given):
        if item.document == "b.txt":
            raise KeyError("unforeseen")
        return real(item, **given)

    monkeypatch.setattr(local, "outcome", stumbles)
    summary = foedera.read(tmp_path / "record", [tmp_path / f"{name}.txt" for name in "abc"])
    assert (summary.pages, summary.articles, summary.rejects) == (3, 2, {"reader_failed": 1})
    (reject,) = foedera.open(tmp_path / "record").rejects()
    assert (reject["document"], reject["reason"]) == ("b.txt", "reader_failed")
    assert "KeyError" in reject["detail"]
    assert reject["sample"].startswith("Utopia")
