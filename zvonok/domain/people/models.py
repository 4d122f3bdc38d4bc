"""People, the accounts they sign in with, and who stands for which child. No table here belongs to a school."""

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _


class Sex(models.TextChoices):
    """As the register has it."""

    MALE = "MALE", _("male")
    FEMALE = "FEMALE", _("female")
    UNKNOWN = "UNKNOWN", _("not stated")


class Person(models.Model):
    """One human being, one row, whatever schools and roles there are."""

    id = models.UUIDField(primary_key=True)
    last_name = models.CharField(max_length=255)
    first_name = models.CharField(max_length=255, blank=True)
    middle_name = models.CharField(max_length=255, blank=True)
    sort_key = models.CharField(max_length=800, db_index=True)
    sex = models.CharField(max_length=8, choices=Sex.choices, default=Sex.UNKNOWN)
    birth_date = models.DateField(null=True)
    master_id = models.CharField(max_length=255, null=True, unique=True)
    created_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(sex__in=Sex.values), name="person_sex_known"),
            models.CheckConstraint(condition=~Q(last_name="") | ~Q(first_name=""), name="person_has_a_name"),
        ]

    def __str__(self) -> str:
        return " ".join(part for part in (self.last_name, self.first_name, self.middle_name) if part)


class AccountManager(BaseUserManager["Account"]):
    """Find accounts by what people type."""

    def get_by_natural_key(self, username: str | None) -> "Account":
        """Find an account by its login, whatever the case."""
        return self.get(login=(username or "").strip().lower())


class Account(AbstractBaseUser):
    """Who signs in: one account for one person, known by login, e-mail or phone.

    `temporary_until` is set while the password is the temporary one from a slip: it works once, until
    that day, and leads to the first entry. `entered_at` is the end of the first entry.
    `language` is empty until its owner has chosen one.
    """

    id = models.UUIDField(primary_key=True)
    person = models.OneToOneField(Person, models.PROTECT, related_name="account")
    login = models.CharField(max_length=150, unique=True)
    email = models.EmailField(null=True, unique=True)
    phone = models.CharField(max_length=16, null=True)
    language = models.CharField(max_length=2, blank=True, default="")
    is_active = models.BooleanField(default=True)
    temporary_until = models.DateField(null=True)
    entered_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField()

    objects = AccountManager()

    USERNAME_FIELD = "login"
    EMAIL_FIELD = "email"

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(login=Lower("login")), name="account_login_lower"),
            models.CheckConstraint(condition=~Q(login=""), name="account_login_given"),
        ]

    def __str__(self) -> str:
        return self.login


class Session(AbstractBaseSession):
    """A signed-in browser. The account stands in a column of its own, so that it can be joined and closed."""

    account = models.ForeignKey(Account, models.CASCADE, null=True, related_name="sessions")

    class Meta(AbstractBaseSession.Meta):
        abstract = False

    @classmethod
    def get_session_store_class(cls) -> type:
        """Name the store that reads and writes this table."""
        from zvonok.domain.people.sessions import SessionStore  # noqa: PLC0415 - the store imports this model

        return SessionStore


class Guardianship(models.Model):
    """A parent or legal representative of a child, on the days of `valid_on`."""

    id = models.UUIDField(primary_key=True)
    guardian = models.ForeignKey(Person, models.PROTECT, related_name="guardianships_held")
    child = models.ForeignKey(Person, models.PROTECT, related_name="guardianships")
    basis = models.CharField(max_length=40, default="SCHOOL_REGISTER")
    valid_on = DateRangeField()
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(child=F("guardian")), name="guardianship_not_of_oneself"),
            ExclusionConstraint(
                name="guardianship_no_overlap",
                expressions=[
                    ("guardian", RangeOperators.EQUAL),
                    ("child", RangeOperators.EQUAL),
                    ("valid_on", RangeOperators.OVERLAPS),
                ],
                condition=Q(withdrawn_at__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.guardian_id} for {self.child_id}"
