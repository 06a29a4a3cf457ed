"""The pages of a case: list, new lead, the file itself. They show who works next, so they live here."""
