"""The ASGI application, its middleware, and the ways to run it."""
