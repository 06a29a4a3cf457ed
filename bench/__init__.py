"""What the product costs, measured beside its peers and beside the floor, in a database of its own."""
