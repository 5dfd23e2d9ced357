"""Reads of planting: what new rows are held against, and what pages tell of bases, benefits and rounds."""
