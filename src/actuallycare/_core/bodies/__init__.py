"""Request bodies other than JSON. Generated code imports only those that the document uses."""
