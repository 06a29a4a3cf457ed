"""Requests about personal data: registered with their terms, answered, and what is found of a person."""
