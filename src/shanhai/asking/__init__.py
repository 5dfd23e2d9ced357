"""Asking figures of the live records: which scope, which window, under whose rights.

Pages, commands and the checker ask here.
"""
