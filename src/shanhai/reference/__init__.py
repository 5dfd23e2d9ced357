"""Reference: regions, scopes and pairings, organisations, people, households, the calendar, closings."""
