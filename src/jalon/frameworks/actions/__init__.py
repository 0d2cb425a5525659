"""What can be done with frameworks: import an edition, and what a search needs after it."""
