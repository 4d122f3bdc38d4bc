"""The demo schools, all of them invented."""
