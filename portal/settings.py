"""Settings of the one process at hand. Each gets its own database role and its own secrets from the environment.

`make run` sets everything (portal/embedded); a real installation sets the variables of docs/operations.md.
"""

from __future__ import annotations

import secrets
from pathlib import Path
from typing import Any

import environ
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

from portal.api.configuration import *  # noqa: F403
from portal.schedule import BEAT_SCHEDULE
from surveys.languages import RIGHT_TO_LEFT

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.Env()


def read_secret_key() -> str:
    """From SECRET_KEY_FILE or SECRET_KEY; else one that lasts as long as the process (checks, importers)."""
    path = env.str("SECRET_KEY_FILE", default="")
    if path:
        try:
            return Path(path).read_text().strip()
        except OSError as error:
            raise ImproperlyConfigured(
                f"SECRET_KEY_FILE names {path}, which can't be read ({error.strerror}). "
                "Make the file with 50 random characters, readable by this process only."
            ) from None
    return env.str("SECRET_KEY", default="") or secrets.token_urlsafe(50)


SECRET_KEY = read_secret_key()
# Former keys, while a new one comes into use: they still open sessions and sealed second factors.
SECRET_KEY_FALLBACKS = env.list("SECRET_KEY_FALLBACKS", default=[])
DEBUG = env.bool("DEBUG", default=False)
IS_DEMO = env.bool("VAXTKRAFT_DEMO", default=False)
BASE_URL = env.str("VAXTKRAFT_BASE_URL", default="http://127.0.0.1:8000").rstrip("/")
IS_HTTPS = BASE_URL.startswith("https://")
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["127.0.0.1", "localhost", "[::1]", "testserver"])
CSRF_TRUSTED_ORIGINS = [BASE_URL] if IS_HTTPS else []
KEYS_DIR = Path(env.str("VAXTKRAFT_KEYS_DIR", default=str(BASE_DIR / "var" / "keys")))

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.contrib.humanize",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "guardian",
    "rest_framework",
    "drf_spectacular",
    "django_celery_beat",
    "csp",
    "portal.tenancy",
    "portal.jobs",
    "portal.audit",
    "portal.mail",
    "portal",
    "accounts",
    "datasets",
    "dialogues",
    "surveys",
]

MIDDLEWARE = [
    "surveys.answering.middleware.NobodyMiddleware",
    "portal.middleware.cookieless.CookielessMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "portal.api.middleware.ApiDoorMiddleware",
    "portal.middleware.policy.PolicyMiddleware",
    "portal.middleware.known_people.SessionMiddleware",
    "portal.middleware.language.LanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "portal.middleware.known_people.AuthenticationMiddleware",
    "portal.middleware.known_people.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "accounts.middleware.SessionAgeMiddleware",
    "accounts.middleware.SecondFactorMiddleware",
    "accounts.middleware.TenancyMiddleware",
]

ROOT_URLCONF = "portal.urls"
WSGI_APPLICATION = "portal.wsgi.application"
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "frontend" / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "accounts.context.shell",
            ],
        },
    },
]


def database(url: str, *, pool: int = 0) -> dict[str, Any]:
    """One PostgreSQL connection; with a pool in a process that serves pages."""
    config: dict[str, Any] = dict(env.db_url_config(url))
    options: dict[str, Any] = {"connect_timeout": 5, "application_name": "vaxtkraft"}
    if pool:
        # A lost database is looked for again by each page that needs it, not at ever longer intervals.
        options["pool"] = {"min_size": 1, "max_size": pool, "timeout": 5, "reconnect_timeout": 2}
    # Checked when taken from the pool: after a restart of the database no page meets a dead connection.
    config.update(CONN_MAX_AGE=0, CONN_HEALTH_CHECKS=True, OPTIONS=options | config.get("OPTIONS", {}))
    return config


POOL = env.int("DATABASE_POOL", default=0)
DATABASES = {"default": database(env.str("DATABASE_URL", default="postgres:///vaxtkraft"), pool=POOL)}
if env.str("DATABASE_ASSUME_ROLE", default=""):
    DATABASES["default"]["OPTIONS"]["assume_role"] = env.str("DATABASE_ASSUME_ROLE")
if env.str("SURVEY_DATABASE_URL", default=""):
    # A second connection of the web process: it may execute a few functions and touch no table.
    # Not checked when taken from the pool: `surveys.public_round.ask` notices a dead one, and asks again.
    DATABASES["survey"] = database(env.str("SURVEY_DATABASE_URL"), pool=POOL) | {"CONN_HEALTH_CHECKS": False}
if env.str("WEB_DATABASE_URL", default=""):
    # Only where the demo is made: its officials' deeds are done as `web`.
    DATABASES["web"] = database(env.str("WEB_DATABASE_URL"))
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
TEST_RUNNER = "tests.plugins.no_runner.PytestOnly"

REDIS_URL = env.str("REDIS_URL", default="redis://127.0.0.1:6379")
CACHES = {
    "default": {"BACKEND": "portal.caching.ValkeyOrDatabase", "LOCATION": REDIS_URL},
}

# The work that a browser does for an open link (surveys/ways_in/work.py): about 2^13 tries, and twice that a bit.
SURVEY_WORK_BITS = env.int("VAXTKRAFT_WORK_BITS", default=13)

