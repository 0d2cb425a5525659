"""Questions asked of frameworks: what is here, what surrounds a concept, what became of it."""
