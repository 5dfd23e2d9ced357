"""People and households as figures count them: each once, whichever of its records a row names.

Records recognised as one person name the record that stands for it in `canonical_key`. A figure that counts persons
reads the register beside its own table and returns `one_person(rows, person)`:

    @declare.figure("planting.people_helped", reads=(BENEFIT, people.PERSON), identity="person_key", …)
    def people_helped(benefit, person):
        return people.one_person(benefit, person)

The key as entered stays in the row as `entered_key`, so that a statement can tell what was counted together.
"""

import ibis

from shanhai.figures.tables import table

PERSON = table("reference.person", canonical_key="string", household_key="string")
HOUSEHOLD = table("reference.household", canonical_key="string", kind_code="string", member_count="int64")
#: The key as the row gives it, before records of one person were counted as one.
ENTERED = "entered_key"


def one_person(rows: ibis.Table, person: ibis.Table, column: str = "person_key") -> ibis.Table:
    """The rows with the key of each person replaced by that of the record that stands for them."""
    return _one(rows, person, column)


def one_household(rows: ibis.Table, household: ibis.Table, column: str = "household_key") -> ibis.Table:
    """The rows with the key of each household replaced by that of the record that stands for it."""
    return _one(rows, household, column)


def _one(rows: ibis.Table, register: ibis.Table, column: str) -> ibis.Table:
    """Only records that another one stands for are joined: few, so that the join costs next to nothing."""
    told = register.filter(register.canonical_key != "")
    standing = told.select(standing_scope=told.scope_id, standing_for=told.key, standing_key=told.canonical_key)
    joined = rows.left_join(
        standing, [rows["scope_id"] == standing.standing_scope, rows[column] == standing.standing_for]
    )
    names = list(rows.columns)
    counted = ibis.coalesce(joined.standing_key, joined[column])
    return joined.select(
        *[counted.name(name) if name == column else joined[name] for name in names], joined[column].name(ENTERED)
    )
