"""What a load is held against: recorded rows in the words of the workbook, seen with the reader's rights."""

import polars
import pytest

from shanhai.intake.declare import SHEETS
from shanhai.loading.lookups import lookup, model_of
from shanhai.loading.tests.programme import PAIRING, programme

OTHER = "330282-513324"


def identities(*pairs):
    return polars.DataFrame(
        {"scope_code": [code for code, _ in pairs], "_key": [key for _, key in pairs]},
        schema={"scope_code": polars.String, "_key": polars.String},
    )


@pytest.fixture
def known(programme_loaded):
    programme_loaded.sign_in("operator", reach="all")
    return lookup()


@pytest.mark.parametrize("name", programme())
def test_every_recorded_row_reads_as_the_workbook_wrote_it(known, name):
    sheet, rows = SHEETS[name], programme()[name]
    keys = [sheet.key_separator.join(str(row[part]) for part in sheet.key) for row in rows]
    found = known.recorded(sheet, identities(*[(row["scope_code"], key) for row, key in zip(rows, keys, strict=True)]))
    assert found.height == len(rows)
    by_key = {(row["scope_code"], row["_key"]): row for row in found.iter_rows(named=True)}
    for row, key in zip(rows, keys, strict=True):
        recorded = by_key[row["scope_code"], key]
        plain = {field: value for field, value in row.items() if not (field == "first_on" and isinstance(value, str))}
        assert {field: recorded[field] for field in plain} == plain


def test_a_key_nobody_recorded_is_not_there(known):
    asked = identities((PAIRING, "XM-1"), (PAIRING, "XM-99"), (OTHER, "XM-1"))
    assert known.exists("projects.project", asked).rows() == [(PAIRING, "XM-1")]
    assert known.recorded(SHEETS["projects.project"], asked).get_column("_key").to_list() == ["XM-1"]


def test_a_key_written_whole_is_the_one_it_names(known):
    whole = f"{PAIRING}/XM-1"
    asked = identities((PAIRING, whole), (OTHER, whole))
    assert known.exists("projects.project", asked).rows() == [(PAIRING, whole)]


def test_nothing_asked_is_nothing_found(known):
    assert known.recorded(SHEETS["projects.project"], identities()).is_empty()


def test_what_may_not_be_seen_does_not_exist(programme_loaded):
    programme_loaded.sign_in("clerk", scope=OTHER)
    assert lookup().exists("projects.project", identities((PAIRING, "XM-1"))).is_empty()


def test_regions_are_known_by_their_present_names(known):
    assert known.regions["511381"] == "阆中市"


def test_a_record_type_names_its_model():
    assert model_of("funds.allocation")._meta.db_table == "funds_allocation"
