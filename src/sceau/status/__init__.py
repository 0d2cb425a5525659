"""Status lists: how it is published that a credential is revoked, without saying whose."""
