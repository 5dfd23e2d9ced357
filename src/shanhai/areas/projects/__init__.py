"""协作项目: projects from the library to upkeep, with sites, contracts, acceptance, assets and hand-over.

Basis: glossary A4 and section c of the domain notes: proposal, screening, library, yearly plan, approval,
tender, start, progress, completion, acceptance, price check, asset card, hand-over, upkeep; 国办函〔2021〕51号
for assets.
"""
