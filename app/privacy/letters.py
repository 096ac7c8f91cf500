"""The mails about somebody's data."""

from app.mail import Letter, letter, link
from course.wording import counted


def farewell() -> Letter:
    """Everything is erased: the last mail to an address that is then forgotten."""
    return letter(
        "Your account is erased",
        "Everything that Connect before you count kept about this address is erased, as you asked: your log, your "
        "ledger, what you wrote beside the lessons, what you agreed to, and your account.",
        "Backups made before today still hold it until they run out. Should one of them ever be restored, you are "
        "erased again before anybody signs in.",
        "This is the last mail to you, and this address is forgotten once it has been sent.",
    )


def blanked(places: int) -> Letter:
    """Words in somebody's log were blanked, since the one they speak of asked for it. It names nobody."""
    return letter(
        "Something you wrote was blanked",
        f"Somebody whom you wrote about asked what we keep about them, and asked for it to go. That is their right. So "
        f"{counted(places, 'place')} in what you wrote {'says' if places == 1 else 'say'} only “[removed]” now.",
        "Your days, minutes, ratings and figures are as they were. That it was done stands here:",
        link("/settings/readings"),
    )
