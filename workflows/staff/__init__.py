"""People at work: their seats, their absences, and handing over what they leave."""
