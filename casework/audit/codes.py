"""Short codes that people can read aloud: of an event (a receipt) and of a checkpoint."""

_LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford's: no I, L, O, U


def short_code(digest: bytes) -> str:
    """The first 60 bits of a hash as twelve letters and digits, in groups of four."""
    bits = int.from_bytes(digest[:8], "big") >> 4
    letters = "".join(_LETTERS[(bits >> shift) & 31] for shift in range(55, -1, -5))
    return f"{letters[:4]}-{letters[4:8]}-{letters[8:]}"


def read_code(typed: str) -> str:
    """A code as somebody typed it, in the form that `short_code` gives; what is no letter of it is left out."""
    letters = typed.upper().translate(str.maketrans("OIL", "011"))
    kept = "".join(letter for letter in letters if letter in _LETTERS)
    return f"{kept[:4]}-{kept[4:8]}-{kept[8:]}" if len(kept) == 12 else ""
