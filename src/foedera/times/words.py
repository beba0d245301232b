"""The words of English time expressions: names, numbers, and the nouns that follow a count."""

from __future__ import annotations

from typing import Final

MONTH_NAMES: Final = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
WEEKDAY_NAMES: Final = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")

_MONTH_NUMBERS: Final = {name[:3].lower(): i for i, name in enumerate(MONTH_NAMES, 1)}
_WEEKDAY_NUMBERS: Final = {name[:3].lower(): i for i, name in enumerate(WEEKDAY_NAMES)}

NUMBERS: Final[dict[str, int | None]] = {
    "a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8,
    "nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16,
    "seventeen": 17, "eighteen": 18, "nineteen": 19, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50,
    "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90, "a couple of": 2, "a dozen": 12, "half a": None,
    "a few": None, "few": None, "several": None, "many": None, "some": None,
}  # fmt: skip

ORDINALS: Final = {"first": 1, "second": 2, "third": 3, "fourth": 4, "final": 4, "last": 4,
                   "1st": 1, "2nd": 2, "3rd": 3, "4th": 4}  # fmt: skip
SEASONS: Final = {"spring": 1, "summer": 2, "autumn": 3, "fall": 3, "winter": 4}

# A number in front of one of these counts them and is no year, and no day of a month ("In March 20 people").
COUNTED: Final = frozenset({
    "people", "persons", "troops", "soldiers", "men", "women", "children", "civilians", "officers", "personnel",
    "police", "policemen", "fighters", "militants", "rebels", "insurgents", "guerrillas", "prisoners", "hostages",
    "refugees", "migrants", "workers", "employees", "students", "members", "delegates", "representatives",
    "observers", "monitors", "peacekeepers", "marines", "sailors", "pilots", "reservists", "recruits", "volunteers",
    "residents", "citizens", "nationals", "families", "households", "deaths", "casualties", "victims", "injuries",
    "wounded", "dead", "cases", "arrests", "attacks", "dollars", "euros", "pounds", "yen", "yuan", "won", "rupees",
    "roubles", "rubles", "francs", "marks", "lira", "riyals", "dinars", "rials", "cents", "percent", "per",
    "points", "kilometers", "kilometres", "km", "miles", "meters", "metres", "feet", "acres", "hectares", "square",
    "nautical", "tons", "tonnes", "kilograms", "kilogrammes", "kg", "barrels", "gallons", "litres", "liters",
    "megawatts", "mw", "gigawatts", "watts", "tanks", "missiles", "rockets", "warheads", "ships", "vessels",
    "boats", "aircraft", "planes", "jets", "helicopters", "drones", "vehicles", "trucks", "cars", "guns", "rifles",
    "mines", "bombs", "shells", "rounds", "weapons", "systems", "units", "centrifuges", "sorties", "flights",
    "tests", "companies", "firms", "factories", "plants", "homes", "houses", "buildings", "villages", "towns",
    "cities", "schools", "hospitals", "jobs", "pages", "words", "sentences", "documents", "files", "copies",
    "votes", "seats", "items", "products", "stores", "shops", "locations", "sites", "years", "months", "weeks",
    "days", "hours", "minutes", "seconds", "times", "others", "more", "additional",
})  # fmt: skip


def alternatives(words: tuple[str, ...]) -> str:
    """Words joined for a regular expression, the longest first so that none hides another."""
    return "|".join(w.replace(" ", "[ ]") for w in sorted(words, key=lambda w: (-len(w), w)))


def month_number(name: str) -> int:
    """1 to 12 for a month's name or abbreviation.

    Raises:
        KeyError: The word names no month.
    """
    return _MONTH_NUMBERS[name[:3].lower()]


def weekday_number(name: str) -> int:
    """0 (Monday) to 6 for a weekday's name or abbreviation.

    Raises:
        KeyError: The word names no weekday.
    """
    return _WEEKDAY_NUMBERS[name[:3].lower()]


def number(word: str) -> int | None:
    """The value of a number in digits or words, None for "several" and the like.

    Raises:
        KeyError: The word is no number.
    """
    plain = " ".join(word.lower().replace("-", " ").split())
    if plain[:1].isdigit():
        return int(float(plain.replace(",", "")))
    if plain in NUMBERS:
        return NUMBERS[plain]
    tens, _, ones = plain.partition(" ")
    return (NUMBERS[tens] or 0) + (NUMBERS[ones] or 0)
