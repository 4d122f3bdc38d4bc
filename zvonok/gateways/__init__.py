"""The outside world: one module for each system that we speak with."""
