"""How long each completed lesson took: a field for each, empty where its stated minutes are right."""

from collections.abc import Mapping, Sequence

from wtforms.validators import ValidationError

from app.forms import Form
from app.practice.fields import LONGEST, CountField
from app.practice.study_time_queries import Read


class StudyTimeForm(Form):
    """The minutes of the lessons, by the ids of their readings; a field's name for each."""

    names: Mapping[int, str] = {}

    def minutes(self) -> dict[int, int | None]:
        return {id: self[name].data for id, name in self.names.items()}


def study_time_form(read: Sequence[Read], titles: Mapping[str, str]) -> StudyTimeForm:
    """The form of these lessons, filled with what was said of them."""
    names = {each.id: f"reading-{each.id}" for each in read}
    fields = {
        names[each.id]: CountField(titles.get(each.lesson_id, each.lesson_id), validators=[within_a_day])
        for each in read
    }
    form_class = type("ReadingsForm", (StudyTimeForm,), {**fields, "names": names})
    form: StudyTimeForm = form_class(data={names[each.id]: each.minutes for each in read})
    return form


def within_a_day(_form: StudyTimeForm, field: CountField) -> None:
    if field.data is not None and not 0 <= field.data <= LONGEST:
        raise ValidationError(f"A lesson takes between 0 and {LONGEST} minutes. Leave it empty for the stated ones.")
