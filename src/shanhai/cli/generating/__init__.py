"""Whole synthetic programmes with true totals: for tests, benchmarks and trying things out.

`shanhai generate` writes them through the tables an office uses, every line journalled. What a figure should give is
worked out here from the generator's own arrays, never from the records or the figures' definitions.
"""