# --- people and signing in ---
AUTH_USER_MODEL = "accounts.User"
TENANT_MODEL = "accounts.Tenant"
AUTHENTICATION_BACKENDS = [
    "allauth.account.auth_backends.AuthenticationBackend",
    "accounts.backends.RoleBackend",
    "accounts.backends.ObjectGrantBackend",
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
ACCOUNT_ADAPTER = "accounts.adapter.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_PREVENT_ENUMERATION = "strict"
ACCOUNT_USER_DISPLAY = "accounts.context.display_name"
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_REAUTHENTICATION_TIMEOUT = 600
MFA_ADAPTER = "accounts.adapter.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_TOTP_ISSUER = "Växtkraft"
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not IS_HTTPS
MFA_PASSKEY_LOGIN_ENABLED = True
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
ACCOUNT_LOGOUT_REDIRECT_URL = "front"
ANONYMOUS_USER_NAME = None
SILENCED_SYSTEM_CHECKS = ["guardian.W001"]  # accounts.backends.ObjectGrantBackend is its subclass
GUARDIAN_RAISE_403 = False
GUARDIAN_MONKEY_PATCH_USER = False

SESSION_COOKIE_NAME = "__Host-session" if IS_HTTPS else "session"
CSRF_COOKIE_NAME = "__Host-csrf" if IS_HTTPS else "csrf"
SESSION_COOKIE_AGE = 30 * 60
SESSION_LONGEST = 10 * 60 * 60
SESSION_SAVE_EVERY_REQUEST = True
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = IS_HTTPS
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SECURE_SSL_REDIRECT = IS_HTTPS
SECURE_REDIRECT_EXEMPT = [r"^halsa/"]
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if IS_HTTPS else None
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if IS_HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = IS_HTTPS
SECURE_REFERRER_POLICY = "same-origin"
CSRF_FAILURE_VIEW = "portal.views.csrf_failure"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
    }
}

# --- sources of official figures ---
# An address left empty means that the source is not asked. The demo asks nobody.
SOURCES = {
    kind: env.str(name, default="" if IS_DEMO else address)
    for kind, name, address in (
        ("pxwebapi2", "VAXTKRAFT_SCB_URL", "https://statistikdatabasen.scb.se/api/v2"),
        ("pxwebapi1", "VAXTKRAFT_SCB1_URL", "https://api.scb.se/OV0104/v1/doris/sv/ssd"),
        ("kolada", "VAXTKRAFT_KOLADA_URL", "https://api.kolada.se/v3"),
    )
}

# --- language, time, files ---
LANGUAGE_CODE = "sv"
LANGUAGES = [("sv", "Svenska"), ("en", "English")]
# Questionnaires can be in any language; these are written from right to left.
LANGUAGES_BIDI = sorted(RIGHT_TO_LEFT)
LOCALE_PATHS = [BASE_DIR / "frontend" / "locale"]
LANGUAGE_COOKIE_NAME = "language"
USE_TZ = True
TIME_ZONE = "Europe/Stockholm"
STATIC_URL = "/static/"
STATIC_ROOT = BASE_DIR / "var" / "static"
STATICFILES_DIRS: list[Any] = [BASE_DIR / "frontend" / "static"]
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.FileSystemFinder",
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
    "portal.assets.NpmFinder",
]
# Development and tests may serve files under their own names, without collecting them first.
STATIC_STORAGE = env.str("STATIC_STORAGE", default="portal.assets.HashedStorage")
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": STATIC_STORAGE},
}
# An upload is read from memory: nothing of it touches the disk of the web process.
FILE_UPLOAD_HANDLERS = ["portal.files.upload.BoundedMemoryUploadHandler"]
FILE_UPLOAD_LIMIT = 50 * 1024 * 1024
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024

# --- mail, jobs ---
EMAIL_BACKEND = (
    "portal.mail.backends.DemoInbox"
    if IS_DEMO
    else env.str("EMAIL_BACKEND", default="django.core.mail.backends.smtp.EmailBackend")
)
vars().update({} if IS_DEMO else env.email_url("EMAIL_URL", default="smtp://localhost:25"))
if IS_DEMO:
    EMAIL_BACKEND = "portal.mail.backends.DemoInbox"
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default="Växtkraft <vaxtkraft@localhost>")

CELERY_BROKER_URL = REDIS_URL
CELERY_TASK_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_TASK_TIME_LIMIT = 3600
CELERY_TASK_SOFT_TIME_LIMIT = 3300
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "visibility_timeout": 4000,
    "socket_timeout": 5,
    "socket_connect_timeout": 5,
    "max_retries": 1,
}
CELERY_TIMEZONE = TIME_ZONE
CELERY_BEAT_SCHEDULER = "django_celery_beat.schedulers:DatabaseScheduler"
CELERY_BEAT_SCHEDULE = BEAT_SCHEDULE

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    # Exceptions are logged by their place, never with the request's data or a row that PostgreSQL quotes.
    "filters": {"reticent": {"()": "portal.health.logs.Reticent"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "plain", "filters": ["reticent"]}},
    "root": {"handlers": ["stderr"], "level": "INFO"},
    "loggers": {
        "django.server": {"propagate": True},
        "django.security.csrf": {"level": "ERROR"},
        # It tells what each task returned: how many answers were shuffled, and when.
        "celery.app.trace": {"level": "WARNING"},
        # A line for every beat of the clock, and one for every task that arrives.
        "celery.beat": {"level": "WARNING"},
        "celery.worker.strategy": {"level": "WARNING"},
        # A line for every question to a source of figures.
        "httpx": {"level": "WARNING"},
    },
}
