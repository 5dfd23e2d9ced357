"""Sentences for people, in the language they read: Chinese is the source, other languages come from catalogues.

`say` translates a sentence and fills in its values; `noted` marks a word that is declared once and said later; `again`
says once more, to somebody who reads another language, what was said before.
Nothing here knows where catalogues lie: whoever puts the program together hands over the lookup.
"""

from collections.abc import Callable, Iterable
from functools import partial

Lookup = Callable[[str], str]
_FULL_WIDTH_STOPS = "。？！；：，、"


def _as_written(sentence: str) -> str:
    return sentence


_lookup: Lookup = _as_written


def use_lookup(lookup: Lookup) -> None:
    """Translate by this lookup from now on: sentence in Chinese to sentence in the language being read."""
    global _lookup
    _lookup = lookup


class Told(str):
    """What was said, which knows how to be said again in another language."""

    __slots__ = ("retell",)
    retell: Callable[[], str]


def _told(text: str, retell: Callable[[], str]) -> str:
    told = Told(text)
    told.retell = retell
    return told


def again(told: str) -> str:
    """The same in the language being read now; what was put together otherwise stays as it was said."""
    return told.retell() if isinstance(told, Told) else told


def _values_again(sentence: str, values: dict[str, object]) -> str:
    return say(sentence, **{name: again(value) if isinstance(value, str) else value for name, value in values.items()})


def say(sentence: str, **values: object) -> str:
    """A sentence in the language being read, its `{names}` replaced by the values.

    The sentence is a literal in Chinese, so that the catalogues can be gathered from the source; a sentence declared
    elsewhere is marked there with `noted`.
    """
    told = _lookup(sentence) if sentence else ""
    return _told(told.format(**values) if values else told, partial(_values_again, sentence, values))


def listed(words: Iterable[str]) -> str:
    """Words one after the other, set apart as the language being read does it."""
    each = list(words)
    return _told(say("、").join(each), lambda: listed(map(again, each)))


def together(*sentences: str) -> str:
    """Sentences one after the other; the full-width stops of Chinese need no blank behind them."""
    told = ""
    for sentence in filter(None, sentences):
        told += sentence if not told or told[-1] in _FULL_WIDTH_STOPS else f" {sentence}"
    return _told(told, lambda: together(*map(again, sentences)))


def noted(sentence: str) -> str:
    """The sentence itself, marked for the catalogues; it is translated where it is said."""
    return sentence
