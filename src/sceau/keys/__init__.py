"""Keys: how they are written, and how they sign and check."""
