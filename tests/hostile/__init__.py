"""What nobody should send: requests made from the OpenAPI document, and a corpus of broken and hostile ones."""
