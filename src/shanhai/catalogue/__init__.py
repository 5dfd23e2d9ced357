"""Finds what areas declare: the menu, sheets, figures, pages and acts, without any list to keep by hand."""
