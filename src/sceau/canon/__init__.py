"""
From JSON to the one sequence of bytes that is signed: strict reading, pinned contexts, RDF, canonical order.
"""
