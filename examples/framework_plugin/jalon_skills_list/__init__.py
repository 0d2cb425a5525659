"""A list of skills of one's own, read by Jalon."""
