"""The world in which chaos rages: the organisations and people of the tests, and cases at their first step."""

import django


def make() -> None:
    """Fill an empty database; the environment names it."""
    django.setup()
    from django.core.management import call_command

    from casework.sharing.scope import everything
    from tests.chaos.run import CASES
    from tests.factories import World, build_world

    call_command("migrate", verbosity=0, interactive=False)
    call_command("load_reference", verbosity=0)
    with everything("the world of chaos is made"):
        build_world()
        world = World()
        for number in range(CASES):
            world.open_case(("lan", "cuc")[number % 3 == 2], f"HTX Hỗn Loạn {number}")
