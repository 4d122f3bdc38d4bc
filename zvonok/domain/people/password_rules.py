"""What a password may be, beyond what Django checks."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

LONGEST = 128


class MaximumLength:
    """Refuse passwords so long that hashing them would be an attack."""

    def validate(self, password: str, user: object = None) -> None:
        """Check a password. Raises: ValidationError."""
        if len(password) > LONGEST:
            raise ValidationError(
                _("This password is too long. It may have %(most)d characters at most."),
                code="password_too_long",
                params={"most": LONGEST},
            )

    def get_help_text(self) -> str:
        """Say the rule beside the field."""
        return _("At most %(most)d characters.") % {"most": LONGEST}
