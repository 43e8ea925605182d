"""The handwritten run time under the generated modules. It never imports `api` or `models`."""
