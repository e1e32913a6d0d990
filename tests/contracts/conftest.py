from tests.cast import demo, story  # noqa: F401
