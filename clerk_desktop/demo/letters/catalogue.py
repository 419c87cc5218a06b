"""All letters of the sample mail, the three in one stack, and the files that must not be taken in."""

from __future__ import annotations

from dataclasses import replace

from clerk_desktop.demo import known_cases as known
from clerk_desktop.demo.letters import mail_citizens as citizens
from clerk_desktop.demo.letters import mail_firms as firms
from clerk_desktop.demo.letters import mail_forms as forms
from clerk_desktop.demo.letters import mail_offices as offices
from clerk_desktop.demo.letters.fonts import Face
from clerk_desktop.demo.letters.layouts.office import law_head, office_letter
from clerk_desktop.demo.letters.layouts.private import home_letter
from clerk_desktop.demo.letters.letter import Letter
from clerk_desktop.demo.letters.making import stack, truth_of
from clerk_desktop.demo.letters.roughen import Look
from clerk_desktop.demo.letters.truth import ReferencePlace
from clerk_desktop.model.errors import RefusalReason


def batch() -> Letter:
    """Return three letters in one file, between them separator sheets."""
    wallet, tree, reminder = citizens.LOST_WALLET, citizens.TREE, offices.REMINDER
    return stack(
        "stapel-blomberg",
        (
            (
                truth_of("verlust-geldboerse-reineke", wallet, kind="Anfrage", municipality="blomberg"),
                home_letter(wallet, face=Face.OFFICE, sender_right=True),
            ),
            (
                truth_of(
                    "blutbuche-althoff",
                    tree,
                    kind="Antrag",
                    municipality="blomberg",
                    case=known.TREE,
                    place=ReferencePlace.RUNNING_TEXT,
                ),
                home_letter(tree, size=11.5),
            ),
            (
                truth_of(
                    "umfrage-erinnerung",
                    reminder,
                    kind="Anfrage",
                    municipality="blomberg",
                    sender_reference="SGV-U/26-118",
                ),
                office_letter(reminder, head=law_head),
            ),
        ),
        Look(skew=-0.4, noise=9),
    )


def broken_off() -> Letter:
    """Return a file without its end: the scanner was switched off while it wrote."""
    whole = firms.gravestone()
    return Letter(
        truth=replace(whole.truth, name="scan-abgebrochen", refusal=RefusalReason.DAMAGED),
        drawing=whole.drawing,
        look=replace(whole.look, skew=1.0),
        spoiled=lambda content: content[: len(content) * 3 // 5],
    )


def all_letters() -> tuple[Letter, ...]:
    """Return every file of the sample mail, in the order the mailroom scanned them."""
    return (
        citizens.parking(),
        citizens.dog_tax(),
        offices.building_query(),
        firms.electrical_invoice(),
        offices.lawsuit(),
        citizens.noise(),
        forms.trade(),
        batch(),
        citizens.property_tax(),
        firms.trench_notice(),
        citizens.street_lamp(),
        offices.lawyers(),
        forms.daycare(),
        firms.monument_report(),
        offices.fair(),
        citizens.waste(),
        offices.housing(),
        firms.gravestone(),
        firms.printing_invoice(),
        firms.fax(),
        broken_off(),
    )
