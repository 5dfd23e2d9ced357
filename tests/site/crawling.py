"""Walking the site as a reader of English, and finding Chinese that is neither translated nor marked as data."""

import re
from collections import Counter, deque
from dataclasses import dataclass, field
from functools import lru_cache
from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

HAN = re.compile(r"[\u3400-\u9fff]+")
VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
TOLD_IN = ("alt", "aria-label", "placeholder", "title", "data-busy", "data-label", "content")


@dataclass
class Seen:
    """What a page shows: Chinese outside anything marked as Chinese, Chinese marked so, attributes, and links."""

    bare: list = field(default_factory=list)
    marked: list = field(default_factory=list)
    attributes: list = field(default_factory=list)
    links: list = field(default_factory=list)


class Reader(HTMLParser):
    """Reads one page, keeping the language of every element."""

    def __init__(self):
        super().__init__()
        self.seen, self._open = Seen(), []

    @property
    def _chinese(self):
        told = [lang for _, lang in self._open if lang]
        return bool(told) and told[-1].startswith("zh")

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        if tag == "a" and given.get("href"):
            self.seen.links.append(given["href"])
        chinese = (given.get("lang") or "").startswith("zh") or (self._chinese and not given.get("lang"))
        for name in TOLD_IN:
            if HAN.search(given.get(name) or "") and not chinese:
                self.seen.attributes.append(f"{name}: {given[name]}")
        if tag not in VOID:
            self._open.append((tag, given.get("lang")))

    def handle_endtag(self, tag):
        for place in range(len(self._open) - 1, -1, -1):
            if self._open[place][0] == tag:
                del self._open[place:]
                return

    def handle_data(self, data):
        inside = {tag for tag, _ in self._open}
        if not HAN.search(data) or inside & {"script", "style"}:
            return
        if "title" in inside:
            self.seen.attributes.append(f"title: {data.strip()}")  # holds no elements, so nothing in it can be marked
        else:
            (self.seen.marked if self._chinese else self.seen.bare).append(data.strip())


@lru_cache(maxsize=1)
def read(text):
    """What a page shows; kept for whoever asks next, who is told of the same page."""
    reader = Reader()
    reader.feed(text)
    return reader.seen


def kind_of(path):
    """Pages of one kind are alike: a few of each are walked."""
    parts = urlsplit(path).path.strip("/").split("/")
    return "/".join(parts[:2]) if parts[0] in ("lists", "records", "areas", "journal", "administration") else parts[0]


def crawl(get, starts, *, each=4, most=250, skip=()):
    """Pages reached by links: (path, answer); `each` of a kind, `most` in all."""
    waiting, known, counted = deque(starts), set(starts), Counter()
    while waiting and most:
        path = waiting.popleft()
        if counted[kind_of(path)] >= each or any(path.startswith(one) for one in skip):
            continue
        counted[kind_of(path)] += 1
        most -= 1
        answer = get(path)
        yield path, answer
        if "text/html" not in answer.headers.get("content-type", ""):
            continue
        for link in read(answer.text).links:
            address = urlsplit(urljoin(path, link))
            target = address.path + (f"?{address.query}" if address.query else "")
            if not address.netloc and target not in known:
                known.add(target)
                waiting.append(target)
