"""The seal: issue and verify micro-credentials. No web framework, no socket, no clock."""
