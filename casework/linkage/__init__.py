"""Market links, credit applications, follow-up."""
