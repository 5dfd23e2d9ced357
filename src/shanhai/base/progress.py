"""How far a long piece of work has come: told step by step to whoever wants to know."""

from collections.abc import Callable
from typing import TypeAlias

Tell: TypeAlias = Callable[[str, int, int], None]
"""Called with the step being done (its code), how much of it is done, and of how much (0: not known). It may raise,
which ends the work; so it is called only where nothing is half done that a transaction would not take back."""


def silent(step: str, done: int, total: int) -> None:
    """Tells nobody."""
