"""What a client may be worth, in words and with its formulas filled in. It stands beside an account, never in it."""

from app.filters import number, percent
from course.goal import DEFAULTS
from course.lifetime import DISCOUNT_RATE, PAYMENTS_COUNTED, PRIOR_RENEWALS, ClientLife
from course.wording import counted, sentence


def life_words(life: ClientLife) -> tuple[str, ...]:
    """The yearly margin, the retention and the value, each with its formula."""
    default, renewed = DEFAULTS["retention"], life.renewed
    yearly, kept = number(life.yearly_margin, 2), percent(life.retention, 1)
    leaning = f"({renewed.successes} + {PRIOR_RENEWALS} × {default.value}) ÷ ({renewed.n} + {PRIOR_RENEWALS})"
    who = sentence(counted(life.clients, "client"))
    return (
        f"{who} left {number(life.margin, 2)} in margin in the last twelve months: {number(life.margin, 2)} ÷ "
        f"{life.clients} = {yearly} each. Nothing is scaled up to a year: a client of one month counts with one month.",
        f"Of {renewed.n} who paid in the year before, {renewed.successes} paid again. The share leans on "
        f"{percent(default.value)}: {leaning} = {kept}. {default.source}",
        f"Each year keeps {kept} ÷ {1 + DISCOUNT_RATE} of the year before: {PAYMENTS_COUNTED} payments, the first now, "
        f"come to {number(life.five_payments, 2)}; without an end it would be {number(life.first_now, 2)}.",
    )
