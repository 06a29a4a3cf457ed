"""Backups: one file with the dump of the database, the documents and a list of both; and the way back."""
