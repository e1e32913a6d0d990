"""The look in parts: tags with declared attributes (a misspelt one is an error when the template is compiled)."""
