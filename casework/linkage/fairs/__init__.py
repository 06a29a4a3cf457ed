"""Fairs and trade events, with the cooperatives that took part."""
