"""Credit: products, what a lender is shown, its questions, what it pays out and how it is paid back."""
