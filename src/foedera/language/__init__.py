"""Article → Reading: sentences, mentions, times, predicates, attributions, quantities."""

from .decode import best_path, labelled
from .events import suggested
from .network import Network, network
from .reader import NetworkReader, default_reader
from .tabled import suggestions
from .timexes import Timex, find_timexes
from .tokens import text_sentences
from .views import single_view

__all__ = [
    "Network", "NetworkReader", "Timex", "best_path", "default_reader", "find_timexes", "labelled", "network",
    "single_view", "suggested", "suggestions", "text_sentences",
]  # fmt: skip
