"""What is done to one cohort, or for one of its people, leaves every other as it is, also had a view let it through."""

import io

import pytest
from PIL import Image
from sqlalchemy import select

from app.clock import DAY
from app.cohorts import place_actions, seats, trainer_actions
from app.cohorts.case_actions import answer_case
from app.cohorts.case_queries import case_of
from app.cohorts.import_actions import put_down
from app.cohorts.page_queries import complete_page
from app.cohorts.picture_actions import keep_picture, remove_picture
from app.cohorts.trainer_queries import gatherings_of, record_of
from app.db import db
from app.models import AskedCase, Change, CohortTrainer, Enrolment, Meeting, Picture
from course.roster_file import Entrant
from tests.cast import NOON, Cast, cohort, enrol, open_cohort, person, save


def waiting(where, *lines, **given):
    return [enrol(person(f"w{where.id}-{line}@example.org"), where, "waiting", line=line, **given) for line in lines]


def meeting(of, uid, **given):
    return save(Meeting(cohort_id=of.id, uid=uid, starts_at=NOON + DAY, minutes=75, **given))


def test_a_line_is_of_one_cohort(cast: Cast) -> None:
    first, second = cohort("first"), cohort("second")
    ahead, behind = waiting(first, 1, 7)
    (alone,) = waiting(second, 3)
    assert [seats.last_line(each) for each in (first, second)] == [7, 3]
    assert [seats.line_of(each) for each in (ahead, behind, alone)] == [1, 2, 1]
    assert [complete_page(each.slug, NOON).waiting for each in (first, second)] == [2, 1]


def test_only_those_who_waited_for_a_cohort_go_on_from_it(cast: Cast) -> None:
    following = open_cohort("later")
    over, other = cohort("over", next_id=following.id), cohort("other")
    (mine,), (theirs,) = (waiting(each, 1, rolls_over=True, confirmed_at=NOON) for each in (over, other))
    seats.roll_over(over, NOON)
    db.session.commit()
    assert (mine.status, theirs.status) == ("withdrawn", "waiting")
    there = db.session.scalars(select(Enrolment.person_id).where(Enrolment.cohort_id == following.id)).all()
    assert there == [mine.person_id]


def test_a_copy_has_the_meetings_and_the_trainers_of_its_own_source(cast: Cast) -> None:
    save(CohortTrainer(cohort_id=cast.autumn.id, person_id=cast.olga.id))
    meeting(cast.autumn, "mine", where="The blue room")
    meeting(cast.harbour, "theirs", where="The quay")
    made = trainer_actions.duplicate(cast.tess, cast.autumn.id, slug="copy", name="Copy", days=7)
    assert [each.where for each in gatherings_of(made.id)] == ["The blue room"]
    trainers = select(CohortTrainer.person_id).where(CohortTrainer.cohort_id == made.id)
    assert set(db.session.scalars(trainers)) == {cast.tess.id, cast.olga.id}
    assert [each.where for each in gatherings_of(cast.harbour.id)] == ["The quay"]


def test_a_picture_takes_the_place_of_its_own_cohorts(cast: Cast) -> None:
    drawn = io.BytesIO()
    Image.new("RGB", (8, 8)).save(drawn, "PNG")
    for each in (cast.autumn, cast.harbour):
        keep_picture(each.id, drawn.getvalue(), alt=each.name)
    keep_picture(cast.autumn.id, drawn.getvalue(), alt="Another")
    assert dict(db.session.execute(select(Picture.cohort_id, Picture.alt)).all()) == {
        cast.autumn.id: "Another",
        cast.harbour.id: "Harbour",
    }
    remove_picture(cast.autumn.id)
    assert db.session.scalars(select(Picture.cohort_id)).all() == [cast.harbour.id]


def test_a_place_is_found_in_its_own_cohort_only(cast: Cast) -> None:
    with pytest.raises(place_actions.NoSuchPlace):
        place_actions.place_in(cast.harbour.id, cast.ada_enrolled.id)
    assert place_actions.place_in(cast.autumn.id, cast.ada_enrolled.id)[2].id == cast.ada.id


def test_a_place_is_moved_to_where_others_have_one(cast: Cast) -> None:
    save(CohortTrainer(cohort_id=cast.harbour.id, person_id=cast.tess.id))
    place_actions.move(cast.autumn.id, cast.ada_enrolled.id, cast.harbour.id, author=cast.tess, why="Closer")
    assert cast.ada_enrolled.cohort_id == cast.harbour.id


def test_who_is_brought_into_a_cohort_keeps_the_place_in_another(cast: Cast) -> None:
    cast.cleo_enrolled.status = "withdrawn"
    db.session.commit()
    entrant = Entrant(2, "Cleo", cast.cleo.email, "")
    winter = open_cohort("winter")
    save(CohortTrainer(cohort_id=winter.id, person_id=cast.tess.id))
    assert put_down(winter.id, [entrant], cast.tess) == 1
    places = select(Enrolment.cohort_id, Enrolment.status).where(Enrolment.person_id == cast.cleo.id)
    assert dict(db.session.execute(places).all()) == {cast.harbour.id: "withdrawn", winter.id: "offered"}


def test_the_history_of_a_place_is_its_own(cast: Cast) -> None:
    for enrolled, why in ((cast.ada_enrolled, "Ada's"), (cast.ben_enrolled, "Ben's")):
        save(Change(enrolment_id=enrolled.id, author_id=cast.tess.id, what="moved", why=why))
    assert [event.why for event in record_of(cast.ada_enrolled.id)[1]] == ["Ada's"]


def test_nobody_answers_for_anybody_elses_case(cast: Cast) -> None:
    asked = save(AskedCase(enrolment_id=cast.ada_enrolled.id, side="above"))
    case = case_of(cast.ada, asked.id)
    assert case is not None
    answer_case(cast.ben, case, agreed=True, words="Not mine")
    db.session.commit()
    db.session.expire_all()
    assert (asked.agreed, asked.words) == (None, "")
