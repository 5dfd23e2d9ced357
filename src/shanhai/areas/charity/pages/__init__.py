"""What charity puts on the site: campaigns by winter, gifts by level, training and work of disabled people."""
