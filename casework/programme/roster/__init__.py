"""Rosters as officers type them: any spreadsheet in, checked plain data out. No models, no database."""
