"""Files of a case, checklists, and papers made from case data."""
