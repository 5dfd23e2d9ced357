"""Pages of a long list."""

from collections.abc import Callable
from typing import Any

from shanhai.base.language import say

_NEAR = 2


def numbered(number: int, total: int, size: int, url: Callable[[int], str]) -> dict[str, Any] | None:
    """Numbered pages; nothing where all fits on one. First, last and near ones are linked, the rest is passed over."""
    last = -(-total // size)
    if last <= 1:
        return None
    number = min(number, last)
    wanted = sorted({1, last, *(at for at in range(number - _NEAR, number + _NEAR + 1) if 1 <= at <= last)})
    links: list[dict[str, Any]] = []
    for before, at in zip([0, *wanted], wanted, strict=False):
        if at > before + 1:
            links.append({})
        links.append({"label": str(at), "url": url(at), "current": at == number})
    return {
        "told": say(
            "第 {first}–{last} 行，共 {total} 行",
            first=(number - 1) * size + 1,
            last=min(number * size, total),
            total=total,
        ),
        "previous_url": url(number - 1) if number > 1 else "",
        "next_url": url(number + 1) if number < last else "",
        "links": links,
    }
