"""What a cooperative was given, by whom and from which money; and a word when the same was given twice."""
