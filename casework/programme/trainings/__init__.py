"""Trainings and events of communication: who took part, as evidence for state support (Decree 113/2024/NĐ-CP)."""
