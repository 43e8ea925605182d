"""From the vendor's OpenAPI document to the generated part of the SDK: `python -m codegen`."""
