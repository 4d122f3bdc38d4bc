"""The one settings file: everything that differs between installations comes from the environment."""

import os
from pathlib import Path
from typing import Any

from psycopg.conninfo import conninfo_to_dict

CHECKOUT = Path(__file__).resolve().parents[2]
DEMO_SECRET = "demo-secret-not-for-production"


def text(name: str, default: str = "") -> str:
    """Read a setting; an empty value counts as unset."""
    return os.environ.get(name) or default


def flag(name: str) -> bool:
    """Read a setting that is on or off."""
    return text(name).lower() in {"1", "true", "yes", "on"}


def words(name: str, default: str = "") -> list[str]:
    """Read a setting that is a list of words separated by commas."""
    return [word.strip() for word in text(name, default).split(",") if word.strip()]


def database(url: str, *, kept_seconds: int | None) -> dict[str, Any]:
    """Turn a connection URL into Django's words, with the options that hot pages want.

    `kept_seconds` says how long a thread keeps its connection; None is for good.
    """
    parts = conninfo_to_dict(url)
    return {
        "ENGINE": "zvonok.kernel.postgresql",
        "NAME": parts.get("dbname", "zvonok"),
        "USER": parts.get("user", ""),
        "PASSWORD": parts.get("password", ""),
        "HOST": parts.get("host", ""),
        "PORT": parts.get("port", ""),
        "DISABLE_SERVER_SIDE_CURSORS": True,
        "CONN_MAX_AGE": kept_seconds,
        "OPTIONS": {"server_side_binding": True, "prepare_threshold": 2},
    }


ZVONOK_HOME = Path(text("ZVONOK_HOME", str(CHECKOUT / "var")))
DEBUG = flag("DEBUG")
DEMO = flag("ZVONOK_DEMO")
SECRET_KEY = text("SECRET_KEY", DEMO_SECRET)
ALLOWED_HOSTS = words("ALLOWED_HOSTS", "localhost,127.0.0.1,[::1]")
CSRF_TRUSTED_ORIGINS = words("CSRF_TRUSTED_ORIGINS")
SECURE = flag("SECURE_COOKIES")

DATABASE_URL = text("DATABASE_URL", "postgresql:///zvonok")
DATABASE_OWNER_URL = text("DATABASE_OWNER_URL", DATABASE_URL)
DATABASES = {
    # The few threads of the server hold on to theirs: taking one from a pool costs as much as an unchanged page.
    "default": database(DATABASE_URL, kept_seconds=None),
    "owner": database(DATABASE_OWNER_URL, kept_seconds=0),
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "procrastinate.contrib.django",
    "django_htmx",
    "zvonok.domain.history",
    "zvonok.domain.files",
    "zvonok.domain.people",
    "zvonok.domain.schools",
    "zvonok.domain.access",
    "zvonok.domain.timetable",
    "zvonok.domain.planning",
    "zvonok.domain.marks",
    "zvonok.domain.attendance",
    "zvonok.domain.homework",
    "zvonok.domain.remarks",
    "zvonok.domain.submissions",
    "zvonok.domain.attestation",
    "zvonok.domain.control",
    "zvonok.domain.notices",
    "zvonok.screens.shell",
    "zvonok.screens.identity",
    "zvonok.screens.account",
    "zvonok.screens.diary",
    "zvonok.screens.journal",
    "zvonok.screens.office",
    "zvonok.screens.operations",
    "zvonok.workers",
]
MIDDLEWARE = [
    "zvonok.screens.shell.security.SecurityHeaders",
    "zvonok.screens.diary.early.AnswerUnchanged",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "zvonok.screens.shell.compression.Compress",
    "zvonok.screens.shell.availability.AnswerWhenTheDatabaseIsAway",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "zvonok.screens.shell.language.ChooseLanguage",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "zvonok.screens.shell.refusals.AnswerRefusals",
    "allauth.account.middleware.AccountMiddleware",
]
ROOT_URLCONF = "zvonok.config.urls"
WSGI_APPLICATION = "zvonok.config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "DIRS": [],
        "APP_DIRS": False,
        "OPTIONS": {"environment": "zvonok.screens.shell.jinja.environment"},
    },
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ]
        },
    },
]
FORM_RENDERER = "zvonok.screens.shell.form_renderer.JinjaRenderer"

