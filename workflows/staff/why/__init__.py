"""Why somebody can or cannot see or do something: the answer of the functions that decide, in words."""
