"""What changes in attestation: the only way into the tables."""
