"""The task inbox and the page of one task."""
