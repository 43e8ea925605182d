"""The OpenAPI document: operations, schemas, validation and the form of responses."""
