"""示范与荣誉: titles with their level, day and paper, what later reviews said of them, and the places built as examples.

Basis: glossary A6 item 105 (示范村) and the section on counting results; a title counts by the day of the paper that
awards it, so one that is only nominated or publicly announced is no title yet. Withdrawn or expired, it is no longer in
force and was awarded all the same. A place named at two levels is one place. The academy of rural revitalisation and
other institutions are people's places of learning and stand with talent exchange.
"""
