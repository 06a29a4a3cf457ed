"""Numbers and texts of the law as dated data, each with its source."""
