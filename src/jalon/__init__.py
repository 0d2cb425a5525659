"""The platform on which a rural territory designs, awards, verifies and stacks micro-certifications."""
