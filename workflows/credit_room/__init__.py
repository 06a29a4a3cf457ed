"""The lender's desk and room: built from what is shared, never the page of a case with things hidden."""
