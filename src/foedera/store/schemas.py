"""The tables of a record, column by column. What is written here is what users read in the reference."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

TEXT: Final = "VARCHAR"
TEXTS: Final = "VARCHAR[]"
INTEGER: Final = "BIGINT"
NUMBER: Final = "DOUBLE"
FLAG: Final = "BOOLEAN"


def _struct(*fields: str) -> str:
    """A STRUCT type from ``name TYPE`` pairs; names are quoted because some are words of SQL."""
    pairs = (field.split(" ", 1) for field in fields)
    return "STRUCT(" + ", ".join(f'"{name}" {kind}' for name, kind in pairs) + ")"


DATE: Final = _struct("value VARCHAR", "granularity VARCHAR", "basis VARCHAR", "low VARCHAR", "high VARCHAR",
                      "reasons VARCHAR[]")  # fmt: skip
METADATA: Final = _struct("title VARCHAR", "published VARCHAR", "outlet VARCHAR", "url VARCHAR", "licence VARCHAR",
                          "byline VARCHAR", "language VARCHAR")  # fmt: skip
BLOCKS: Final = _struct("kind VARCHAR", "start BIGINT", "end BIGINT", "reason VARCHAR") + "[]"
OFFSETS: Final = _struct("repaired BIGINT", "original BIGINT") + "[]"
ACTORS: Final = _struct("code VARCHAR", "sector VARCHAR", "mention VARCHAR", "name VARCHAR", "basis VARCHAR",
                        "confidence DOUBLE", "candidates VARCHAR[]") + "[]"  # fmt: skip
STANCE: Final = _struct("target VARCHAR", "stance VARCHAR", "hedge BOOLEAN") + "[]"
FILES: Final = _struct("path VARCHAR", "bytes BIGINT", "sha256 VARCHAR") + "[]"
TABLE_STATES: Final = _struct("table VARCHAR", "delta_version BIGINT", "rows BIGINT", f"files {FILES}") + "[]"


@dataclass(frozen=True, slots=True)
class Column:
    """A column.

    Attributes:
        name: As in SQL and in exports.
        type: DuckDB type.
        doc: What it means, shown to users. Says what NULL means where the column may be NULL.
    """

    name: str
    type: str
    doc: str


@dataclass(frozen=True, slots=True)
class TableSchema:
    """A table.

    Attributes:
        name: Name of the table and of its view.
        doc: What one row is.
        columns: In the order in which they are stored.
        key: Columns that name a row; a row whose key is stored already is not written again.
        order: Columns that sort what is read, so that the order depends on neither workers nor compaction.
        article: The column that holds the article of a row; rows of superseded articles are left out of the plain
            view. None where a table knows no supersession.
    """

    name: str
    doc: str
    columns: tuple[Column, ...]
    key: tuple[str, ...] = ("id",)
    order: tuple[str, ...] = ("id",)
    article: str | None = None

    @property
    def names(self) -> tuple[str, ...]:
        """Names of the columns, in order."""
        return tuple(column.name for column in self.columns)

    @property
    def types(self) -> dict[str, str]:
        """DuckDB type by column name."""
        return {column.name: column.type for column in self.columns}

    @property
    def struct(self) -> str:
        """A row as one DuckDB STRUCT type."""
        return "STRUCT(" + ", ".join(f'"{c.name}" {c.type}' for c in self.columns) + ")"


STAMP: Final[tuple[Column, ...]] = (
    Column("software", TEXT, "Version of Foedera that wrote the row."),
    Column("codebook", TEXT, "Version of the codebook in use; NULL where none was."),
    Column("knowledge", TEXT, "Version (hash) of the reference tables in use; NULL where none were."),
    Column("run", TEXT, "The run that wrote the row, an id of `runs`; NULL outside a run."),
)

_CLAIM: Final[tuple[Column, ...]] = (
    Column("id", TEXT, "Content id of the claim."),
    Column("article", TEXT, "Id of the article that makes it."),
    Column("document", TEXT, "Name of the document, as shown to users."),
    Column("start", INTEGER, "First character of the evidence in the article's text, counted from 0."),
    Column("end", INTEGER, "Character after the evidence."),
    Column("evidence", TEXT, "The characters of the article's text from `start` to `end`."),
    Column("focus_start", INTEGER, "First character of the words that carry the claim, inside the evidence."),
    Column("focus_end", INTEGER, "Character after those words."),
    Column("block", TEXT, "Kind of block that the evidence stands in (paragraph, caption, title ...)."),
    Column("date", DATE, "When it happened or is to happen: value, granularity, basis, first and last possible day, "
                         "and the reasons. `value` is NULL where unknown."),
    Column("status", TEXT, "What the text says of it: happened, ongoing, planned, hypothetical or denied; meetings: "
                           "held, scheduled or absent."),
    Column("alleged", FLAG, "True where only a party asserts it."),
    Column("speaker", TEXT, "To whom the text attributes it; NULL where it speaks for itself."),
    Column("confidence", NUMBER, "Score of the reading, 0 to 1: it orders claims and is not a calibrated probability."),
    Column("basis", TEXT, "What kind of reading it rests on."),
    Column("reason", TEXT, "Why it was coded so."),
    Column("reader", TEXT, "Name and hash of the reader that found it."),
)  # fmt: skip


def _claims(name: str, doc: str, *own: Column) -> TableSchema:
    return TableSchema(name, doc, _CLAIM + own + STAMP, order=("document", "start", "end", "id"), article="article")


_PAGES: Final = TableSchema(
    "pages", "One document as it was found.",
    (
        Column("id", TEXT, "Content id of the page."),
        Column("document", TEXT, "Name shown to users: the file name, or file#row inside a table or archive."),
        Column("locator", TEXT, "Path or address where it was found."),
        Column("media_type", TEXT, "What `data` holds: text/plain or text/html."),
        Column("original_type", TEXT, "What the file was."),
        Column("sha256", TEXT, "SHA-256 of the page's bytes."),
        Column("bytes", INTEGER, "Number of bytes."),
        Column("stated", METADATA, "What the user said about it; a field is NULL where nothing was said."),
        Column("declared", METADATA, "What the file or its container says about itself."),
        Column("data", TEXT, "The bytes, zlib-compressed, as base64; NULL where there are more than 2,000,000."),
        *STAMP,
    ),
    order=("document", "id"),
)  # fmt: skip

_ARTICLES: Final = TableSchema(
    "articles", "A page made readable. All offsets of claims point into `text`.",
    (
        Column("id", TEXT, "Content id of the article."),
        Column("page", TEXT, "Id of the page that it was made from."),
        Column("document", TEXT, "Name shown to users."),
        Column("text", TEXT, "Repaired text, lines separated by a newline."),
        Column("blocks", BLOCKS, "Parts of the text in order: kind, first character, character after, reason."),
        Column("offsets", OFFSETS, "Anchors that map the text to the page's decoded text; empty means the same."),
        Column("extracted", FLAG, "True where the text was taken out of markup, so that no such map exists."),
        Column("title", TEXT, "Headline; NULL where none was found."),
        Column("published", DATE, "Publication date with its basis; `value` is NULL where unknown."),
        Column("language", TEXT, "ISO 639-1 code; und where undetermined."),
        Column("outlet", TEXT, "Who published it; NULL where unknown."),
        Column("byline", TEXT, "Who wrote it; NULL where unknown."),
        Column("dateline", TEXT, "Place and day at the head, as written; NULL where there is none."),
        Column("credit", TEXT, "Whose material it is, as written; NULL where not said."),
        Column("url", TEXT, "Where it was published; NULL where unknown."),
        Column("licence", TEXT, "Its terms; NULL where unknown."),
        Column("repairs", TEXTS, "What was repaired in the text, in words."),
        Column("stated", TEXTS, "Names of the fields above that the user gave."),
        Column("signature", "BIGINT[]", "MinHash values of the body's shingles; empty where it is too short."),
        Column("supersedes", TEXT, "Id of the article that this one takes the place of; NULL where none."),
        *STAMP,
    ),
    order=("document", "id"), article="id",
)  # fmt: skip

_REJECTS: Final = TableSchema(
    "rejects", "An input that was not read, or not wholly.",
    (
        Column("id", TEXT, "Content id of the reject."),
        Column("document", TEXT, "Name shown to users."),
        Column("locator", TEXT, "Path or address."),
        Column("reason", TEXT, "Why, as a code (empty, binary, not_english ...)."),
        Column("detail", TEXT, "What was found, with the place."),
        Column("sample", TEXT, "The first bytes, decoded; NULL where there is nothing to show."),
        Column("sha256", TEXT, "SHA-256 of the bytes; NULL where there were none."),
        *STAMP,
    ),
    order=("document", "id"),
)  # fmt: skip

_COPIES: Final = TableSchema(
    "copies", "A pair of articles that carry the same or nearly the same text.",
    (
        Column("article_a", TEXT, "Id of one article."),
        Column("article_b", TEXT, "Id of the other."),
        Column("similarity", NUMBER, "Share of the text that they have in common, 0 to 1."),
        Column("kind", TEXT, "How they are copies of each other."),
        *STAMP,
    ),
    key=("article_a", "article_b"), order=("article_a", "article_b"),
)  # fmt: skip

_RUNS: Final = TableSchema(
    "runs", "One run of the software that wrote to the record.",
    (
        Column("id", TEXT, "Id of the run, the `run` of the rows that it wrote."),
        Column("started", TEXT, "When it started, ISO 8601 in UTC."),
        Column("finished", TEXT, "When it ended, ISO 8601 in UTC; NULL where it did not."),
        Column("command", TEXT, "What was run (read, review, import ...)."),
        Column("inputs", TEXTS, "What it was given, as the user wrote it."),
        Column("options", TEXT, "Settings that matter to the result, as JSON."),
        Column("reader", TEXT, "Name and hash of the reader; NULL where nothing was read."),
        Column("engine", TEXT, "What it ran on (process, cores, Ray)."),
        Column("counts", TEXT, "Pages, articles, claims and rejects, as JSON."),
        Column("seconds", NUMBER, "How long it took; NULL where not measured."),
        *STAMP,
    ),
    order=("started", "id"),
)  # fmt: skip

_EVENTS: Final = _claims(
    "events", "Who did what to whom, in PLOVER terms, as one report has it.",
    Column("type", TEXT, "PLOVER event type."),
    Column("modes", TEXTS, "PLOVER modes."),
    Column("contexts", TEXTS, "PLOVER contexts."),
    Column("source", ACTORS, "Who acts: code, sector, mention as written, name, basis, confidence, other candidates. "
                             "`code` is NULL where the text does not say who."),
    Column("target", ACTORS, "Whom it is done to, in the same form."),
    Column("symmetric", FLAG, "True where both sides do it together."),
)  # fmt: skip

_STATEMENTS: Final = _claims(
    "statements", "Who says what, and where they stand.",
    Column("role", TEXT, "The speaker's role, as written; NULL where not said."),
    Column("side", TEXTS, "Codes of the sides for which the speaker speaks."),
    Column("expert", FLAG, "True where the speaker is an outside observer."),
    Column("addressee", TEXT, "To whom it is said; NULL where not said."),
    Column("medium", TEXT, "How or where it was said; NULL where not said."),
    Column("topic", TEXT, "What it is about; NULL where undetermined."),
    Column("quote", TEXT, "What is said, as quoted; NULL where it is only reported."),
    Column("direct", FLAG, "True where it is quoted as a whole."),
    Column("stance", STANCE, "Stance toward each target, and whether it is hedged; `target` is NULL where it is toward "
                             "nobody in particular."),
)  # fmt: skip

_AGREEMENTS: Final = _claims(
    "agreements",
    "A step in the life of an agreement.",
    Column("agreement", TEXT, "Name of the agreement."),
    Column("stage", TEXT, "What happens to it (signed, ratified, notice_given, terminated ...)."),
    Column("parties", TEXTS, "Codes of the parties."),
    Column("subject", TEXT, "What it is about; NULL where not said."),
    Column("actor", TEXT, "Code of the party that takes the step; NULL where they take it together or it is not said."),
)

_MEETINGS: Final = _claims(
    "meetings", "A meeting, summit, visit, call or joint exercise.",
    Column("kind", TEXT, "meeting, summit, visit, call or exercise."),
    Column("participants", TEXTS, "Codes of the participants."),
    Column("level", TEXT, "Rank of the participants; NULL where not said."),
    Column("place", TEXT, "Where; NULL where not said."),
)  # fmt: skip

_INCIDENTS: Final = _claims(
    "incidents",
    "Something that one side holds against the other.",
    Column("kind", TEXT, "What kind of incident."),
    Column("parties", TEXTS, "Codes of those involved."),
    Column("place", TEXT, "Where; NULL where not said."),
)

_FIGURES: Final = _claims(
    "figures", "An amount that a report gives.",
    Column("measure", TEXT, "What is measured."),
    Column("value", NUMBER, "The number, in units of `unit`; NULL where the text gives none."),
    Column("unit", TEXT, "What is counted."),
    Column("currency", TEXT, "ISO 4217 code; NULL where it is not money."),
    Column("period", TEXT, "The time that the amount is for; NULL where not said."),
    Column("country", TEXT, "Code of the country that it belongs to; NULL where not said."),
    Column("approximate", FLAG, "True for about, nearly, more than."),
    Column("compared_with", TEXT, "The amount that it is compared with, as written; NULL where none."),
)  # fmt: skip

_POLICIES: Final = _claims(
    "policies",
    "A change in what a state does.",
    Column("country", TEXT, "Code of the state."),
    Column("topic", TEXT, "What the policy is about."),
    Column("change", TEXT, "How it changes."),
)

_CAPABILITIES: Final = _claims(
    "capabilities", "A military or technical capability that a state has, builds or plans.",
    Column("country", TEXT, "Code of the state."),
    Column("system", TEXT, "What it has or builds."),
    Column("change", TEXT, "What happens to it."),
    Column("partners", TEXTS, "Codes of the partners."),
)  # fmt: skip

TABLES: Final[dict[str, TableSchema]] = {
    table.name: table
    for table in (_RUNS, _PAGES, _REJECTS, _ARTICLES, _COPIES, _EVENTS, _STATEMENTS, _AGREEMENTS, _MEETINGS,
                  _INCIDENTS, _FIGURES, _POLICIES, _CAPABILITIES)
}  # fmt: skip
"""Data tables, in the order in which a commit writes them."""

COMMITS: Final = TableSchema(
    "commits", "One version of the record: which version of each table belongs to it.",
    (
        Column("version", INTEGER, "Version of the record, counted from 0."),
        Column("at", TEXT, "When it was written, ISO 8601 in UTC; never earlier than the version before."),
        Column("kind", TEXT, "create, read, compact, or what else wrote it."),
        Column("run", TEXT, "The run that wrote it; NULL outside a run."),
        Column("software", TEXT, "Version of Foedera that wrote it."),
        Column("tables", TABLE_STATES, "For each table: its Delta version, number of rows, and its files with size and "
                                       "SHA-256."),
        Column("counts", TEXT, "What the commit added, as JSON."),
    ),
    key=("version",), order=("version",),
)  # fmt: skip


def schema_markdown() -> str:
    """The reference of all tables, in Markdown."""
    head = (
        "# Tables of a record\n\n"
        "A table `T` is read through two views. `all_T` holds every row that was ever written. `T` leaves out articles "
        "that a later article supersedes, and their claims; for the other tables both are the same. Offsets count "
        "characters (Unicode code points) from 0. Lists are empty, not NULL, where there is nothing.\n"
    )
    return "\n".join([head, *_sections([*TABLES.values(), COMMITS])])


def _sections(tables: Iterable[TableSchema]) -> Iterable[str]:
    for table in tables:
        lines = [f"## {table.name}", "", table.doc, "", "| column | type | meaning |", "|---|---|---|"]
        lines += [f"| `{c.name}` | {c.type.replace(chr(34), '')} | {c.doc} |" for c in table.columns]
        yield "\n".join([*lines, ""])
