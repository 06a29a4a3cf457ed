"""Notes on a case and links between cases."""
