"""Holding a case or a task, and extending a deadline."""
