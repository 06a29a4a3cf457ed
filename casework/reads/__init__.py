"""Every reading of a case leaves a trace: who, when, what, from which seat."""
