"""Targets of the plan against what was reached: set by whoever steers, seen by organisation and period."""
