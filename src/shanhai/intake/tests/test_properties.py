"""Properties: whole columns mean what single values mean; every seeded error is found and nothing else."""

import datetime as dt
from decimal import Decimal

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shanhai.base.date_words import parse_date
from shanhai.base.findings import Place, Refused, blocking
from shanhai.base.identifiers import check_identity, example_identity
from shanhai.base.money import parse_yuan
from shanhai.intake import columns as kinds
from shanhai.intake import meaning
from shanhai.intake.cells import from_values
from shanhai.intake.grid import RowTable
from shanhai.intake.marks import Marks, column_letters, column_number
from shanhai.intake.rows import RawSheet, read_rows
from shanhai.intake.tests.declared import FIELDS, PAYMENT, PAYMENT_HEADERS
from shanhai.intake.typed import Known

MONEY = kinds.Money("amount_fen", "金额", negative=True)
DAY = kinds.Day("paid_on", "日期", partial=True)
IDENTITY = kinds.Identity("identity_no", "身份证号")
AMOUNTS = st.one_of(
    st.decimals(min_value=-(10**12), max_value=10**12, places=2).map(float),
    st.floats(allow_nan=False, allow_infinity=False, width=64),
    st.decimals(min_value=-(10**12), max_value=10**12, places=3).map(float),
    st.decimals(min_value=-(10**9), max_value=10**9, places=2).map(str),
    st.decimals(min_value=0, max_value=10**9, places=2).map(lambda value: f"{value:,}"),
    st.text("0123456789.,-+¥元 ０１", min_size=1, max_size=12),
)


def typed(column, values):
    """The typed column of raw values and the positions at fault."""
    read = meaning.understand(column, from_values(values), Known())
    return read.series, {fault.position for fault in read.faults}


def single(read, value):
    """What the reader of a single value answers, None where it refuses."""
    try:
        return read(value)
    except Refused:
        return None


def yuan_of_cell(value):
    """A float cell means the 15 digits that a worksheet shows."""
    return parse_yuan(Decimal(f"{value:.15g}") if isinstance(value, float) else value)


@pytest.mark.slow
@given(st.lists(AMOUNTS, min_size=1, max_size=30))
def test_a_column_of_money_means_what_each_amount_means_alone(values):
    series, faults = typed(MONEY, values)
    for position, value in enumerate(values):
        blank = isinstance(value, str) and not value.strip(" \u3000")
        expected = None if blank else single(yuan_of_cell, value)
        assert series["amount_fen"][position] == expected
        assert (position in faults) == (expected is None and not blank)


@pytest.mark.slow
@given(st.integers(-(10**14), 10**14))
def test_an_amount_of_whole_fen_survives_as_number_and_as_text(fen):
    number, text = fen / 100, f"{Decimal(fen).scaleb(-2)}"
    assert typed(MONEY, [number, text])[0]["amount_fen"].to_list() == [fen, fen]


@pytest.mark.slow
@given(st.lists(st.one_of(
    st.dates(dt.date(1901, 1, 1), dt.date(2199, 12, 31)),
    st.dates(dt.date(1950, 1, 1), dt.date(2099, 12, 31)).map(lambda day: f"{day.year}年{day.month}月{day.day}日"),
    st.dates(dt.date(1950, 1, 1), dt.date(2099, 12, 31)).map(lambda day: float(f"{day:%Y%m%d}")),
    st.text("0123456789年月日-./ ", min_size=1, max_size=10),
), min_size=1, max_size=20))  # fmt: skip
def test_a_column_of_dates_means_what_each_date_means_alone(values):
    series, faults = typed(DAY, values)
    for position, value in enumerate(values):
        blank = isinstance(value, str) and (not value.strip() or value.strip() in {"-", "/"})
        expected = None if blank else single(parse_date, value)
        assert series["paid_on"][position] == (expected and expected.first_day)
        assert blank or (position in faults) == (expected is None)


@pytest.mark.slow
@given(
    st.integers(0, 999),
    st.dates(dt.date(1930, 1, 1), dt.date(2020, 1, 1)),
    st.integers(0, 17),
    st.sampled_from("0123456789X"),
)
def test_a_column_of_identity_numbers_agrees_with_the_check_of_one(seed, born, place, letter):
    number = example_identity(seed, born)
    changed = number[:place] + letter + number[place + 1 :]
    series, faults = typed(IDENTITY, [number, changed])
    found = {each.code for each in check_identity(changed, today=dt.date(2026, 1, 1), examples=True)}
    wrong = bool(found & {"identity.form", "identity.check_digit", "identity.lost_digits", "identity.old"})
    assert faults == ({1} if wrong else set())
    assert series["identity_no"][0] == number


@given(st.integers(0, 20_000))
def test_column_letters_and_numbers_are_each_others_inverse(number):
    assert column_number(column_letters(number)) == number


GOOD = {
    "amount_fen": st.integers(0, 10**9).map(lambda fen: fen / 100),
    "paid_on": st.dates(dt.date(2000, 1, 1), dt.date(2099, 12, 31)),
    "field_code": st.sampled_from([*FIELDS.values(), *FIELDS]),
    "note": st.text("甲乙丙=+-@ 12", max_size=8),
}
BAD = {
    "amount_fen": st.sampled_from(
        ["三万", "5万元", -1.0, 1.234, "12%", "", "x", True, dt.date(2024, 1, 1), 1e15, "1,23"]
    ),
    "paid_on": st.sampled_from(["2024-02-30", "2024年6月", "昨天", 12.5, True, dt.date(1900, 1, 3), "6月3日"]),
    "field_code": st.sampled_from(["产业", "其它", 3.0, True]),
    "note": st.sampled_from(["长" * 201, 1e16, True]),
}


@st.composite
def seeded_rows(draw):
    """Rows of payments, some cells spoilt; and the addresses of the spoilt ones."""
    rows, bad = [], set()
    for number in range(draw(st.integers(1, 12))):
        row = {"no": f"ZF-{number}"} | {name: draw(values) for name, values in GOOD.items()}
        for name in draw(st.sets(st.sampled_from(sorted(BAD)), max_size=2)) if draw(st.booleans()) else ():
            row[name] = draw(BAD[name])
            bad.add(f"{column_letters([column.field for column in PAYMENT.columns].index(name))}{number + 2}")
        rows.append([row.get(column.field, "") for column in PAYMENT.columns])
    return rows, bad


@pytest.mark.slow
@settings(deadline=None)
@given(seeded_rows())
def test_every_seeded_error_is_found_at_its_cell_and_nothing_else(seeded):
    rows, bad = seeded
    read = read_rows(
        PAYMENT, RawSheet(Place("a.xlsx", "支付"), RowTable(iter([PAYMENT_HEADERS, *rows])), Marks()), Known()
    )
    found = {f"{each.place.column}{each.place.row}" for each in blocking(read.findings)}
    assert found == bad
    assert read.frame["_row"].to_list() == list(range(2, len(rows) + 2))


@given(
    st.lists(
        st.one_of(st.just(""), st.text("甲 1=", max_size=3), st.floats(0, 10), st.booleans(), st.dates()), max_size=12
    )
)
def test_every_cell_keeps_its_kind_and_blank_cells_are_blank(values):
    cells = from_values(values)
    assert len(cells) == len(values)
    assert cells.blank().to_list() == [isinstance(value, str) and not value.strip() for value in values]
    half = pl.Series(range(0, len(values), 2), dtype=pl.UInt32)
    assert [cells.take(half).shown(place) for place in range(len(half))] == [cells.shown(place) for place in half]
