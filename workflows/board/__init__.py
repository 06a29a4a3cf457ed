"""Supervision: where everything stands, what will be late, who has how much to do."""
