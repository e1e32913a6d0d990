"""Settings, read from the environment through typed functions that refuse nonsense."""

from pathlib import Path

from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from xstatic.pkg import leaflet

from kilauta.kit.store.sqlite import INIT_COMMAND, use_bundled_sqlite
from kilauta.site import environment as env

use_bundled_sqlite()

PACKAGE = Path(__file__).resolve().parent.parent
DATA = env.folder("KILAUTA_DATA", "var")

DEMO = env.flag("KILAUTA_DEMO", default=False)
GALLERY = DEMO or env.flag("KILAUTA_GALLERY", default=False)
DEBUG = env.flag("KILAUTA_DEBUG", default=False)
SECRET_KEY = env.secret("KILAUTA_SECRET_KEY", "not-for-production")
BACKUP_KEY = env.secret("KILAUTA_BACKUP_KEY", "")
ALLOWED_HOSTS = env.words("KILAUTA_HOSTS", ["localhost", "127.0.0.1", ".localhost", "testserver"])
BEHIND_HTTPS = env.flag("KILAUTA_HTTPS", default=False)
# how the addresses of our pages begin in mails, which no request tells
ADDRESS = env.text("KILAUTA_ADDRESS", "").rstrip("/") or (
    f"{'https' if BEHIND_HTTPS else 'http'}://{next((h for h in ALLOWED_HOSTS if not h.startswith('.')), 'localhost')}"
)
PROXIES = env.proxies("KILAUTA_PROXIES", "0")
TILES_URL = env.text("KILAUTA_TILES_URL", "")
TILES_ATTRIBUTION = env.text("KILAUTA_TILES_ATTRIBUTION", "")
MEETING_URL = env.meeting("KILAUTA_MEETING_URL", "")
SERVICE_OWNER = env.text("KILAUTA_OWNER", "")
PRIVACY_OFFICER = env.text("KILAUTA_PRIVACY_OFFICER", "")
MAIL_FROM = env.text("KILAUTA_MAIL_FROM", "")
MAIL = env.mail(env.secret("KILAUTA_MAIL_URL", ""), sender=MAIL_FROM)
STATEMENT_REVIEWED_ON = env.day("KILAUTA_STATEMENT_REVIEWED_ON", "2026-11-22")

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.humanize",
    # before the library whose templates it clothes
    "kilauta.kit.accounts",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.usersessions",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "kilauta.kit.audit",
    "kilauta.kit.access",
    "kilauta.kit.privacy",
    "kilauta.kit.outbox",
    "kilauta.kit.jobs",
    "kilauta.kit.rights",
    "kilauta.kit.limits",
    "kilauta.kit.forms",
    "kilauta.kit.store",
    "kilauta.kit.exchange",
    "kilauta.kit.search",
    "kilauta.kit.metrics",
    "kilauta.kit.components",
    "kilauta.kit.registers",
    "kilauta.kit.reservations",
    "kilauta.kit.questions",
    "kilauta.kit.ports",
    "kilauta.domains.territory",
    "kilauta.domains.directory",
    "kilauta.domains.guidance",
    "kilauta.domains.booking",
    "kilauta.domains.events",
    "kilauta.domains.finder",
    "kilauta.domains.communications",
    "kilauta.site",
]
AUTH_USER_MODEL = "accounts.Person"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.ScryptPasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_request_login_code"
LOGIN_REDIRECT_URL = "desk"
ACCOUNT_ADAPTER = "kilauta.kit.accounts.adapter.Adapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
# nobody signs up; without a password here the page of passwords would have no field for one
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_MAX_ATTEMPTS = 5
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 15 * 60
ACCOUNT_PASSWORD_RESET_BY_CODE_ENABLED = True
ACCOUNT_PASSWORD_RESET_BY_CODE_TIMEOUT = 15 * 60
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_PREVENT_ENUMERATION = "strict"
# a shared library computer forgets when its window is closed
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_REAUTHENTICATION_TIMEOUT = 15 * 60
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = True
ACCOUNT_RATE_LIMITS = {"login_failed": "10/h/key,20/h/ip", "reset_password": "20/h/ip,5/h/key"}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_TOLERANCE = 1
MFA_TOTP_ISSUER = "Kilauta"
MFA_RECOVERY_CODES_SHOW_ONCE = True
SOCIALACCOUNT_ADAPTER = "kilauta.kit.accounts.adapter.SocialAdapter"
SOCIALACCOUNT_PROVIDERS = env.openid(
    env.text("KILAUTA_OPENID_URL", ""),
    name=env.text("KILAUTA_OPENID_NAME", "OpenID"),
    client=env.text("KILAUTA_OPENID_CLIENT", ""),
    password=env.secret("KILAUTA_OPENID_SECRET", ""),
)
SESSION_COOKIE_AGE = 12 * 3600
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "kilauta.kit.access.middleware.ShutDoorsMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "kilauta.site.middleware.PermissionsPolicyMiddleware",
    "kilauta.site.middleware.ReadingMiddleware",
]

ROOT_URLCONF = "kilauta.site.urls"
WSGI_APPLICATION = "kilauta.site.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.messages.context_processors.messages",
                "kilauta.site.context.page",
            ],
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.static",
                "kilauta.kit.components.templatetags.components",
                "kilauta.kit.forms.templatetags.forms",
            ],
        },
    },
]

DATABASES = {
    "default": env.database("DATABASE_URL", DATA / "kilauta.sqlite3", init_command=INIT_COMMAND),
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
# what limits attempts to sign in is counted in one place for all processes
CACHES = {"default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "cache"}}

LANGUAGE_CODE = "fi"
LANGUAGES = [("fi", "Suomi"), ("sv", "Svenska"), ("en", "English")]
LOCALE_PATHS = [PACKAGE / "locale"]
FORMAT_MODULE_PATH = ["kilauta.site.formats"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Europe/Helsinki"

STATIC_URL = "/static/"
# Only a map over tiles needs it; the drawing does without.
STATICFILES_DIRS = [("leaflet", leaflet.BASE_DIR)]
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False
WHITENOISE_MAX_AGE = 3600
WHITENOISE_SKIP_COMPRESS_EXTENSIONS = ("woff2", "png", "jpg", "map")

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "manifest-src": [SELF],
        "base-uri": [NONE],
        "object-src": [NONE],
        "frame-ancestors": [NONE],
    },
}
if TILES_URL:
    CONTENT_SECURITY_POLICY["DIRECTIVES"]["img-src"].append(env.origin(TILES_URL))
if MEETING_URL:
    # the button of a remote meeting leads there
    CONTENT_SECURITY_POLICY["DIRECTIVES"]["form-action"].append(env.origin(MEETING_URL))

SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
if BEHIND_HTTPS:
    SECURE_SSL_REDIRECT = True
    SECURE_HSTS_SECONDS = 31_536_000
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_HSTS_PRELOAD = True
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    CSRF_COOKIE_SECURE = SESSION_COOKIE_SECURE = True
    CSRF_COOKIE_NAME = "__Host-csrftoken"
    SESSION_COOKIE_NAME = "__Host-sessionid"

DATA_UPLOAD_MAX_MEMORY_SIZE = 1_000_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 300

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["console"], "level": "INFO"},
    "loggers": {
        # Django's own words about a refused address hold the whole query; ours do not.
        "django.request": {"level": "ERROR"},
        "django.security.DisallowedHost": {"handlers": [], "propagate": False},
    },
}

if DEBUG and env.flag("KILAUTA_PRODUCTION", default=False):
    raise ImproperlyConfigured("KILAUTA_DEBUG may not be on in production.")
