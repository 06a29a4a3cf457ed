"""The pages where pairs that look alike are compared and decided; merging leads ends tasks, so they live here."""
