"""The same job done by others: small programs of our own over published packages, in an environment of their own."""
