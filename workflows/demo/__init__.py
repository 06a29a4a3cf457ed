"""The demo world: a province, its organisations, people and cases, made by acts."""

from workflows.demo.world import sign_ins

__all__ = ["sign_ins"]
