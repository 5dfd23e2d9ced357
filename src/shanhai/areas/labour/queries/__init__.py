"""Every read of labour cooperation that is more than a filter."""
