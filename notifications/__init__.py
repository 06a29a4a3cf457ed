"""Telling people. Nobody imports it."""
