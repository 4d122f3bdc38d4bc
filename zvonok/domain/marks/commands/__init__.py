"""What changes in marks: the only way into the tables."""
