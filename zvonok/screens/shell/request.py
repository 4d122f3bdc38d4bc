"""What a view is given: a request that knows who is asking."""

from typing import TYPE_CHECKING

from django.http import HttpRequest

if TYPE_CHECKING:
    from zvonok.domain.access.actor import Actor


class Request(HttpRequest):
    """A request of somebody who has signed in; views behind the sign-in take it."""

    actor: "Actor"
    csp_nonce: str
