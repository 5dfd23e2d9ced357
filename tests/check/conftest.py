"""The example, loaded once for the tests of this folder; every test works on it in a transaction that is taken back."""

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction

from shanhai.check.checking import check
from shanhai.check.wire import answer
from shanhai.database.connections import Connections
from shanhai.loading.executing import Order, load

ROOT = Path(__file__).parents[2]
EXAMPLES = ROOT / "examples"
SHARED = ROOT.parent / "shared"
PAIRING = "331081-511381"


def _house(config: pytest.Config) -> Any:
    """The test house at the root of the repository, which makes databases."""
    return config.pluginmanager.getplugin(str(ROOT / "conftest.py"))


@pytest.fixture(scope="session")
def example_office(built: Connections, django_db_blocker: Any, pytestconfig: pytest.Config) -> Any:
    """A database with the workbooks of the example loaded into it."""
    house = _house(pytestconfig)
    office = house._copy("house_example")
    books = sorted((EXAMPLES / "wenling-langzhong").glob("*.xlsx"))
    with django_db_blocker.unblock(), house._pointing(office.urls), transaction.atomic():
        actor = office.sign_in("operator", reach="all")
        outcome = load(Order([(path.name, path) for path in books]), actor=actor, today=date(2024, 7, 1))
    assert outcome.saved, [str(finding) for finding in outcome.findings]
    return office


@pytest.fixture
def example(example_office: Any, django_db_blocker: Any, pytestconfig: pytest.Config) -> Iterator[Any]:
    """The example with the operator signed in; whatever the test does is taken back."""
    house = _house(pytestconfig)
    with django_db_blocker.unblock(), house._pointing(example_office.urls), transaction.atomic():
        example_office.sign_in("operator", reach="all")
        yield example_office
        transaction.set_rollback(True)


@pytest.fixture
def checked(example: Any) -> Callable[..., dict[str, Any]]:
    """Check a text against the example: the answer as the command gives it with `--json`."""

    def done(text: str, **asked: Any) -> dict[str, Any]:
        return answer(check(text, **asked))

    return done


@pytest.fixture
def judged(checked: Callable[..., dict[str, Any]]) -> Callable[..., dict[str, dict[str, Any]]]:
    """Check one passage told of the example's pairing: its claims by their surface."""

    def done(text: str, **asked: Any) -> dict[str, dict[str, Any]]:
        found = checked(text, pairing=asked.pop("pairing", PAIRING), **asked)
        return {claim["surface"]: claim for claim in found["claims"]}

    return done
