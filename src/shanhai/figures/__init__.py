"""Figures: numbers as the rows they count and how these fold.

An area declares; this package compiles one definition for two engines (PostgreSQL for the live value under the
reader's own row rights, DuckDB over Parquet for publication and as the standing oracle), evaluates, opens and
measures. It knows no area and no Django: a connection is handed in.
"""
