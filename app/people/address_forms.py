"""The new address of an account, with the password once more."""

from typing import Any

from wtforms.validators import ValidationError

from app.people.forms import ProvenForm, address_field


class AddressForm(ProvenForm):
    """An address to move to. `present` is the one that there is."""

    email = address_field("New e-mail address")

    def __init__(self, *, present: str, **given: Any) -> None:
        super().__init__(**given)
        self.present = present

    def validate_email(self, field: Any) -> None:
        if field.data == self.present:
            raise ValidationError("That is your address already.")
