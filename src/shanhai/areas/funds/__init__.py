"""协作资金: the double-entry ledger of special funds, from source to payee, to the fen.

Basis: glossary A3 and section c of the domain notes: source, issue 下达, allocation 分配, release 拨付,
payment 支付, refund, carry-over; every step an event with document number and date.
"""
