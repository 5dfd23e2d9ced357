"""Every page in English: no sentence of the interface in Chinese, and what is Chinese is data and says so."""

import re

import office
import psycopg
import pytest
import python_calamine
from crawling import HAN, crawl, read
from visiting import Visitor

from shanhai.database import Cluster, Home
from shanhai.intake.declare import SHEETS
from shanhai.reference.loading import load_regions

SKIPPED = ("/journal/file", "/downloads", "/charts", "/templates", "/static", "/evidence", "/sign-out")
#: The language's own name in the choice of languages, the program's name, and the account a new home begins with.
NAMES = "中文 山海 管理员"
#: The record that is given a file, so that what is told of files is read too.
FILED = f"funds.payment/{office.PAIR}/ZF-2021-0001"
PICTURE = b"\x89PNG\r\n\x1a\n" + b"a picture of the test of languages"


WRITTEN = """
    SELECT concat_ws(E'\\n', before, after) FROM journal_entry
    UNION ALL SELECT concat_ws(E'\\n', reason, acted_by_name, source::text) FROM journal_act
    UNION ALL SELECT display_name FROM access_user
"""


@pytest.fixture(scope="module")
def data(home, site):
    """Every Chinese text the example, its accounts and the regions bring along, and what tests wrote, each once.

    What sheets give as an example of a value is data too: it shows what is to be entered, which is Chinese.
    """
    told = [
        NAMES,
        *(str(column.example) for sheet in SHEETS.values() for column in sheet.columns),
        *(name for _, name, *_ in office.ACCOUNTS),
        *(region.name for region in load_regions()),
    ]
    for path in sorted((office.ROOT / "examples" / "wenling-langzhong").glob("*.xlsx")):
        book = python_calamine.CalamineWorkbook.from_path(str(path))
        told += [path.name, *book.sheet_names]
        for name in book.sheet_names:
            told += {str(cell) for row in book.get_sheet_by_name(name).to_python() for cell in row if cell}
    found = set(HAN.findall("\n".join(told)))
    url = Cluster(Home.at(home / "home", home / "keys")).url("admin")
    with psycopg.connect(url) as admin, admin.cursor("written") as written:
        for (text,) in written.execute(WRITTEN):
            found.update(HAN.findall(text))
    return "\n".join(found)


def english(site, account):
    visitor = Visitor(site)
    visitor.sign_in(account, office.PASSWORD)
    visitor.get("/")
    visitor.post("/reading", {"language": "en", "next": "/"})
    return visitor


def faults(text, data):
    """Chinese that nobody marked, and marked Chinese that is no data."""
    seen = read(text)
    found = [f"not translated: {told}" for told in seen.bare]
    for told in (*seen.marked, *seen.attributes):
        found += [f"no data: {run} in {told}" for run in HAN.findall(told) if run not in data]
    return found


@pytest.mark.parametrize("account", ["west-finance", "auditor"])
def test_every_page_is_whole_in_english(site, account, data):
    visitor, found, walked = english(site, account), {}, 0
    english(site, "west-finance").send(f"/evidence/of/{FILED}", "file", "proof.png", PICTURE)
    for path, answer in crawl(visitor.get, ["/", "/check"], skip=SKIPPED):
        assert answer.status in (200, 302, 403), (path, answer.status)
        walked += 1
        page = "text/html" in answer.headers.get("content-type", "")  # files hold records as they were entered
        if page and (wrong := faults(answer.text, data)):
            found[path] = sorted(set(wrong))[:8]
    assert walked > 150
    assert found == {}, "\n".join(f"{path}: {wrong}" for path, wrong in found.items())


def test_an_untranslated_sentence_and_invented_data_would_be_found(data):
    assert faults("<html lang='en'><p>没有翻译的一句话</p></html>", data) == ["not translated: 没有翻译的一句话"]
    assert faults("<html lang='en'><p lang='zh-Hans'>这不是数据</p></html>", data) != []
    assert faults("<html lang='en'><img alt='没有翻译'></html>", data) != []
    assert faults("<html lang='en'><p lang='zh-Hans'>温岭市</p><p>fine</p></html>", data) == []
    assert re.search(HAN, data)
