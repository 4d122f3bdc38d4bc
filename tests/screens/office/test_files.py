"""What the administrator is told of files: room, waiting, viruses."""

import pytest
from django.test import Client

from tests.handing_in import EICAR, PDF, hand_in, looked_at
from tests.world import World
from zvonok.domain.files.models import SchoolSpace
from zvonok.kernel.db import counted_queries
from zvonok.kernel.scope import school_scope


@pytest.fixture
def yana(world: World) -> Client:
    client = Client(headers={"accept-language": "en"})
    client.force_login(world.account("Yana"))
    return client


def office(client: Client) -> str:
    return client.get("/office/").content.decode()


def test_the_administrator_is_told_of_a_virus_and_who_handed_it_in(
    yana: Client, world: World, clamav: None
) -> None:
    assert "No virus was found" in office(yana)
    file = hand_in(world, EICAR, "keys <b>.txt", who="Oleg")
    assert "1 file waits to be checked" in office(yana)
    looked_at(world, file)
    told = office(yana)
    assert "A virus was found in “keys _b_.txt” and destroyed." in told
    assert "Смирнов\N{NO-BREAK SPACE}O." in told
    assert "Eicar" in told


def test_the_room_that_is_taken_is_told(yana: Client, world: World) -> None:
    hand_in(world, PDF + b" " * (1024 * 1536 - len(PDF)))
    assert "1.5 MB of 20 GB taken." in office(yana)
    with school_scope(world.north.school.pk):
        SchoolSpace.objects.update(quota_bytes=5 * 1024 * 1024)
    assert "1.5 MB of 5 MB taken." in office(yana)


def test_many_viruses_cost_no_more_queries_than_one(yana: Client, world: World, clamav: None) -> None:
    counts = []
    for number in range(3):
        looked_at(world, hand_in(world, EICAR + b" " * number, "a.txt"))
        with counted_queries() as asked:
            office(yana)
        counts.append(len(asked))
    assert len(set(counts)) == 1
