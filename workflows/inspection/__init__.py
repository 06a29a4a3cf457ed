"""What an inspector needs: the pack that she can verify herself, and her desk."""
