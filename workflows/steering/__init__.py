"""Steering a case off its usual way: return, close, reopen, jump, and finding what is stuck."""
