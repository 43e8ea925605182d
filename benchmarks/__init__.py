"""What the SDK costs, against what its users would use instead: `nox -s bench`."""
