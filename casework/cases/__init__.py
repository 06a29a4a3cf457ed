"""The case: its code, kind, stage, status and parties."""
