"""种植基地: bases with their land, leases, work and dividends, and what of it reached households and people.

Basis: glossary A6 (land, planting, linkage) and section d of the domain notes: rent, wages and dividends are recorded
as payments and computed, never typed as "income rose by"; promise, due and paid are three values; a dividend's
decision, list and payments agree; land that was upgraded is counted once.
"""
