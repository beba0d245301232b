"""What stands at the head of a report: datelines, bylines, and lines that give its date."""

from __future__ import annotations

import datetime as dt
import re
from typing import Final

_MONTHS: Final = {
    name: number
    for number, names in enumerate(
        (
            "january jan", "february feb", "march mar", "april apr", "may", "june jun", "july jul", "august aug",
            "september sept sep", "october oct", "november nov", "december dec",
        ),
        1,
    )
    for name in names.split()
}  # fmt: skip
_MONTH: Final = "|".join(sorted(_MONTHS, key=len, reverse=True))
_DAY: Final = r"(?P<day{n}>\d{{1,2}})(?:st|nd|rd|th)?"
_DATE: Final = re.compile(
    rf"(?P<iso>\b(?:19|20)\d\d[-./](?:0?[1-9]|1[0-2])[-./](?:0?[1-9]|[12]\d|3[01])\b)"
    rf"|\b(?P<month1>{_MONTH})\b\.?,? {_DAY.format(n=1)},? (?P<year1>(?:19|20)\d\d)\b"
    rf"|\b{_DAY.format(n=2)}(?: of)?[ -](?P<month2>{_MONTH})\b\.?,?[ -](?P<year2>(?:19|20)\d\d)\b"
    rf"|(?P<year3>(?:19|20)\d\d)年 ?(?P<month3>\d{{1,2}})月 ?(?P<day3>\d{{1,2}})日"
    rf"|(?P<year4>(?:19|20)\d\d)년 ?(?P<month4>\d{{1,2}})월 ?(?P<day4>\d{{1,2}})일"
    rf"|\b(?P<a>\d{{1,2}})[/.](?P<b>\d{{1,2}})[/.](?P<year5>(?:19|20)\d\d)\b",
    re.IGNORECASE,
)
_MONTH_DAY: Final = re.compile(
    rf"\b(?:(?P<m1>{_MONTH})\b\.? (?P<d1>\d{{1,2}})\b|(?P<d2>\d{{1,2}})(?:st|nd|rd|th)? (?P<m2>{_MONTH})\b)",
    re.IGNORECASE,
)
_YEAR: Final = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_WEEKDAY: Final = r"(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?\.?"
_CLOCK: Final = r"\d{1,2}[:.]\d{2}(?::\d{2})?(?: ?[ap]\.?m\.?)?|\d{1,2} ?[ap]\.?m\.?"
_LABEL: Final = (
    r"(?:(?:first |originally )?(?:published|posted|issued|released|created|uploaded|written|filed|added|updated?|"
    r"modified|revised|last (?:updated|modified|revised|edited|update)|publication date|date published|release date|"
    r"date of issue|date|publish(?:ed)? (?:date|time)|input|edited|registered|registration date|"
    r"입력|수정|등록|公開|更新|発行|publicado|"
    r"atualizado|actualizado)(?: (?:on|at|date|time))?)"
)
_AROUND: Final = (
    rf"(?:{_WEEKDAY}|{_CLOCK}|(?-i:[A-Z]{{2,5}})(?:[+-]\d{{1,2}})?|\(?(?:GMT|UTC)[+-]?\d*(?::\d\d)?\)?|"
    r"at|on|local time|hours?|time|(?-i:[A-Z]\.?[A-Z]\.?T))"
)
_REST: Final = re.compile(
    rf"(?:{_LABEL}|{_AROUND}|[\s,|:;·•()\[\]\-–—/.T+Z<>]|\b(?:and|the|of)\b|\bby \w+)*", re.IGNORECASE
)
_LABELLED: Final = re.compile(rf"\W*{_LABEL}\b", re.IGNORECASE)
_UPDATE: Final = re.compile(
    r"updated?|modified|revised|edited|last update|수정|更新|atualizado|actualizado", re.IGNORECASE
)
_LONGEST_DATE_LINE: Final = 160

