"""The views of the office, by page."""
