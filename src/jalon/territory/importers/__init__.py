"""Official lists, read into the tables of this context."""
