"""What changes a lesson plan, and what a lesson took from it."""
