"""Accounts and grants, attacked in plain SQL as the web role: an administrator stays inside their reach and out of their own."""

import json

import psycopg
import pytest
from psycopg import errors

from shanhai.journal.acts import KINDS

OWN, OTHER = "331081-511381", "330282-513324"
EVERYTHING = ("operator", "any", "all")
GIVE = "SELECT access_give_grant(%s, %s, %s, %s, %s, %s, NULL, NULL, %s)"
MAKE = "SELECT access_make_account(%s, '示例', 'hashed', NULL, %s, %s, %s, %s, %s, NULL, NULL, %s)"
KEEPING = {
    "stop": "SELECT access_switch_account(%s, false, '示例事由')",
    "password": "SELECT access_reset_password(%s, 'hashed', NULL, '示例事由')",
    "factor": "SELECT access_reset_factor(%s, '示例事由')",
    "unlock": "SELECT access_unlock(%s, '示例事由')",
}


class Home:
    """People of the filled database, and whoever is signed in acting as the web role."""

    def __init__(self, rows):
        self.rows, self.scopes = rows, rows.scopes

    def person(self, *grants):
        """Somebody who can sign in; answers their number and the token of their session."""
        token = self.rows.session(*grants)
        (user,) = self.rows.connection.execute("SELECT max(id) FROM access_user").fetchone()
        self.rows.connection.execute("UPDATE access_user SET password = 'hashed' WHERE id = %s", (user,))
        return user, token

    def administrator(self, *grants):
        user, token = self.person(*grants)
        self.rows.carry(token)
        return user

    def ask(self, question, *values):
        return self.rows.run(question, values)[0]

    def refuses(self, code, question, *values):
        with pytest.raises(errors.InsufficientPrivilege, match=code):
            self.rows.run(question, values)

    def give(self, user, role="clerk", scope=OWN, side="west", reason="示例事由"):
        return GIVE, user, role, "scope", self.scopes[scope], "", side, reason

    def grants(self, user):
        return self.rows.connection.execute(
            "SELECT id, role, last_on FROM access_grant WHERE user_id = %s ORDER BY id", (user,)
        ).fetchall()

    def lines(self):
        return self.rows.connection.execute(
            "SELECT a.code, a.acted_by, a.reason, e.scope_id, e.record_type, e.record_key, e.before, e.after"
            " FROM journal_entry e JOIN journal_act a ON a.id = e.act_id"
            " WHERE e.record_type LIKE 'access.%' ORDER BY e.seq"
        ).fetchall()


@pytest.fixture
def home(rows):
    rows.connection.execute("UPDATE access_grant SET last_on = access_today() - 1 WHERE role = 'operator'")
    # The filled journal stands outside its chain and its sequence; what is written now begins after it.
    rows.connection.execute("SELECT setval('journal_entry_seq_seq', (SELECT max(seq) FROM journal_entry) + 1)")
    return Home(rows)


@pytest.fixture
def clerk(home):
    return home.person(("clerk", "west", OWN))[0]


def test_a_grant_is_given_and_ended_with_who_why_and_what_it_was(home, clerk):
    home.administrator(EVERYTHING)
    (given,) = home.ask(*home.give(clerk, role="finance"))
    home.ask("SELECT access_end_grant(%s, access_today() - 1, '示例离任')", given)
    first, second = home.lines()
    assert (first[0], first[2], first[3], first[4]) == (
        "access.grant.given",
        "示例事由",
        home.scopes[OWN],
        "access.grant",
    )
    assert (first[6], json.loads(first[7])["role"]) == (None, "finance")
    assert (second[0], second[2]) == ("access.grant.ended", "示例离任")
    assert json.loads(second[6])["last_on"] is None
    assert json.loads(second[7])["last_on"]


