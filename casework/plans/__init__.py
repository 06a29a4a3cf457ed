"""Consultation, business plan, charter, founding conference."""
