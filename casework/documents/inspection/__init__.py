"""Whether a file that somebody sent is what it says it is, and does no harm (OWASP ASVS 5.0.0, chapter 5)."""
