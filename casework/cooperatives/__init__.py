"""The cooperative that outlives its cases."""
