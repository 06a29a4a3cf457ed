"""The notebook of a case: notes, links, tasks outside the steps."""
