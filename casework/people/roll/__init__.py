"""Member lists as officers type them: any spreadsheet in, checked plain data out, and the page that enters them."""
