"""Tests of the checking of texts."""
