"""The demonstration territory: fictional, marked so everywhere, credible to country people."""
