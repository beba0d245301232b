"""A unit on its way to a kind."""

from __future__ import annotations

from dataclasses import dataclass

from foedera.model.article import BlockKind

from .lines import Unit
from .prose import Shape


@dataclass(slots=True)
class Part:
    """A unit on its way to a kind. Mutable, and private to the classifier.

    Attributes:
        unit: The lines.
        shape: Their features.
        kind: The kind so far.
        reason: Why.
        sure: Whether the unit decided it by itself.
        role: ``list``, ``end``, ``section``, ``date``, ``row`` ... where that matters to its neighbours.
        prose: Whether it reads like running text.
        picture: Why it could be a caption, or None.
        opens: Whether it is the first paragraph.
    """

    unit: Unit
    shape: Shape
    kind: BlockKind = "furniture"
    reason: str = "short and outside the body"
    sure: bool = False
    role: str = ""
    prose: bool = False
    picture: str | None = None
    opens: bool = False

    @property
    def text(self) -> str:
        """The unit's text with single blanks."""
        return self.unit.text

    def certain(self, kind: BlockKind, reason: str, *, role: str = "") -> Part:
        """Fix the kind."""
        self.kind, self.reason, self.sure, self.role = kind, reason, True, role
        return self

    def take(self, kind: BlockKind, reason: str) -> None:
        """Set the kind by place."""
        self.kind, self.reason = kind, reason


def is_body(part: Part) -> bool:
    """Whether it is running text that nothing else claims."""
    return part.prose and not part.sure
