"""Sentences for people, in the language they read: Chinese is the source, other languages come from catalogues.

`say` translates a sentence and fills in its values; `noted` marks a word that is declared once and said later.
Nothing here knows where catalogues lie: whoever puts the program together hands over the lookup.
"""

from collections.abc import Callable, Iterable

Lookup = Callable[[str], str]
_FULL_WIDTH_STOPS = "。？！；：，、"


def _as_written(sentence: str) -> str:
    return sentence


_lookup: Lookup = _as_written


def use_lookup(lookup: Lookup) -> None:
    """Translate by this lookup from now on: sentence in Chinese to sentence in the language being read."""
    global _lookup
    _lookup = lookup


def say(sentence: str, **values: object) -> str:
    """A sentence in the language being read, its `{names}` replaced by the values.

    The sentence is a literal in Chinese, so that the catalogues can be gathered from the source; a sentence declared
    elsewhere is marked there with `noted`.
    """
    told = _lookup(sentence) if sentence else ""
    return told.format(**values) if values else told


def listed(words: Iterable[str]) -> str:
    """Words one after the other, set apart as the language being read does it."""
    return say("、").join(words)


def together(*sentences: str) -> str:
    """Sentences one after the other; the full-width stops of Chinese need no blank behind them."""
    told = ""
    for sentence in filter(None, sentences):
        told += sentence if not told or told[-1] in _FULL_WIDTH_STOPS else f" {sentence}"
    return told


def noted(sentence: str) -> str:
    """The sentence itself, marked for the catalogues; it is translated where it is said."""
    return sentence
