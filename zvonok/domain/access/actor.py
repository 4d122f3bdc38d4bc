"""Who is asking: the account, the person, and what they work as today."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from zvonok.domain.schools.models import Role


@dataclass(frozen=True, slots=True)
class Post:
    """Something a person works as in a school; a class teacher's post names the class."""

    school_id: UUID
    role: Role
    class_id: UUID | None = None
    class_title: str = ""


@dataclass(frozen=True, slots=True)
class Actor:
    """Who is asking, on a day. Roles come from the school's register alone."""

    account_id: UUID
    person_id: UUID
    name: str
    day: date
    roles: tuple[Post, ...] = ()
    has_diaries: bool = False
    has_entered: bool = True

    @property
    def is_family(self) -> bool:
        """Whether there is a diary on this account's page."""
        return self.has_diaries

    def works_as(self, role: Role, *, school_id: UUID) -> bool:
        """Say whether the actor holds a role in a school."""
        return any(post.role == role and post.school_id == school_id for post in self.roles)

    def schools_as(self, *roles: Role) -> tuple[UUID, ...]:
        """List the schools in which the actor holds one of the roles, each once, in the order of the posts."""
        return tuple(dict.fromkeys(post.school_id for post in self.roles if post.role in roles))

    def classes_led(self, *, school_id: UUID) -> tuple[UUID, ...]:
        """List the classes the actor is class teacher of."""
        return tuple(
            post.class_id for post in self.roles if post.school_id == school_id and post.class_id is not None
        )


def posts_of(rows: Iterable[tuple[UUID, str, UUID | None, str | None]]) -> tuple[Post, ...]:
    """Make posts of the rows of `staff_roles_of`."""
    return tuple(Post(school, Role(role), class_id, title or "") for school, role, class_id, title in rows)
