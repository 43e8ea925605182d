"""Steps from the vendor's document to `Api`; `codegen.pipeline` has their order. Pure."""
