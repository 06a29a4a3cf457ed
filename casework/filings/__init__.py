"""The registration dossier, its rounds and results."""
