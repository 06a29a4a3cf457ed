"""What somebody typed and did not send yet. Private to her, no part of the case."""
