"""The settings of the tests: the product's own, made quick, and silent about nothing."""

from kilauta.site.settings import *  # noqa: F403
from kilauta.site.settings import DATABASES

SECRET_KEY = "only-for-tests-and-long-enough-for-the-checks-of-the-start"  # noqa: S105 -- guards nothing
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
# Plain names, so that no test needs collected files. Undefined template variables fail by pyproject.toml.
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
GALLERY = True
MAIL = None
# pytest-xdist keeps only Django's own SQLite in memory by itself
if DATABASES["default"]["ENGINE"] == "kilauta.kit.store.backend":
    DATABASES["default"]["TEST"] = {"NAME": ":memory:"}
