"""SpiffWorkflow, its state kept as JSONB after each step, with the task rows that an inbox needs."""
