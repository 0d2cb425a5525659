"""What a credential says, whatever the format: frozen values with no JSON in them."""
