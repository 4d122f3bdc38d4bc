"""What the addresses of the journal answer."""