def test_a_new_account_has_its_grant_its_line_and_a_password_to_change(home):
    home.administrator(EVERYTHING)
    (made,) = home.ask(MAKE, "新来的人", "clerk", "scope", home.scopes[OWN], "", "west", "示例事由")
    row = home.rows.connection.execute(
        "SELECT is_active, is_password_handed_out FROM access_user WHERE id = %s", (made,)
    ).fetchone()
    assert row == (True, True)
    assert [(line[0], line[4]) for line in home.lines()] == [
        ("access.account.made", "access.user"), ("access.account.made", "access.grant"),
    ]  # fmt: skip


def test_no_line_of_the_journal_holds_a_password_or_a_secret(home, clerk):
    home.rows.connection.execute(
        "INSERT INTO access_secondfactor (user_id, sealed, enrolled_at) VALUES (%s, 'sealed-text', now())", (clerk,)
    )
    home.administrator(EVERYTHING)
    for name in ("password", "factor", "stop"):
        home.ask(KEEPING[name], clerk)
    written = repr(home.lines())
    assert len(home.lines()) == 3
    assert "hashed" not in written
    assert "sealed-text" not in written


@pytest.mark.parametrize("who", [(), ("clerk", "west", OWN), ("auditor", "any", "all"), ("viewer", "any", OWN)])
def test_who_is_no_administrator_does_nothing_to_accounts(home, clerk, who):
    home.rows.carry(home.person(*([who] if who else []))[1])
    for question in KEEPING.values():
        home.refuses("not_administrator", question, clerk)
    home.refuses("not_administrator", *home.give(clerk))
    home.refuses("not_administrator", MAKE, "新来的人", "clerk", "scope", home.scopes[OWN], "", "west", "示例事由")
    assert home.rows.run("SELECT * FROM access_accounts()") == []
    assert home.rows.run("SELECT * FROM access_kept_grants()") == []
    assert home.rows.run("SELECT * FROM access_readers()") == []


@pytest.mark.parametrize("stage", ["code", "password", "factor"])
def test_an_administrator_who_is_not_wholly_signed_in_does_nothing(home, clerk, stage):
    home.administrator(EVERYTHING)
    home.rows.connection.execute("UPDATE access_session SET stage = %s", (stage,))
    for question in KEEPING.values():
        home.refuses("not_signed_in", question, clerk)
    home.refuses("not_signed_in", *home.give(clerk))


def test_without_a_session_or_with_a_forged_one_nothing_is_done(home, clerk):
    for forged in ("", "1", "operator", "0" * 64):
        home.rows.carry(forged)
        home.refuses("not_signed_in", *home.give(clerk))


@pytest.mark.parametrize(
    "asked",
    [
        ("clerk", "scope", OTHER, "", "west"), ("clerk", "scope", OWN, "", "any"), ("clerk", "scope", OWN, "", "east"),
        ("operator", "all", None, "", "west"), ("viewer", "all", None, "", "any"), ("clerk", "region", None, "511381", "west"),
        ("operator", "region", None, "510000", "any"),
    ],
)  # fmt: skip
def test_an_administrator_of_one_side_of_one_pairing_gives_nothing_beyond(home, clerk, asked):
    home.administrator(("operator", "west", OWN))
    role, reach, scope, region, side = asked
    values = (role, reach, home.scopes.get(scope), region, side, "示例事由")
    home.refuses("beyond_reach", GIVE, clerk, *values)
    home.refuses("beyond_reach", MAKE, "新来的人", *values)
    assert len(home.grants(clerk)) == 1
    assert home.lines() == []
    home.ask(*home.give(clerk, role="finance"))


