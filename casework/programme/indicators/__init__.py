"""What the programme counts: indicators, periods and targets as data, and the rows behind every number."""
