"""The example, loaded once for the tests of this folder; every test works on it in a transaction that is taken back."""

from collections.abc import Callable
from typing import Any

import pytest

from shanhai.check.checking import check
from shanhai.check.wire import answer

PAIRING = "331081-511381"


@pytest.fixture
def example(example_loaded: Any) -> Any:
    """The example with the operator signed in; whatever the test does is taken back."""
    return example_loaded


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
