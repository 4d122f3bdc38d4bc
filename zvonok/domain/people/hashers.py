"""How passwords are kept."""

from django.contrib.auth.hashers import Argon2PasswordHasher


class SchoolArgon2Hasher(Argon2PasswordHasher):
    """Argon2id with 19 MiB, two passes, one lane: the least that OWASP names, and no storm at 8 in the morning.

    Source: docs/security.md, Passwords.
    """

    algorithm = "argon2school"
    time_cost = 2
    memory_cost = 19 * 1024
    parallelism = 1
