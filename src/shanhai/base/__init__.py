"""Plain values every layer speaks: findings, money, units, dates, text, identifiers. No Django here."""