_CAPS: Final = r"[A-ZÀ-ÖØ-Þ][A-ZÀ-ÖØ-Þ.'’-]*[A-ZÀ-ÖØ-Þ.]"
_NAME: Final = r"[A-ZÀ-ÖØ-Þ][\w.'’-]+"
_UPPER_PLACE: Final = (
    rf"{_CAPS}(?:[ /](?:{_CAPS}|de|da|do|del|of))*(?:, (?:{_CAPS}|{_NAME})(?: (?:{_CAPS}|{_NAME}|of|and))*\.?)?"
)
_TITLE_PLACE: Final = rf"{_NAME}(?: (?:{_NAME}|de|da|do|del|of|la|el|al)){{0,3}}(?:, {_NAME}(?: {_NAME}){{0,2}})?"
_WHEN: Final = (
    rf"(?:(?:{_WEEKDAY},? )?(?i:{_MONTH})\.? \d{{1,2}}(?:,? (?:19|20)\d\d)?|\d{{1,2}}(?:st|nd|rd|"
    rf"th)? (?i:{_MONTH})\.?(?:,? (?:19|20)\d\d)?"
    rf"|(?i:{_WEEKDAY}))"
)
_AGENCY: Final = r"[\[(][^()\[\]]{2,60}[\])]"
_DASH: Final = r"(?:\s?(?:—|--|―|‒)\s?|\s[-–]\s?|\s?–\s|\.-\s|\s?/(?=[A-Z]{2,}))"
_DATELINE: Final = (
    re.compile(
        rf"(?:{_UPPER_PLACE})(?:[,.]? \(?{_WHEN}\)?,?)?(?:[,.]? ?{_AGENCY}|"
        rf" [/|] ?[\w .-]{{2,30}})?\s?{_DASH}(?=[\"“‘'(]?[\w\"“‘])"
    ),
    re.compile(rf"(?:{_UPPER_PLACE}),? \(?{_WHEN}\)?(?:[,.]? ?{_AGENCY})?\s?(?::|\.| ?\|)\s(?=[\"“‘]?[A-Z])"),
    re.compile(rf"(?:{_UPPER_PLACE}),? {_AGENCY}\s?[:.]?\s(?=[\"“‘]?[A-Z])"),
    re.compile(rf"(?:{_TITLE_PLACE}),? \(?{_WHEN}\)?,?(?:[,.]? ?{_AGENCY})?\s?(?:{_DASH}|:\s)(?=[\"“‘]?[\w\"“])"),
    re.compile(rf"(?:{_TITLE_PLACE}),? {_AGENCY}\s?(?:{_DASH}|:\s)(?=[\"“‘]?[\w\"“])"),
    re.compile(rf"(?:{_TITLE_PLACE})\. {_WHEN}\. (?:[A-Z]{{3,}}\.?\s?[-–—]?\s?|{_DASH})(?=[\"“‘]?[A-Z])"),
)
_WEAK_DATELINE: Final = (
    re.compile(rf"(?:{_UPPER_PLACE})\s?:\s(?=[\"“‘]?[A-Z])"),
    re.compile(rf"(?:{_TITLE_PLACE})\s?(?:{_DASH})(?=[\"“‘]?[A-Z])"),
)
_NOT_A_PLACE: Final = re.compile(
    r"(?:analysis|opinion|exclusive|explainer|breaking|update|watch|read|note|factbox|interview|editorial|"
    r"commentary|live|video|"
    r"photos?|q|a|question|answer|q&a|summary|background|key points|however|yesterday|today|meanwhile|editor'?s note|"
    r"correction|fact[ -]?check|timeline|profile|feature|column|review|reporter|moderator|host|anchor|"
    r"(?:mon|tues|wednes|thurs|fri|satur|sun)day|and|but|so|the|in|on|at|this|that|why|what|how|who|news|report|"
    r"related)\b",
    re.IGNORECASE,
)
_LONE_PLACE: Final = re.compile(rf"(?:{_UPPER_PLACE})(?:,? {_WHEN})?[\s:—–-]*")

