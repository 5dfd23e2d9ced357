"""Finding records by any words in them: a table of tokens beside the records, filled after they are written."""
