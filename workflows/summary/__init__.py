"""How many cases of which kind somebody sees, kept beside the cases and right at every moment."""
