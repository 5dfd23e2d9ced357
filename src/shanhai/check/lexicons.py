"""The word lists of the reader: text files beside this module, in sections, one entry or pattern a line."""

import re
from importlib.resources import files

_TITLE = re.compile(r"\[([a-zA-Z_][a-zA-Z0-9_ .]*)\]")


def sections(name: str) -> list[tuple[str, list[str]]]:
    """The sections of a list in their order: title and lines. Empty lines and lines that begin with # are left out."""
    found: list[tuple[str, list[str]]] = []
    for line in files("shanhai.check").joinpath("lexicon", f"{name}.txt").read_text("utf-8").splitlines():
        if not line or line.startswith("# "):
            continue
        title = _TITLE.fullmatch(line)
        if title:
            found.append((title[1], []))
        else:
            found[-1][1].append(line)
    return found


def section(name: str, title: str) -> list[str]:
    """The lines of all sections of this title."""
    return [line for found, lines in sections(name) if found == title for line in lines]


def words(name: str, title: str) -> list[str]:
    """The words of all sections of this title, those of one line parted by spaces."""
    return " ".join(section(name, title)).split()
