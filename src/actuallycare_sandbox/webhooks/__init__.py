"""Webhook events, deliveries and the dispatcher that sends them."""
