"""The mail about a certificate."""

from app.mail import Letter, letter, link
from app.models import Cohort


def issued(cohort: Cohort) -> Letter:
    """A certificate is there, and nobody else sees it yet."""
    return letter(
        "Your certificate of evidence is there",
        f"The trainer of {cohort.name} has issued your certificate: it says what you practised and showed. Nobody else "
        "sees it until you give it a page. Read it first, and decide:",
        link("/certificate/"),
    )
