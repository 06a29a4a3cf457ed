"""Tasks outside the steps of a flow: one person asks another."""
