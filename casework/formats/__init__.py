"""Dates and numbers as written in Vietnam; Django's own `vi` reads 03/04/2026 as 4 March."""
