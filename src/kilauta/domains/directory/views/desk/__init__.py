"""My organisation: the pages in which those who give help keep their own entries right."""
