"""Kinds of acts, declared where they are done, and the author of one.

An act kind names its duties: which roles may do it. The table of who may what is printed from here.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ActKind:
    """A kind of act: stable dotted code, Chinese name, and the roles whose duty it is."""

    code: str
    zh: str
    duties: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Author:
    """Who acts: the account, and the name it shows."""

    username: str
    name: str = ""


KINDS: dict[str, ActKind] = {}


def kind(code: str, zh: str, *, duties: tuple[str, ...]) -> ActKind:
    """Declare a kind of act; a code declared twice with another meaning is a broken program."""
    declared = ActKind(code, zh, duties)
    if KINDS.setdefault(code, declared) != declared:
        raise ValueError(f"act {code} is declared twice")
    return declared
