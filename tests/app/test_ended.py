"""What has run out, was used or was taken back opens nothing, also where a page has let it through a moment before."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import func, select

from app.access import digest, end_other_sessions, new_token
from app.certificates.queries import holders_of
from app.clock import DAY
from app.cohorts import trainer_actions
from app.cohorts.actions import use_invite
from app.cohorts.trainer_queries import other_cohorts
from app.cohorts.welcome_actions import LinkSpent, place_behind, use
from app.db import db
from app.models import CohortTrainer, Invite, Session, Token
from app.people import actions, address_actions
from app.people.digest_queries import turns
from app.practice.ledger_queries import amounts_noted
from tests.cast import NOON, Cast, cohort, cost, enrol, open_cohort, opportunity, person, receipt, save
from tests.certificates import certificate

ENDED = {
    "taken back": {"revoked_at": NOON},
    "run out": {"expires_at": NOON},
}


def link(cast: Cast, purpose: str, **given: Any) -> Token:
    facts: dict[str, Any] = {"person_id": cast.ada.id, "token_hash": digest(new_token()), "expires_at": NOON + DAY}
    made: Token = save(Token(purpose=purpose, **{**facts, **given}))
    return made


@pytest.mark.parametrize("how", ENDED)
def test_an_invitation_that_has_ended_lets_nobody_in(cast: Cast, how: str) -> None:
    good, ended = (
        save(Invite(cohort_id=cast.autumn.id, token_hash=new_token(), **{"expires_at": NOON + DAY, **given}))
        for given in ({}, ENDED[how])
    )
    assert (use_invite(good.id), use_invite(ended.id)) == (True, False)


@pytest.mark.parametrize("given", [{"used_at": NOON}, {"expires_at": NOON}])
def test_a_seats_link_that_has_ended_is_not_used_again(cast: Cast, given: dict[str, Any]) -> None:
    place = enrol(cast.ada, open_cohort("winter"), "offered", offered_until=NOON + DAY)
    good, ended = (link(cast, "confirm", enrolment_id=place.id, **each) for each in ({}, given))
    assert (use(good, NOON), use(ended, NOON)) == (True, False)


def test_a_seats_link_of_somebody_disabled_leads_to_no_place(cast: Cast) -> None:
    gone = person("gone@example.org", disabled_at=NOON)
    place = enrol(gone, open_cohort("winter"), "offered", offered_until=NOON + DAY)
    with pytest.raises(LinkSpent):
        place_behind(link(cast, "confirm", person_id=gone.id, enrolment_id=place.id))


@pytest.mark.parametrize("given", [{"used_at": NOON}, {"expires_at": NOON}])
def test_a_link_that_moves_an_address_is_taken_once_and_in_time(cast: Cast, given: dict[str, Any]) -> None:
    for token, each in (("good", {}), ("ended", given)):
        link(cast, "address", address="new@example.org", **{"token_hash": digest(token), **each})
    assert address_actions.take("good", "address").person_id == cast.ada.id
    with pytest.raises(actions.LinkSpent):
        address_actions.take("ended", "address")


def test_nobody_is_reminded_of_a_cohort_that_was_put_away_or_of_a_seat_that_is_held_no_more(cast: Cast) -> None:
    running = open_cohort("running")
    away = open_cohort("away", archived_at=NOON)
    held, lost, gone = (person(f"{name}@example.org") for name in ("held", "lost", "gone"))
    enrol(held, running, "offered", offered_until=NOON + DAY)
    enrol(lost, running, "offered", offered_until=NOON)
    enrol(gone, away)
    reminded = {turn.person_id for turn in turns(NOON)}
    assert reminded & {held.id, lost.id, gone.id} == {held.id}


def test_what_was_taken_out_of_the_ledger_is_no_amount_in_it(cast: Cast) -> None:
    before = amounts_noted(cast.ada)
    cost(cast.ada)
    assert amounts_noted(cast.ada) == before + 1
    for build in (cost, receipt, opportunity):
        build(cast.ada, removed_at=NOON)
    assert amounts_noted(cast.ada) == before + 1


def test_a_certificate_that_was_taken_back_is_not_counted_as_held(cast: Cast) -> None:
    certificate(cast.ada_enrolled, revoked_at=NOON, revoked_why="A mistake")
    certificate(cast.ben_enrolled)
    assert holders_of(cast.autumn.id, 1).issued == 1


def test_whoever_is_disabled_is_mailed_no_link_that_holds(cast: Cast) -> None:
    for who, disabled_at in (("one@example.org", NOON), ("two@example.org", None)):
        person(who, disabled_at=disabled_at)
        actions.keep_token(new_token(), who)
    owners = select(Token.person_id).where(Token.purpose == "reset")
    assert db.session.scalars(owners).all() == [db.session.scalar(select(func.max(Token.person_id)))]
    assert db.session.scalar(select(func.count()).select_from(Token)) == 1


def test_a_trainer_who_is_disabled_runs_no_further_cohort(cast: Cast) -> None:
    gone = person("gone@example.org", is_trainer=True, disabled_at=NOON)
    with pytest.raises(trainer_actions.NoSuchTrainer):
        trainer_actions.add_trainer(cast.autumn.id, gone.email)


def test_a_cohort_that_was_put_away_is_offered_nowhere(cast: Cast) -> None:
    for slug, archived_at in (("kept", None), ("away", NOON)):
        save(CohortTrainer(cohort_id=cohort(slug, archived_at=archived_at).id, person_id=cast.tess.id))
    names = {choice.name for choice in other_cohorts(cast.tess, cast.autumn.id)}
    assert len(names) == 1


def test_signing_out_everywhere_leaves_the_day_on_which_others_ended(cast: Cast, at: Callable[[Any], None]) -> None:
    kept = {"person_id": cast.ada.id, "expires_at": NOON + DAY}
    before = save(Session(token_hash=digest("before"), ended_at=NOON - DAY, **kept))
    live = save(Session(token_hash=digest("live"), **kept))
    end_other_sessions(cast.ada)
    db.session.commit()
    assert (before.ended_at, live.ended_at) == (NOON - DAY, NOON)
