"""The only ways into the tables of homework."""

from zvonok.domain.homework.commands.give import (
    DueTooEarly,
    HomeworkEdit,
    HomeworkHasChanged,
    set_homework,
)
from zvonok.domain.homework.commands.past import PastHomework, bring_in_homework
from zvonok.domain.homework.commands.settle import Destination, settle_homework

__all__ = [
    "Destination",
    "DueTooEarly",
    "HomeworkEdit",
    "HomeworkHasChanged",
    "PastHomework",
    "bring_in_homework",
    "set_homework",
    "settle_homework",
]
