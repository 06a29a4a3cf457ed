"""Who works next: flows, tasks, the desk, the clock. The only package that knows viewflow."""
