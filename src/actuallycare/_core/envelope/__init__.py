"""From the body of a response to the payload, the typed value, or the error."""
