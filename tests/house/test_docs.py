"""The reference is made from the declarations: each area's in its own folder, the rest under docs/reference."""

import re
from pathlib import Path

import pytest

import docs
from shanhai.access.terms import ROLES
from shanhai.catalogue.config import areas
from shanhai.figures import declare
from shanhai.intake.declare import SHEETS
from shanhai.journal.acts import KINDS

ROOT = Path(__file__).resolve().parents[2]
LINK = re.compile(r"\]\(([^)#\s]+)")
OUTSIDE = ("http://", "https://", "mailto:")


@pytest.fixture(scope="module")
def pages():
    return docs.pages()


@pytest.fixture
def written(tmp_path):
    """Two pages as they should be, in a repository of their own."""
    wanted = {
        docs.REFERENCE / "rights.md": f"{docs.HEAD}# Rights\n",
        docs.AREAS / "bees" / "README.md": f"{docs.HEAD}# Bees\n",
    }
    assert docs.write(tmp_path, wanted, check=False) == 0
    return tmp_path, wanted


def test_what_was_written_is_in_step(written):
    folder, wanted = written
    assert docs.write(folder, wanted, check=True) == 0


@pytest.mark.parametrize("name", [docs.REFERENCE / "rights.md", docs.AREAS / "bees" / "README.md"])
def test_a_page_that_is_stale_or_missing_is_found(written, capsys, name):
    folder, wanted = written
    for spoil in (lambda path: path.write_text("# Others\n", "utf-8"), Path.unlink):
        spoil(folder / name)
        assert docs.write(folder, wanted, check=True) == 1
        assert capsys.readouterr().out == f"{name} is stale or missing; run make docs\n"


def test_a_page_left_over_is_found_and_taken_away(written, capsys):
    folder, wanted = written
    name = docs.AREAS / "bees" / "README.md"
    rest = {other: text for other, text in wanted.items() if other != name}
    assert docs.write(folder, rest, check=True) == 1
    assert capsys.readouterr().out == f"{name} is left over; run make docs\n"
    docs.write(folder, rest, check=False)
    assert not (folder / name).exists()
    assert docs.write(folder, rest, check=True) == 0


def test_a_page_written_by_hand_is_left_alone(written):
    folder, wanted = written
    own = folder / docs.REFERENCE / "README.md"
    own.write_text("# By hand\n", "utf-8")
    assert docs.write(folder, wanted, check=True) == 0
    docs.write(folder, wanted, check=False)
    assert own.exists()


def rows_of(text):
    return {line.split("|")[1].strip(): line for line in text.splitlines() if line.startswith("| ")}


def test_every_area_has_its_page_and_every_act_stands_in_one_table_with_its_duties(pages):
    assert {name.parent.name for name in pages if name.name == "README.md"} == {area.label for area in areas()}
    tables = [rows_of(text) for text in pages.values()]
    for kind in KINDS.values():
        (line,) = [table[kind.code] for table in tables if kind.code in table]
        marks = [cell.strip() == "●" for cell in line.split("|")[3:-1]]
        assert marks == [role in kind.duties or not kind.duties for role in ROLES], kind.code


@pytest.mark.parametrize(
    "declared", [{figure.name for figure in declare.registry()}, set(SHEETS)], ids=["figures", "sheets"]
)
def test_every_figure_and_sheet_is_headed_once(pages, declared):
    headed = [
        line.split()[1] for text in pages.values() for line in text.splitlines() if re.match(r"##+ [a-z_]+\.", line)
    ]
    assert sorted(name for name in headed if name in declared) == sorted(declared)


def test_a_page_outside_the_areas_names_nothing_of_an_area(pages):
    labels = tuple(f"{area.label}." for area in areas())
    core = {name: text for name, text in pages.items() if docs.REFERENCE in name.parents}
    assert core
    assert [
        (name, first) for name, text in core.items() for first in rows_of(text) if first.lower().startswith(labels)
    ] == []


def broken(path):
    """The links of a page that lead to no file."""
    links = LINK.findall(path.read_text("utf-8"))
    return [link for link in links if not link.startswith(OUTSIDE) and not (path.parent / link).exists()]


def test_every_link_of_the_documents_leads_somewhere():
    found = [ROOT / "README.md", *(ROOT / "docs").rglob("*.md"), *(ROOT / docs.AREAS).glob("*/README.md")]
    assert sum(len(LINK.findall(path.read_text("utf-8"))) for path in found) > 10
    assert {str(path.relative_to(ROOT)): broken(path) for path in found if broken(path)} == {}


def test_a_link_that_leads_nowhere_would_be_found(tmp_path):
    page = tmp_path / "a.md"
    page.write_text("[one](a.md#top) [two](gone.md) [three](https://example.org)", "utf-8")
    assert broken(page) == ["gone.md"]
