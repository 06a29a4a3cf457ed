"""One class per version of a flow; a version stays importable for ever."""
