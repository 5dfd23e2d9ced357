"""The pages: generic list, record, figure, upload and check pages, and their components."""
