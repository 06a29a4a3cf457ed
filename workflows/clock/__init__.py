"""Working days, time limits, due dates."""
