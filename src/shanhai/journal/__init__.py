"""The base of all records, every act, evidence and sources.

A record is entered once, with its proof; it is corrected by a later act, never edited in silence.
The journal keeps who did what, when, why, before and after, chained so that a change is found.
"""
