"""Finding the same lead, cooperative or person entered twice."""
