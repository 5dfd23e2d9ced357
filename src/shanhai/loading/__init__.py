"""A load from files to saved records: planned by intake, done by the areas' actions, with the figures it would move."""
