"""What a case is and what may be done to it. Imports neither workflows nor notifications."""