_PERSON: Final = (
    r"(?:(?:Dr|Prof|Mr|Mrs|Ms|Amb|Gen|Lt|Col)\.? )?[^\W\d_a-z][\w.'’-]*"
    r"(?: (?:[^\W\d_a-z][\w.'’-]*|de|da|dos|del|van|von|bin|al|el|la|der|den))+"
)
_JOB: Final = (
    r"(?:(?:senior|staff|special|chief|deputy|associate|assistant|political|diplomatic|foreign|guest|contributing|"
    r"managing|"
    r"defen[cs]e|business|economics?|world|news|night|national|security|asia|europe|africa|latin america|international|"
    r"regional|beijing|seoul|tokyo|moscow|washington|bureau|lead|editor-at-large|freelance|junior|trainee|web|online|"
    r"digital|desk|opinion|contributor|our own) ?(?:and )?)*"
    r"(?:writers?|reporters?|correspondents?|editors?|columnists?|journalists?|contributors?|analysts?|desk|"
    r"bureau(?: chief)?|staff|"
    r"fellow|professor|commentator|producer|intern|bureau chief|chief)"
)
_BYLINE: Final = (
    re.compile(
        r"(?i:(?:written|reported|story|text|words|report|analysis|opinion|article|posted|published|interview|"
        r"contributed|"
        rf"commentary)? ?(?:\bby|by:))\s*:? (?i:the )?(?:{_PERSON}|[A-Z][\w.'’-]+|(?i:staff|news|web|our|agency|"
        rf"agencies|desk|admin)\b)"
        r"(?!.*[a-z]{3,}\.$).{0,140}"
    ),
    re.compile(
        r"(?i:authors?|writers?|reporters?|written by|reporter name|journalist|correspondent|por|"
        r"de la redacción)\s*[:|]\s*\S.{0,120}"
    ),
    re.compile(
        rf"{_PERSON}(?:(?: and | & |, ){_PERSON}){{0,3}}\s*(?:[,|/·•(–—-]|\bis\b an? |"
        rf"\s)\s*(?i:{_JOB})\b(?!.*[.!?]$).{{0,100}}"
    ),
    re.compile(
        r"(?i:(?:the )?(?:redacci[oó]n|reda[cç][aã]o|newsroom|(?:web|news|national|foreign|world) desk|news staff|"
        r"staff (?:reporter|writer)s?))"
    ),
    re.compile(rf"(?=\S+ )(?i:{_JOB})"),
    re.compile(rf"(?i:{_JOB})\s*[:|,-]?\s+{_PERSON}(?:(?: and | & |, ){_PERSON}){{0,3}}(?:\W+[\w.+-]+@[\w.-]+)?"),
    re.compile(rf"{_PERSON}\W+[\w.+-]+@[\w-]+(?:\.[\w-]+)+\W*"),
    re.compile(rf"(?i:by )?{_PERSON}\s*[|·•]\s*.{{0,60}}(?:19|20)\d\d.{{0,30}}"),
)
_BIO: Final = re.compile(
    rf"(?:(?i:the (?:author|writer)|about the author)\b|{_PERSON},?)\s+(?:is|was|are|covers|writes|reports|"
    rf"teaches|serves)\b"
    r".{0,80}\b(?i:author|writer|reporter|correspondent|fellow|professor|lecturer|columnist|editor|journalist|"
    r"researcher|analyst|"
    r"contributor|director|scholar|covers|ambassador|commentator|student|phd|expert|head of)\b"
)
_LONE_NAME: Final = re.compile(rf"{_PERSON}(?:(?: and | & |, ){_PERSON}){{0,3}}")
_ORGANISATION: Final = re.compile(
    r"\b(?:times|news|post|herald|daily|journal|agency|press|today|affairs|ministry|department|sea|university|"
    r"institute|council|"
    r"government|office|embassy|korea|japan|china|russia|states|kingdom|republic|america|asia|europe|africa|east|"
    r"west|north|south|"
    r"union|nations|world|media|tv|radio|online|review|bulletin|gazette|tribune|chronicle|observer|monitor|star|"
    r"sun|mail|"
    r"telegraph|global|international|national|politics|business|economy|opinion|security|foreign|war|summit|"
    r"policy|relations|"
    r"center|centre|group|forum|house|report|weekly|magazine|network|service|voice|free|trade|talks|crisis|deal|"
    r"treaty|pact|"
    r"what|why|how|the|of|in|on|for|to|with|over|after)\b",
    re.IGNORECASE,
)