@pytest.mark.parametrize(
    ("asked", "taken"),
    [
        (("region", None, "511381", "west"), True), (("region", None, "511300", "west"), True),
        (("region", None, "510000", "west"), False), (("region", None, "513324", "west"), False),
        (("scope", OWN, "", "west"), True), (("scope", OTHER, "", "west"), False), (("scope", OWN, "", "east"), False),
        (("all", None, "", "west"), False),
    ],
)  # fmt: skip
def test_an_administrator_of_a_region_gives_inside_the_region(home, asked, taken):
    reach, scope, region, side = asked
    clerk, _ = home.person(("clerk", "west", OWN))
    home.administrator(("operator", "west", "511300"))
    question = (GIVE, clerk, "clerk", reach, home.scopes.get(scope), region, side, "示例事由")
    if taken:
        home.ask(*question)
    else:
        home.refuses("beyond_reach", *question)


def test_who_also_works_elsewhere_is_not_kept_by_the_administrator_of_one_pairing(home):
    both, _ = home.person(("clerk", "west", OWN), ("clerk", "west", OTHER))
    ahead, _ = home.person(("clerk", "west", OWN), ("auditor", "any", "all"))
    home.rows.connection.execute(
        "UPDATE access_grant SET first_on = access_today() + 30 WHERE user_id = %s AND reach = 'all'", (ahead,)
    )
    home.administrator(("operator", "west", OWN))
    for user in (both, ahead):
        for question in KEEPING.values():
            home.refuses("beyond_reach", question, user)
    seen = {row[0]: row[-1] for row in home.rows.run("SELECT * FROM access_accounts()")}
    assert (seen[both], seen[ahead]) == (False, False)


def test_what_lies_elsewhere_is_neither_seen_nor_ended(home):
    elsewhere, _ = home.person(("clerk", "west", OTHER))
    home.administrator(("operator", "west", OWN))
    ((grant, _, _),) = home.grants(elsewhere)
    assert elsewhere not in {row[0] for row in home.rows.run("SELECT * FROM access_accounts()")}
    assert elsewhere not in {row[1] for row in home.rows.run("SELECT * FROM access_kept_grants()")}
    assert {row[1] for row in home.rows.run("SELECT * FROM access_readers()")} == {OWN}
    assert home.rows.run("SELECT * FROM access_account_history(%s)", (elsewhere,)) == []
    home.refuses("beyond_reach", "SELECT access_end_grant(%s, access_today(), '示例事由')", grant)
    home.refuses("beyond_reach", *home.give(elsewhere))


@pytest.mark.parametrize("own", [EVERYTHING, ("operator", "west", OWN), ("operator", "west", "510000")])
def test_nobody_changes_their_own_account_or_grants(home, own):
    home.person(EVERYTHING)
    user = home.administrator(own)
    for question in KEEPING.values():
        home.refuses("own_account", question, user)
    for role in ("operator", "finance", "viewer"):
        home.refuses("own_account", *home.give(user, role=role))
    ((grant, _, _),) = home.grants(user)
    home.refuses("own_account", "SELECT access_end_grant(%s, access_today(), '示例事由')", grant)


def test_an_accomplice_in_the_same_reach_gives_nothing_beyond_it_either(home):
    first, _ = home.person(("operator", "west", OWN))
    home.administrator(("operator", "west", OWN))
    for role, reach, scope, side in (
        ("operator", "all", None, "any"),
        ("finance", "scope", OTHER, "west"),
        ("operator", "scope", OWN, "any"),
    ):
        home.refuses("beyond_reach", GIVE, first, role, reach, home.scopes.get(scope), "", side, "示例事由")


def test_the_last_administrator_stays(home):
    last, _ = home.person(EVERYTHING)
    helper, token = home.person(EVERYTHING)
    home.rows.connection.execute("UPDATE access_grant SET last_on = access_today() WHERE user_id = %s", (helper,))
    home.rows.carry(token)
    home.refuses("last_administrator", KEEPING["stop"], last)
    ((grant, _, _),) = home.grants(last)
    home.refuses("last_administrator", "SELECT access_end_grant(%s, access_today() + 400, '示例事由')", grant)
    assert home.lines() == []
    home.person(EVERYTHING)
    home.rows.carry(token)
    home.ask(KEEPING["stop"], last)


