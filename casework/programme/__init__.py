"""The support programme: rosters, targets, reports."""
