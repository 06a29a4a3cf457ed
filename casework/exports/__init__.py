"""Every list as a file: chosen columns, safe cells, in the background when large, an event each time."""
