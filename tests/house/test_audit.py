"""The audit of dependencies, on locks and answers small enough to read."""

import json

import audit
import pytest

HASH = "--hash=sha256:" + "0" * 64


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        (f"django==5.2.19 {HASH}", ""), (f"a-b==1 ; python_version >= \'3\' {HASH}".replace("\\", ""), ""), ("django==5.2.19", "has no hash"),
        (f"django>=5 {HASH}", "not pinned"), (f"django {HASH}", "not pinned"), (f"x @ https://example.org/x.whl {HASH}", "not pinned"),
        ("-e .", "not pinned"), ("--extra-index-url https://example.org", "not pinned"), ("# a comment", ""),
    ],
)  # fmt: skip
def test_every_line_of_a_lock_is_one_release_with_its_hashes(line, fault):
    found, faults = audit.locked(line)
    assert bool(faults) == bool(fault)
    assert fault in "".join(faults)
    assert bool(found) == (not fault and "==" in line)


def test_a_line_for_another_python_is_checked_there():
    lock = f"numpy==1.0 ; python_full_version < '3' {HASH}\nnumpy==2.0 ; python_full_version >= '3' {HASH}"
    assert audit.locked(lock) == ({"numpy": "2.0"}, [])


PROJECT = """
[project]
dependencies = [
    "django~=5.2.0",  # the framework
    "polars",
]
"""


def test_what_is_wanted_is_locked_as_wanted_and_has_its_reason():
    wanted = audit.direct(PROJECT)
    assert audit.faults_of_wanted(wanted, {"django": "5.2.19", "polars": "1"}) == [
        "polars stands in pyproject.toml without a reason beside it"
    ]
    told = " ".join(audit.faults_of_wanted(wanted, {"django": "6.0"}))
    assert "django is locked to 6.0" in told
    assert "polars is wanted by pyproject.toml and not locked" in told


def test_what_nothing_imports_is_found():
    modules = {"django": ["Django"], "yaml": ["PyYAML"]}
    assert audit.unused(["django", "pyyaml"], {"django"}, modules) == ["pyyaml is a dependency that nothing uses"]


@pytest.mark.parametrize(
    ("said", "taken"),
    [("MIT", True), ("Apache-2.0", True), ("BSD 3-Clause", True), ("LGPL with exceptions", True), ("GPL-3.0-only", False),
     ("GNU Affero General Public License", False), ("", False), ("UNKNOWN", False), ("Proprietary", False)],
)  # fmt: skip
def test_a_licence_is_taken_when_it_is_known_to_be_allowed(said, taken):
    assert bool(audit.licence_fault("x", [said])) != taken


def answer(*dependencies):
    return json.dumps({"dependencies": dependencies})


def test_an_advisory_is_a_fault():
    found = audit.advisories(
        answer({"name": "x", "version": "1", "vulns": [{"id": "PYSEC-1", "fix_versions": ["2"]}]}), 1
    )
    assert found.faults == ["x 1: PYSEC-1 (mended in: 2)"]


def test_what_could_not_be_looked_up_is_never_taken_for_sound():
    """pip-audit itself says that nothing is known and ends well when its service knew none of the releases."""
    found = audit.advisories(
        answer({"name": "x", "skip_reason": "not found"}, {"name": "y", "version": "1", "vulns": []}), 2
    )
    assert found.faults == []
    assert found.told == ["advisories were read for 1 of 2 locked releases; nothing is known of the other 1"]
    assert "NO ADVISORIES WERE READ" in audit.advisories(answer({"name": "x", "skip_reason": "not found"}), 1).told[0]
    with pytest.raises(ValueError, match="Expecting value"):
        audit.advisories("", 2)


def test_where_advisories_cannot_be_read_a_sentence_says_so(monkeypatch):
    monkeypatch.setattr(audit.shutil, "which", lambda *_, **__: None)
    assert "NO ADVISORIES WERE READ" in audit._ask_advisories(3).told[0]


def test_our_own_lock_and_wishes_agree():
    found, faults = audit.locked(audit.LOCK.read_text("utf-8"))
    assert faults == []
    assert audit.faults_of_wanted(audit.direct(audit.PROJECT.read_text("utf-8")), found) == []
