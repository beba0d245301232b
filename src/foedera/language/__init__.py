"""Article → Reading: sentences, mentions, times, predicates, attributions, quantities."""

from .decode import best_path, labelled, softmax
from .lexical import LexicalReader
from .network import Network, network
from .reader import NetworkReader, default_reader
from .timexes import Timex, find_timexes
from .tokens import text_sentences

__all__ = [
    "LexicalReader", "Network", "NetworkReader", "Timex", "best_path", "default_reader", "find_timexes", "labelled",
    "network", "softmax", "text_sentences",
]  # fmt: skip
