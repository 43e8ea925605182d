"""Rules of the vendor's HTTP API as values: envelope, errors, pages and rate limits."""
