"""Events: what was done, by whom, when and why. Imports no other room."""