def dateline_end(text: str, *, first: bool) -> int:
    """Length of the dateline that a paragraph begins with, up to its text; 0 where there is none.

    Args:
        text: The paragraph as written.
        first: Whether it opens the report. Only there is a bare place before a dash or colon taken for a dateline.
    """
    head = text[:160]
    if _NOT_A_PLACE.match(head):
        return 0
    for pattern in _DATELINE:
        found = pattern.match(head)
        if found and (first or re.search(rf"{_WHEN}|{_AGENCY}", found[0])) and _opens_sentence(text, found.end()):
            return found.end()
    for pattern in _WEAK_DATELINE if first else ():
        found = pattern.match(head)
        if found and len(found[0].split()) <= 6 and len(text) - found.end() > 40:
            return found.end()
    return 0


def _opens_sentence(text: str, at: int) -> bool:
    rest = text[at:].lstrip("\"“‘'(")
    return bool(rest) and not rest[0].islower()


def is_lone_place(text: str) -> bool:
    """A place in capitals alone on a line, with or without a day."""
    return len(text) <= 50 and bool(_LONE_PLACE.fullmatch(text)) and not _NOT_A_PLACE.match(text)


def date_in(text: str, latest: dt.date | None = None) -> dt.date | None:
    """The first full calendar date (day, month and year) in a text, not after `latest`; None where there is none.

    Days and months given by number alone are read only where no other order is possible.
    """
    for found in _DATE.finditer(text[:_LONGEST_DATE_LINE]):
        day = _day_of(found)
        if day is not None and (latest is None or day <= latest):
            return day
    return None


def _day_of(found: re.Match[str]) -> dt.date | None:
    part = found.groupdict()
    try:
        if part["iso"]:
            year, month, day = (int(n) for n in re.split(r"[-./]", part["iso"]))
            return dt.date(year, month, day)
        for n in "12":
            if part[f"year{n}"]:
                return dt.date(int(part[f"year{n}"]), _MONTHS[part[f"month{n}"].lower()], int(part[f"day{n}"]))
        for n in "34":
            if part[f"year{n}"]:
                return dt.date(int(part[f"year{n}"]), int(part[f"month{n}"]), int(part[f"day{n}"]))
        a, b, year = int(part["a"]), int(part["b"]), int(part["year5"])
        if a <= 12 and b <= 12 and a != b:
            return None
        return dt.date(year, min(a, b), max(a, b))
    except ValueError:
        return None


def day_and_month(text: str) -> tuple[int, int] | None:
    """Month and day that a dateline names, its year aside; None where it names none."""
    found = _MONTH_DAY.search(text[:_LONGEST_DATE_LINE])
    if not found:
        return None
    return _MONTHS[(found["m1"] or found["m2"]).lower()], int(found["d1"] or found["d2"])


def years_in(text: str, first: int, last: int) -> list[int]:
    """Years between two years, both included, that a text mentions."""
    return [year for year in map(int, _YEAR.findall(text)) if first <= year <= last]


def is_date_line(text: str) -> bool:
    """Whether a line holds a full date and nothing else but labels, clock times and zones."""
    if len(text) > _LONGEST_DATE_LINE:
        return False
    rest, found = _DATE.subn(" ", text)
    return found > 0 and _REST.fullmatch(rest) is not None


def without_date(text: str) -> str | None:
    """A line without its full date; None where it holds none, or is too long to be a line of dates."""
    if len(text) > _LONGEST_DATE_LINE:
        return None
    rest, found = _DATE.subn(" ", text)
    return rest if found else None


def is_labelled_date(text: str) -> bool:
    """Whether a date line says that it gives the date of publication or update ("Published: ...")."""
    return _LABELLED.match(text) is not None


def is_update(text: str) -> bool:
    """Whether a labelled date line is about a later change."""
    return _UPDATE.search(text[:40]) is not None


def is_byline(text: str) -> bool:
    """Whether a line says who wrote the report."""
    return len(text) <= 200 and any(pattern.fullmatch(text) for pattern in _BYLINE)


def is_author_note(text: str) -> bool:
    """Whether a closing sentence tells who the author is."""
    return len(text) <= 600 and _BIO.match(text) is not None


def is_lone_name(text: str) -> bool:
    """Whether a line could be a person's name and nothing else."""
    if len(text) > 80 or text[-1] == "." or len(text.split()) > 12:
        return False
    return _LONE_NAME.fullmatch(text) is not None and not _ORGANISATION.search(text)
