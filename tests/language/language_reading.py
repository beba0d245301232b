"""The steps of the reader up to the syntax of one sentence."""

from foedera.language import default_reader
from foedera.language.gazetteer import gazetteer
from foedera.language.lexicon import lexicon
from foedera.language.mentions import Chunker, Support, collect_support
from foedera.language.predicates import Matcher
from foedera.language.syntax import Syntax
from foedera.language.tokens import tokenize
from foedera.model import Article, Block


def syntax(text, *before):
    """Syntax of a sentence; the sentences before lend support to ambiguous names."""
    names = gazetteer()
    support = Support()
    for sentence in (*before, text):
        collect_support(tokenize(sentence, splitters=names.splitters), names, support)
    tokens = tokenize(text, splitters=names.splitters)
    return Syntax(tokens, Chunker(tokens, names, support).chunks(), lexicon())


def words(found, chunk):
    """A chunk as written, words joined by blanks."""
    c = found.chunks[chunk]
    return " ".join(t.text for t in found.tokens[c.first : c.last])


def chunks(text, *before):
    """Every chunk of a sentence with its kind."""
    found = syntax(text, *before)
    return [(words(found, k), c.kind) for k, c in enumerate(found.chunks)]


def verb(found, word):
    """The use of a verb, by the form in the text."""
    return next((u for u in found.verbs if found.lower(u.index) == word), None)


def matched(text):
    """The rows of the predicate table that a sentence matches, with its syntax."""
    found = syntax(text)
    return found, Matcher(found, lexicon()).predicates()


def reading(text):
    """What the reader finds in a paragraph."""
    return default_reader().read(Article("art_x", "pag_x", "x.txt", text, (Block("paragraph", 0, len(text), "all"),)))
