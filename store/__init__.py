"""The one Store: everything that is kept, behind plain methods that return frozen data."""
