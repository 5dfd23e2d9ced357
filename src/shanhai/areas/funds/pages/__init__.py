"""The pages of 协作资金: the ledger, where the money goes, what stands unspent, the two books compared."""

from shanhai.areas.funds.pages import balances, differences, flow, home, ledger

__all__ = ["balances", "differences", "flow", "home", "ledger"]