def test_an_account_of_the_command_line_is_not_touched_from_the_site(home):
    (built_in,) = home.rows.connection.execute("SELECT id FROM access_user WHERE username = 'operator'").fetchone()
    home.administrator(EVERYTHING)
    for question in KEEPING.values():
        home.refuses("beyond_reach", question, built_in)
    home.refuses("beyond_reach", *home.give(built_in))
    home.refuses(
        "account_unclear",
        "SELECT access_make_account('新来的人', '示例', '!', NULL, 'clerk', 'scope', %s, '', 'west', NULL, NULL, 'x')",
        home.scopes[OWN],
    )


@pytest.mark.parametrize("reason", ["", "  ", None])
def test_an_act_without_a_reason_is_not_done(home, clerk, reason):
    home.administrator(EVERYTHING)
    home.refuses("reason_missing", *home.give(clerk, reason=reason))


@pytest.mark.parametrize(
    "asked",
    [
        ("emperor", "scope", OWN, "", "west"), ("clerk", "world", OWN, "", "west"), ("clerk", "scope", None, "", "west"),
        ("clerk", "all", OWN, "", "west"), ("clerk", "region", None, "999999", "west"), ("clerk", "scope", OWN, "", "north"),
        (None, "all", None, "", "any"), ("clerk", None, None, "", "any"), ("clerk", "all", None, None, "any"), ("clerk", "all", None, "", None),
    ],
)  # fmt: skip
def test_a_grant_that_says_nothing_clear_is_not_given(home, clerk, asked):
    home.administrator(EVERYTHING)
    role, reach, scope, region, side = asked
    home.refuses("grant_unclear", GIVE, clerk, role, reach, home.scopes.get(scope), region, side, "示例事由")


def test_a_grant_is_ended_earlier_and_never_made_longer_or_ended_long_ago(home, clerk):
    home.administrator(EVERYTHING)
    ((grant, _, _),) = home.grants(clerk)
    end = "SELECT access_end_grant(%s, access_today() + %s, '示例事由')"
    home.refuses("grant_day", end, grant, -2)
    home.ask(end, grant, 30)
    for days in (30, 31):
        home.refuses("grant_day", end, grant, days)
    home.ask(end, grant, -1)


def test_who_was_switched_off_or_reset_is_signed_out_at_once(home, clerk):
    _, token = home.person(("clerk", "west", OWN))
    (user,) = home.rows.connection.execute("SELECT max(id) FROM access_user").fetchone()
    home.administrator(EVERYTHING)
    home.ask(KEEPING["password"], user)
    home.rows.carry(token)
    assert home.rows.run("SELECT access_user()") == [(None,)]


@pytest.mark.parametrize(
    "statement",
    [
        "INSERT INTO access_grant (user_id, role, reach, region_code, side) VALUES (1, 'operator', 'all', '', 'any')",
        "UPDATE access_grant SET reach = 'all'", "DELETE FROM access_grant", "UPDATE access_user SET is_active = false",
        "UPDATE access_user SET password = 'mine'", "DELETE FROM access_secondfactor", "SELECT * FROM access_secondfactor",
        "SELECT * FROM access_recoverycode", "SELECT * FROM access_attempt", "DELETE FROM access_attempt",
        "UPDATE access_session SET stage = 'full'", "TRUNCATE access_grant",
        "SELECT access_journal('access.account.made', 'x', 'x', 'x', NULL, '[]')",
        "SELECT access_journal_act('access.account.made', 'x', NULL, '[]')",
        "SELECT access_add_grant(1, 'operator', 'all', NULL, '', 'any', NULL, NULL)", "SELECT access_told(1)",
        "SELECT access_session_now()", "SELECT access_attempt_digest('account x')", "SELECT access_end_sessions_of(1)",
        "SELECT access_journal_own('access.password.changed', 1, NULL)",
    ],
)  # fmt: skip
def test_what_lies_behind_the_acts_is_out_of_reach(home, statement):
    home.administrator(EVERYTHING)
    with pytest.raises(errors.InsufficientPrivilege, match="permission denied"):
        home.rows.run(statement)


