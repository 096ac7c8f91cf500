"""What is done to somebody's account leaves every other as it is."""

from sqlalchemy import select

from app.clock import DAY
from app.db import db
from app.models import Factor, MailTerms, RecoveryCode, Shared, Token
from app.people import factor_actions
from app.people.address_actions import drop_factor_since
from app.people.digest_actions import claim
from app.people.factor_queries import Standing, standing_of
from app.people.glass_queries import rows_of
from app.second_step import PURPOSE, forget_steps
from tests.app.people.codes import with_factor
from tests.cast import NOON, TODAY, Cast, entry, relationship, save


def owners(model: type[Factor] | type[RecoveryCode]) -> list[int]:
    db.session.expire_all()
    return list(db.session.scalars(select(model.person_id)))


def two_of_them(cast: Cast) -> None:
    with_factor(cast.ada)
    with_factor(cast.ben, recovery="another code")


def test_a_factor_is_held_taken_away_and_renewed_for_its_owner_alone(cast: Cast) -> None:
    two_of_them(cast)
    for who in (cast.ada, cast.ben):
        held = factor_actions.hold(who)
        assert held is not None
        assert held.person_id == who.id
    factor_actions.make_codes(cast.ben)
    assert owners(RecoveryCode).count(cast.ada.id) == 1
    factor_actions.drop(cast.ben.id)
    assert (owners(Factor), owners(RecoveryCode)) == ([cast.ada.id], [cast.ada.id])


def test_a_factor_set_up_after_an_address_moved_goes_for_that_account_alone(cast: Cast) -> None:
    two_of_them(cast)
    drop_factor_since(cast.ben.id, NOON - DAY)
    assert (owners(Factor), owners(RecoveryCode)) == ([cast.ada.id], [cast.ada.id])


def test_a_day_that_is_claimed_for_one_is_claimed_for_no_other(cast: Cast) -> None:
    assert claim(cast.ada.id, TODAY)
    assert claim(cast.ben.id, TODAY)
    assert not claim(cast.ada.id, TODAY)
    assert claim(cast.ada.id, TODAY + DAY)
    kept = dict(db.session.execute(select(MailTerms.person_id, MailTerms.digest_on)).all())
    assert kept == {cast.ada.id: TODAY + DAY, cast.ben.id: TODAY}


def test_a_factor_is_read_for_its_owner_alone(cast: Cast) -> None:
    with_factor(cast.ada)
    assert standing_of(cast.ada).since == NOON
    assert standing_of(cast.ben) == Standing(since=None, pending=None, codes_left=0)


def test_behind_the_glass_stands_what_one_person_shows(cast: Cast) -> None:
    for who, enrolled in ((cast.ada, cast.ada_enrolled), (cast.ben, cast.ben_enrolled)):
        shown = entry(who, relationship(who, "Heron"), note=f"{who.name}'s")
        save(Shared(enrolment_id=enrolled.id, entry_id=shown.id))
    assert [row["note"] for _name, row in rows_of(cast.ada.id, ["shared"])] == ["Ada's"]


def test_steps_that_wait_for_a_code_end_for_one_person(cast: Cast) -> None:
    soon = {"purpose": PURPOSE, "expires_at": NOON + DAY}
    kept = [save(Token(**soon, person_id=who.id, token_hash=who.name)) for who in (cast.ada, cast.ben)]
    forget_steps(cast.ben.id)
    db.session.commit()
    db.session.expire_all()
    assert [token.expires_at > NOON for token in kept] == [True, False]
