from tests.cast import demo, door, story  # noqa: F401
