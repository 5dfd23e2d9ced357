"""Passwords: random, private, and known to the server only as verifiers."""

import pytest

from shanhai.database import DatabaseUnavailable, passwords


def test_passwords_are_made_once_and_differ(home):
    passwords.ensure_passwords(home)
    first = {role: passwords.read_password(home, role) for role in passwords.ROLES}
    passwords.ensure_passwords(home)
    assert {role: passwords.read_password(home, role) for role in passwords.ROLES} == first
    assert len(set(first.values())) == 3
    assert min(map(len, first.values())) >= 40


def test_only_this_user_may_read_the_keys(home):
    passwords.ensure_passwords(home)
    assert home.keys.stat().st_mode & 0o777 == 0o700
    assert {file.stat().st_mode & 0o777 for file in home.keys.iterdir()} == {0o600}


def test_a_key_folder_open_to_others_is_refused_and_left_alone(home):
    home.keys.mkdir(parents=True)
    home.keys.chmod(0o750)
    with pytest.raises(DatabaseUnavailable, match=r"chmod 700"):
        passwords.ensure_passwords(home)
    assert home.keys.stat().st_mode & 0o777 == 0o750
    assert not list(home.keys.iterdir())


def test_a_missing_password_is_told_with_its_file(home):
    with pytest.raises(DatabaseUnavailable, match=r"database-web.password.*密钥备份"):
        passwords.read_password(home, "web")


def test_a_verifier_holds_no_password_and_differs_each_time():
    first, second = passwords.verifier("secret"), passwords.verifier("secret")
    assert first.startswith("SCRAM-SHA-256$4096:")
    assert first != second
    assert "secret" not in first
