"""What is asked of the money: its ledger, the way from sources to payees, what stands unspent, the two books compared."""

from shanhai.areas.funds.queries.walking import (
    Payee,
    Step,
    steps_of_project,
    steps_of_source,
    walk_to_payees,
    walk_to_sources,
)

__all__ = ["Payee", "Step", "steps_of_project", "steps_of_source", "walk_to_payees", "walk_to_sources"]
