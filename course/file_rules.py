"""What may stand in a file that is counted with: types of fields, and every fault in words. Method §8."""

import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Annotated, Any, TypeVar

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, ValidationError

from course.strict_json import UNCOUNTABLE, BadFile, Faults, fault_lines

PLAIN = re.compile(r"-?(?:[0-9]{1,15}(?:\.[0-9]{1,12})?|\.[0-9]{1,12})")
DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
CURRENCY = re.compile(r"[A-Z]{3}")

WORDS: dict[str, Callable[[dict[str, Any]], str]] = {
    "missing": lambda _: "is missing",
    "extra_forbidden": lambda _: "is not a key of this file",
    "string_type": lambda _: "must be text in quotes",
    "string_unicode": lambda _: "must be text in quotes, of whole characters",
    "string_too_short": lambda _: "must not be empty",
    "int_type": lambda _: "must be a whole number",
    "bool_type": lambda _: "must be true or false",
    "list_type": lambda _: "must be a list in square brackets",
    "model_type": lambda _: "must be an object in braces",
    "literal_error": lambda about: f"must be {about['expected']}",
    "too_long": lambda about: f"has {about['actual_length']} entries, at most {about['max_length']} are allowed",
    "greater_than_equal": lambda about: f"must be {about['ge']} or more",
    "less_than_equal": lambda about: f"must be {about['le']} or less",
    "value_error": lambda about: str(about["error"]),
}


class Strict(BaseModel):
    """A part of a file: nothing is guessed or converted, and an unknown key is a fault."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)


Model = TypeVar("Model", bound=Strict)


def checked(model: type[Model], data: object, spotted: Faults | None = None) -> Model:
    """The data as the model. BadFile with every fault, those already spotted first."""
    faults = dict(spotted or {})
    try:
        filled = model.model_validate(data)
    except ValidationError as error:
        for fault in error.errors(include_url=False, include_input=False):
            already = faults.get(fault["loc"], ())
            if UNCOUNTABLE not in already:  # whatever should stand there, that has been said
                words = WORDS.get(fault["type"])
                faults[fault["loc"]] = (*already, words(fault.get("ctx", {})) if words else fault["msg"])
        raise BadFile(fault_lines(faults)) from error
    if faults:
        raise BadFile(fault_lines(faults))
    return filled


def plain_decimal(value: object) -> Decimal:
    """Text of plain digits as a decimal, exactly: no exponent, no grouping, at most 15 digits and 12 decimals."""
    if not isinstance(value, str):
        raise ValueError('must be a plain decimal in quotes, such as "1200.00"')
    if not PLAIN.fullmatch(value):
        raise ValueError("must be a plain decimal: at most 15 digits, a point, at most 12 decimals")
    return Decimal(value)


def _amount(value: object) -> Decimal:
    amount = plain_decimal(value)
    if amount.is_signed():
        raise ValueError("must not be negative")
    return amount


def _share(value: object) -> Decimal:
    share = plain_decimal(value)
    if share.is_signed() or share > 1:
        raise ValueError('must be a share from 0 to 1: ten percent is "0.10"')
    return share


def _day(value: object) -> date:
    if isinstance(value, str) and DAY.fullmatch(value):
        try:
            return date.fromisoformat(value)
        except ValueError as error:
            raise ValueError("is not a day of the calendar") from error
    raise ValueError('must be a day in quotes, such as "2026-01-31"')


def _currency(value: str) -> str:
    if not CURRENCY.fullmatch(value):
        raise ValueError("must be three capital letters, such as EUR")
    return value


Amount = Annotated[Decimal, BeforeValidator(_amount)]
SignedAmount = Annotated[Decimal, BeforeValidator(plain_decimal)]
ShareOfOne = Annotated[Decimal, BeforeValidator(_share)]
Day = Annotated[date, BeforeValidator(_day)]
Currency = Annotated[str, AfterValidator(_currency)]
