"""Who sees a case, why and until when."""
