"""Workbooks in and out: a sheet is declared once; template, reading, checks and export come from it.

The way of a workbook: read flat with every cell's place, give the cells meaning by the declaration,
collect every finding, compare with what is recorded, and only then hand typed rows to the area's
action. Nothing here writes a record.
"""
