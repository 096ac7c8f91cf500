"""The mails about a change of address."""

from app.mail import Letter, letter, link


def confirm_address(path: str) -> Letter:
    """A link that makes this the address of an account."""
    return letter(
        "Confirm your new address",
        "Somebody, probably you, wants to use this address at Connect before you count from now on.",
        "This link moves the account here. It works once, for a day, where you are signed in:",
        link(path),
        "If it was not you, leave this mail alone: nothing has changed.",
        kind="confirm",
    )


def already_yours() -> Letter:
    """Somebody asked for an address that has an account already."""
    return letter(
        "This address has an account already",
        "Somebody, perhaps you under another address, wants to use this address at Connect before you count. It "
        "belongs to an account already, so nothing has changed.",
        "If you have forgotten its password, this page mails you a link to a new one:",
        link("/forgot"),
        "If it was not you, leave this mail alone.",
        kind="confirm",
    )


def address_moved(path: str) -> Letter:
    """The account has another address now; `path` takes it back."""
    return letter(
        "Your account has another address now",
        "The account of this address at Connect before you count was just moved to another address. Mails about it go "
        "there from now on.",
        "If it was you, there is nothing to do. If it was not, this link takes the account back, for a week. It signs "
        "every browser out and ends the present password; a link to a new one then comes to you here:",
        link(path),
    )
