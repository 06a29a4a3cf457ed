"""Persons whom a case is about."""
