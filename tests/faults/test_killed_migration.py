"""The newest migrations, killed at each of their statements; `make torture` does all that there are."""

from tests.faults.site import Site
from tests.faults.statements import killed_at_every_statement, newest


def test_a_migration_killed_at_any_statement_leaves_the_old_schema_and_the_next_completes(site: Site) -> None:
    before, chosen = newest(3)
    assert site.nursery.migrate(to=before, environment=site.environment) == 0
    found = [killed_at_every_statement(site, revision) for revision in chosen]
    assert [each.torn for each in found] == [[]] * len(chosen)
    assert all(each.completed for each in found)
    assert all(each.kills > 2 for each in found), found
