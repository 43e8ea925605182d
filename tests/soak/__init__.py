"""Random faults for minutes, and every attempt reconciled with the server's own log."""
