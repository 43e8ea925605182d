"""Map the body of a response to its payload and typed value, or to the typed error."""
