"""Chaos: real web and worker processes, people who work through the pages, and a nemesis. docs/concepts/chaos.md."""
