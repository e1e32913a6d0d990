"""The forms of the public, of those who hold an event, and of the day itself."""
