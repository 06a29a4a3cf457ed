"""Strengthening an existing cooperative (củng cố): what its steps write down, and how its case is opened."""
