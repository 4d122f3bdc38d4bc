"""PostgreSQL as Django knows it, with times read by the driver's compiled code."""