@pytest.mark.parametrize(
    "question",
    [
        "SELECT access_change_password('mine', %s)", "SELECT access_begin_factor('mine', %s)", "SELECT access_remove_factor(%s)",
        "SELECT access_enrol_factor(1, '{mine}', %s)", "SELECT access_succeeded('account x', %s)",
    ],
)  # fmt: skip
def test_what_only_the_application_may_ask_needs_its_proof(home, question):
    home.administrator(EVERYTHING)
    for proof in ("", "0" * 64, None):
        with pytest.raises(errors.InsufficientPrivilege, match="登录凭据无效"):
            home.rows.run(question, (proof,))


def test_a_table_laid_before_the_real_one_raises_nobody(home, clerk):
    user, token = home.person(("clerk", "west", OWN))
    for table in ("access_grant", "access_user"):
        home.rows.run(f"CREATE TEMPORARY TABLE {table} AS SELECT * FROM {table}")
    home.rows.run(
        f"INSERT INTO pg_temp.access_grant (user_id, role, reach, region_code, side) VALUES ({user}, 'operator', 'all', '', 'any')"
    )
    home.rows.run("GRANT ALL ON ALL TABLES IN SCHEMA pg_temp TO PUBLIC")
    home.rows.carry(token)
    home.refuses("not_administrator", *home.give(clerk))


def test_every_act_of_the_functions_is_declared_with_whose_duty_it_is(home):
    bodies = home.rows.connection.execute(
        "SELECT string_agg(prosrc, ' ') FROM pg_proc WHERE proname LIKE 'access\\_%'"
    ).fetchone()[0]
    declared = {code for code in KINDS if code.startswith("access.") and f"'{code}'" in bodies}
    assert {
        code
        for code in KINDS
        if code.startswith(("access.account", "access.grant", "access.password", "access.factor"))
    } == declared
    assert KINDS["access.grant.given"].duties == ("operator",)


def test_two_administrators_at_once_cannot_remove_each_other(committed):
    """The second waits for the first and then is nobody any more."""
    with psycopg.connect(committed.urls.owner, autocommit=True) as owner:
        people = [
            committed.account("operator", side="any", reach="all", scope=OWN),
            committed.account("operator", side="east", reach="all"),
        ]
        owner.execute("UPDATE access_grant SET side = 'any' WHERE role = 'operator'")
        owner.execute("UPDATE access_user SET password = 'hashed' WHERE username = ANY (%s)", (people,))
        ids = [
            owner.execute("SELECT id FROM access_user WHERE username = %s", (name,)).fetchone()[0] for name in people
        ]
        for user, token in zip(ids, ("one", "two"), strict=True):
            owner.execute(
                "INSERT INTO access_session (digest, user_id, opened_at, expires_at)"
                " VALUES (access_hash(%s), %s, now(), now() + interval '1 hour')", (token, user),
            )  # fmt: skip
    with psycopg.connect(committed.urls.web) as one, psycopg.connect(committed.urls.web) as two:
        for connection, token in ((one, "one"), (two, "two")):
            connection.execute("SELECT set_config('shanhai.session', %s, true)", (token,))
        one.execute(KEEPING["stop"], (ids[1],))
        two.execute("SET LOCAL statement_timeout = '300ms'")
        with pytest.raises(errors.QueryCanceled):
            two.execute(KEEPING["stop"], (ids[0],))
        one.commit()
        two.rollback()
        two.execute("SELECT set_config('shanhai.session', 'two', true)")
        with pytest.raises(errors.InsufficientPrivilege, match="not_signed_in"):
            two.execute(KEEPING["stop"], (ids[0],))
