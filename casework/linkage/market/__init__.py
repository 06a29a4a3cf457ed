"""Market links in full: what each kind asks for, verification by a named person, and what came of it."""
