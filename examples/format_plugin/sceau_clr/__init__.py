"""Comprehensive Learner Records 2.0 for sceau: an example of a format that lives outside of the engine."""
