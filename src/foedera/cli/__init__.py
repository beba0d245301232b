"""The command line: thin commands over `foedera.api`. Data on standard output, notes on standard error.

Exit codes: 0 all is well; 1 some input was rejected, a check failed, or another error; 2 wrong usage.
"""

from .main import main

__all__ = ["main"]
