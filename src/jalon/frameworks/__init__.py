"""Skills frameworks: concepts in every edition, found by words, suggested for an outcome, never decided."""
