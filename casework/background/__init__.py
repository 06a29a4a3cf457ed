"""Work in the background: the worker's loop over Django Tasks, periodic ticks, retries, dead letters."""
