"""What changes in the register of people and their accounts."""
