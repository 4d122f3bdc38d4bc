"""What changes in a school."""