AUTH_USER_MODEL = "people.Account"
AUTHENTICATION_BACKENDS = ["zvonok.screens.identity.backend.OneHashBackend"]
LOGIN_URL = "/sign-in/"
LOGIN_REDIRECT_URL = "/"
PASSWORD_HASHERS = [
    "zvonok.domain.people.hashers.SchoolArgon2Hasher",
    "django.contrib.auth.hashers.Argon2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ["login", "email", "phone", "person_name"]},
    },
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 8}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "zvonok.domain.people.password_rules.MaximumLength"},
]
ACCOUNT_USER_MODEL_USERNAME_FIELD = "login"
ACCOUNT_USER_MODEL_EMAIL_FIELD = "email"
ACCOUNT_LOGIN_METHODS = {"username", "email"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_SESSION_REMEMBER = None
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_RATE_LIMITS = {"login": "60/m/ip", "login_failed": "30/m/ip,5/5m/key"}
ACCOUNT_ADAPTER = "zvonok.screens.identity.adapter.AccountAdapter"
ALLAUTH_TRUSTED_PROXY_COUNT = int(text("TRUSTED_PROXIES", "0"))

SESSION_ENGINE = "zvonok.domain.people.sessions"
SESSION_COOKIE_NAME = "__Host-session" if SECURE else "session"
SESSION_COOKIE_AGE = 30 * 24 * 3600
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_NAME = "__Host-csrf" if SECURE else "csrf"
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "zvonok.screens.shell.errors.csrf_failed"
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if SECURE else None
MESSAGE_STORAGE = "django.contrib.messages.storage.cookie.CookieStorage"

PROCRASTINATE_IMPORT_PATHS = [
    "zvonok.workers.notices",
    "zvonok.workers.imports",
    "zvonok.workers.files",
    "zvonok.workers.points",
]
PROCRASTINATE_DATABASE_ALIAS = "default"

CACHES: dict[str, dict[str, Any]] = {
    "default": (
        {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": text("CACHE_URL")}
        if text("CACHE_URL")
        # Tries at the sign-in are counted here: at Django's 300 entries a busy morning would forget them.
        else {
            "BACKEND": "django.core.cache.backends.db.DatabaseCache",
            "LOCATION": "shared_cache",
            "OPTIONS": {"MAX_ENTRIES": 20_000},
        }
    ),
    # Rendered insides of family pages, keyed by revision and so never stale: one store in each process.
    "pages": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": "pages",
        "OPTIONS": {"MAX_ENTRIES": 2000},
    },
}

LANGUAGE_CODE = text("LANGUAGE_CODE", "ru")
LANGUAGES = [("ru", "Русский"), ("en", "English")]
LANGUAGE_COOKIE_NAME = "language"
LANGUAGE_COOKIE_AGE = 365 * 24 * 3600
LOCALE_PATHS = [CHECKOUT / "zvonok" / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = text("TIME_ZONE", "Europe/Moscow")

STATIC_URL = "/static/"
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
    "zvonok.screens.shell.static_files.SheetFinder",
]
STATIC_ROOT = ZVONOK_HOME / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "zvonok.screens.shell.static_files.ModuleManifestStorage"},
}
# What people hand in: a folder, or s3://bucket/prefix?endpoint=https://…&region=… . It has no address of its own.
STORAGE_URL = text("STORAGE_URL", str(ZVONOK_HOME / "files"))
# host:port of clamd, or the path of its socket. Without it files stay in quarantine.
CLAMD_ADDRESS = text("CLAMD_ADDRESS")
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_500_000
FILE_UPLOAD_MAX_MEMORY_SIZE = 1_000_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2_000

X_FRAME_OPTIONS = "DENY"
LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": text("LOG_LEVEL", "WARNING")},
}
