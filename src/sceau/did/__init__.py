"""Decentralised identifiers: who an issuer is, and where its keys are found."""
