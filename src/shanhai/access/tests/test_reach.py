"""How far a grant reaches: one pairing, the pairings of a region at any level, or everything."""

import pytest

OWN, OTHER, PROVINCES, FUND = "331081-511381", "330282-513324", "330000-510000", "FUND-511381"


@pytest.fixture
def pairs(rows):
    """Forty county pairings of the two provinces, ten with another province; answers ids by code."""
    for number in range(1, 41):
        _found(rows, f"3310{number:02}", f"5113{number:02}")
    for number in range(1, 11):
        _found(rows, f"3310{number:02}", f"5225{number:02}")
    return rows


def _found(rows, east, west):
    code = f"{east}-{west}"
    if code not in rows.scopes:
        (rows.scopes[code],) = rows.connection.execute(
            "INSERT INTO reference_scope (code, name, kind, scheme, level, east_code, west_code, is_example, is_notice)"
            " VALUES (%s, %s, 'pairing', 'east_west', 'county', %s, %s, false, false) RETURNING id",
            (code, code, east, west),
        ).fetchone()


@pytest.fixture(autouse=True)
def known_scopes_only(rows):
    before = dict(rows.scopes)
    yield
    rows.scopes.clear()
    rows.scopes.update(before)


def codes(rows):
    return {row[0] for row in rows.run("SELECT code FROM reference_scope")}


def books(rows):
    return {tuple(row[0].split("/")) for row in rows.run("SELECT access_books()")}


def test_a_province_office_of_the_west_sees_dozens_of_pairings_on_its_side(pairs):
    pairs.session(("clerk", "west", "510000"))
    assert codes(pairs) == {code for code in pairs.scopes if code.partition("-")[2].startswith("51")}
    assert len(codes(pairs)) > 40
    assert {side for _, side in books(pairs)} == {"west"}


def test_a_province_office_of_the_east_sees_its_pairings_with_every_province(pairs):
    pairs.session(("clerk", "east", "330000"))
    assert codes(pairs) == {code for code in pairs.scopes if code.startswith("33")}


def test_a_prefecture_office_sees_the_pairings_of_its_counties(pairs):
    pairs.session(("clerk", "west", "511300"))
    assert codes(pairs) == {code for code in pairs.scopes if code.partition("-")[2].startswith("5113")} | {PROVINCES}


def test_a_county_office_granted_by_region_sees_its_own_pairings_and_fund(pairs):
    pairs.session(("viewer", "any", "511381"))
    assert codes(pairs) == {OWN, PROVINCES, FUND}


def test_a_region_counts_on_the_side_it_is_on(pairs):
    pairs.session(("clerk", "east", "511381"))
    assert codes(pairs) == set()


def test_an_office_of_another_province_sees_only_its_own(pairs):
    pairs.session(("auditor", "any", "520000"))
    assert codes(pairs) == {code for code in pairs.scopes if code.partition("-")[2].startswith("52")}


def test_a_grant_over_everything_reaches_every_scope(pairs):
    pairs.session(("auditor", "any", "all"))
    assert codes(pairs) == set(pairs.scopes)
    assert books(pairs) == set()


def test_a_finance_officer_keeps_one_book_of_one_pairing(pairs):
    pairs.session(("finance", "west", OWN))
    assert books(pairs) == {(str(pairs.scopes[OWN]), "west")}


def test_an_empty_region_reaches_nothing(pairs):
    pairs.connection.execute("SELECT 1")
    pairs.session(("clerk", "any", ""))
    assert codes(pairs) == set()
