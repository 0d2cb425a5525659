"""Django's settings, all derived from `environment`."""

from __future__ import annotations

import secrets
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from jalon.config import environment

ENVIRONMENT = environment.read()
DATA_DIR: Path = ENVIRONMENT.data_dir
PUBLIC_URL: str = ENVIRONMENT.public_url
DEMO: bool = ENVIRONMENT["JALON_DEMO"]
DEBUG: bool = ENVIRONMENT["JALON_DEBUG"]
CONFORMANCE: bool = ENVIRONMENT["JALON_CONFORMANCE"]
OPERATOR: str = ENVIRONMENT["JALON_OPERATOR"]
ELM_VERSION: str = ENVIRONMENT["JALON_ELM_VERSION"]
CONTACT_EMAIL: str = ENVIRONMENT["JALON_CONTACT_EMAIL"]
SEAL_AUTHORITIES: str = ENVIRONMENT["JALON_SEAL_AUTHORITIES"]
TIME_STAMPS_URL: str = ENVIRONMENT["JALON_TIME_STAMPS_URL"]
OWN_VCT = f"{PUBLIC_URL}/types/micro-certification/1"
VCT: str = OWN_VCT if ENVIRONMENT["JALON_VCT"] == "own" else ENVIRONMENT["JALON_VCT"]
NEED_KEEP_MONTHS: int = max(1, ENVIRONMENT["JALON_NEED_KEEP_MONTHS"])
UPLOAD_MAX_BYTES: int = ENVIRONMENT["JALON_UPLOAD_MAX_MB"] * 1024 * 1024
SOURCE_DIR = Path(__file__).resolve().parent.parent


def _secret_key() -> str:
    if ENVIRONMENT["JALON_SECRET_KEY"]:
        return str(ENVIRONMENT["JALON_SECRET_KEY"])
    path = DATA_DIR / "secrets" / "secret-key"
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(50), encoding="ascii")
    return path.read_text(encoding="ascii").strip()


def _database() -> dict[str, Any]:
    url = ENVIRONMENT["DATABASE_URL"]
    if not url:
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": DATA_DIR / "jalon.sqlite3",
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;",
            },
        }
    parts = urlsplit(url)
    query = dict(pair.split("=", 1) for pair in parts.query.split("&") if "=" in pair)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")) or "jalon",
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(query.pop("host", parts.hostname or "")),
        "PORT": str(parts.port or ""),
        "OPTIONS": query,
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
    }


def _mail() -> dict[str, Any]:
    url = ENVIRONMENT["JALON_EMAIL_URL"]
    if not url:
        return {"EMAIL_BACKEND": "django.core.mail.backends.console.EmailBackend"}
    parts = urlsplit(url)
    return {
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_HOST": parts.hostname or "localhost",
        "EMAIL_PORT": parts.port or (465 if parts.scheme == "smtps" else 587),
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_SSL": parts.scheme == "smtps",
        "EMAIL_USE_TLS": parts.scheme == "smtp" and bool(parts.username),
        "EMAIL_TIMEOUT": 20,
    }


SECRET_KEY = _secret_key()
DATABASES = {"default": _database()}
globals().update(_mail())
MAIL_IS_SENT = bool(ENVIRONMENT["JALON_EMAIL_URL"])
DEFAULT_FROM_EMAIL = SERVER_EMAIL = ENVIRONMENT["JALON_EMAIL_FROM"]

_host = urlsplit(PUBLIC_URL).hostname or "localhost"
ALLOWED_HOSTS = [_host, "localhost", "127.0.0.1", "[::1]", *ENVIRONMENT["JALON_ALLOWED_HOSTS"]]
CSRF_TRUSTED_ORIGINS = [PUBLIC_URL]

INSTALLED_APPS = [
    "jalon.foundation",
    "jalon.people",
    "jalon.frameworks",
    "jalon.territory",
    "jalon.design",
    "jalon.catalogue",
    "jalon.awarding",
    "jalon.verification",
    "jalon.web",
    "jalon.api",
    "jalon.config",
    "allauth",
    "allauth.account",
    "django_tasks",
    "django_tasks_db",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "jalon.web.middleware.ContentSecurityPolicyMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "jalon.web.middleware.PlainRefusalsMiddleware",
]

ROOT_URLCONF = "jalon.config.urls"
WSGI_APPLICATION = "jalon.config.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [SOURCE_DIR / "web" / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "jalon.web.context.page",
            ],
            "builtins": ["jalon.web.templatetags.jalon"],
        },
    }
]

# — People —
AUTH_USER_MODEL = "people.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
# Nobody is locked out for want of a mail: the address is confirmed when one can be sent.
ACCOUNT_EMAIL_VERIFICATION = "optional" if ENVIRONMENT["JALON_EMAIL_URL"] else "none"
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_ADAPTER = "jalon.web.account.adapter.AccountAdapter"
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "studio:home"
LOGOUT_REDIRECT_URL = "public:home"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]

# — Language and time —
LANGUAGE_CODE = "fr"
LANGUAGES = [("fr", "Français"), ("en", "English")]
LOCALE_PATHS = [SOURCE_DIR / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Europe/Paris"
USE_THOUSAND_SEPARATOR = True
FORMAT_MODULE_PATH = ["jalon.web.formats"]

# — Files —
STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
STATICFILES_DIRS = [SOURCE_DIR / "web" / "static"]
STORAGES = {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": DATA_DIR / "files"},
    },
    "staticfiles": {"BACKEND": "jalon.web.statics.StaticFiles"},
}
WHITENOISE_KEEP_ONLY_HASHED_FILES = False
WHITENOISE_MAX_AGE = 3600
WHITENOISE_USE_FINDERS = True
DATA_UPLOAD_MAX_MEMORY_SIZE = 4 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000
FILE_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024

# — Jobs: the row is written in the caller's transaction —
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": []}}

# — Safety —
_https = PUBLIC_URL.startswith("https://")
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = _https
SESSION_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "jalon.web.public.faults.forgery"
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
LANGUAGE_COOKIE_SAMESITE = "Lax"
LANGUAGE_COOKIE_SECURE = _https
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_HSTS_SECONDS = 31_536_000 if _https else 0
X_FRAME_OPTIONS = "DENY"
if ENVIRONMENT["JALON_TRUSTED_PROXY"]:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    USE_X_FORWARDED_HOST = True
    # Throttling of sign-in counts visitors, not the proxy they all come through.
    ALLAUTH_TRUSTED_PROXY_COUNT = 1

CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "jalon"}}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {"jalon": {"level": "INFO"}, "django": {"level": "WARNING"}},
}
