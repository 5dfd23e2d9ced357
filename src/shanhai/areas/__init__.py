"""The areas of cooperation: one folder each, with the same few files."""
