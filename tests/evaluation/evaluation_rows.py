"""Rows that a mediocre system might have made of gold items."""

import random
from pathlib import Path

DEMO_GOLD = Path(__file__).resolve().parents[2] / "eval" / "gold" / "demo"
CLAIM_KINDS = ("statements", "agreements", "meetings", "figures", "incidents", "policies", "capabilities")
SWAPS = {
    "type": ["ACCUSE", "REJECT", "AGREE", "CONSULT", "SUPPORT", "SANCTION", "COOPERATE", "MOBILIZE"],
    "stage": ["signed", "suspended", "notice_given", "violated"],
    "status": ["happened", "planned", "denied", "held", "scheduled", "absent"],
    "date": [{"value": "2023"}, {"value": "2019-08-22"}, None],
    "value": [1.0, None, 100_000_000],
    "country": ["JPN", "KOR", None],
    "side": [["JPN"], ["KOR"], []],
    "participants": [["JPN", "KOR"], ["USA"]],
    "parties": [["KOR"], ["JPN", "KOR", "USA"]],
    "source": ["JPN", [{"code": "KOR", "sector": "GOV"}], "USA;JPN"],
    "stance": [[{"target": "JPN", "stance": "critical"}], [{"target": None, "stance": "neutral"}], []],
    "speaker": ["Nobody Atall", "the official"],
}


def perturbed(items, seed):
    """What a mediocre system makes of gold items: some dropped, doubled, or wrong in one field."""
    chance = random.Random(seed)
    rows = []
    for item in items:
        row = {
            k: v for k, v in item.items() if not k.startswith("accept") and k not in ("tier", "core", "alt_evidence")
        }
        if chance.random() < 0.2:
            continue
        rows.append(row)
        while chance.random() < 0.4:
            key = chance.choice([k for k in SWAPS if k in row])
            rows[-1] = row = {**row, key: chance.choice(SWAPS[key])}
        if chance.random() < 0.3:
            rows.append({**row, "evidence": " ".join(row["evidence"].split()[: chance.randint(2, 12)])})
        if chance.random() < 0.2:
            rows.append({**row, "evidence": chance.choice(items)["evidence"]})
    chance.shuffle(rows)
    return rows
