"""Real OpenAPI documents of others, most of Express back ends: how far the generator gets.

`nox -s other-documents` obtains them by exact version, checks their SHA-256, generates an SDK of
each in a process of its own, and writes the tables of docs/internals/other-documents.md. No
document is kept in the project, only where it comes from (sources.toml).
"""
