"""The yearly report: drafted, reviewed, frozen; the same data for ever."""
