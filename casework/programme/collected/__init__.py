"""Results of bodies that are not users: asked by link or by form, kept apart from our own cases."""
