"""订单与消费帮扶: orders of farm produce at a price rule, their settlements, what households gained, and sales for consumption assistance.

Basis: glossary A6 (128–130, order farming: agreed, delivered and paid are three figures), A7 (134–145, consumption
assistance: one sale, three views) and section e of the domain notes: formula, grade, weighing, price source and day
stand in the agreement, and every settlement can be computed again from its inputs.
"""
