"""Article → Reading: sentences, mentions, times, predicates, attributions and amounts."""

from functools import cache

from foedera.model import Reader

from .lexical import LexicalReader


@cache
def default_reader() -> Reader:
    """The reader that `foedera read` uses, one per process."""
    return LexicalReader()


__all__ = ["LexicalReader", "default_reader"]
