"""What people ask about their own data: registered, answered in time, found and handed out."""
