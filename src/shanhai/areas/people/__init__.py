"""人员与农户: the registers other areas refer to, and who decided that two records mean one person or household.

Basis: glossary A2 (persons, person-times and households), 脱贫户 and 监测户 by the national information system's classes.
"""
