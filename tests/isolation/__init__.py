"""Proofs that nobody reads what is not hers: a crawl for canaries, parity with plain SQL, and mutants of the scope."""
