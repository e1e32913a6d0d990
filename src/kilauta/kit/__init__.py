"""What every domain is built from: knows Django, no domain."""
