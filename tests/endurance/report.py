"""The ordeal of a station as a page that a town can read (German, Markdown)."""

from __future__ import annotations

from pathlib import Path

from tests.endurance.kills import Ordeal
from tests.faults.disaster import disaster
from tests.faults.test_every_disaster import NOT_YET, SHOWN

LABELS = (
    ("seen", "gesehen"),
    ("confirmed", "auf dem Server bestätigt"),
    ("waiting", "noch unterwegs"),
    ("quarantined", "zurückgewiesen"),
    ("duplicates", "als doppelt angehalten"),
    ("lost", "verloren"),
)


def write_report(ordeal: Ordeal, target: Path) -> None:
    """Write what was done, what came of it, and which disasters are shown by which test."""
    killed = ordeal.killed
    lines = [
        "# Belastungsprobe des Posteingangs",
        "",
        f"{ordeal.letters} Dateien mit {ordeal.expected} Schriftstücken (PDF, Bilder, Office-Dokumente, E-Mails mit "
        "Anlagen) wurden in einen Scanordner gelegt.",
        f"Währenddessen wurde das Programm {killed['station']}-mal zu zufälligen Zeitpunkten hart beendet (wie bei "
        f"einem Stromausfall), und {killed['worker']}-mal einer seiner Hilfsprozesse, der gerade Dateien las. "
        f"Weitere {ordeal.ended.total()}-mal beendete es sich selbst, bevor es dazu kam.",
        "",
        "Mitten in der Arbeit geschah außerdem:",
        "",
        "| Störung | so oft wirklich eingetreten | Datei |",
        "|---|---:|---|",
        *(f"| {disaster(name).TOLD} | {times} | `tests/faults/{name}.py` |" for name, times in ordeal.struck.items()),
        *(
            f"| {disaster(name).TOLD} | – (hier nicht möglich) | `tests/faults/{name}.py` |"
            for name in ordeal.impossible
        ),
        "",
        "## Ergebnis",
        "",
        "| | Dateien |",
        "|---|---:|",
        *(f"| {label} | {ordeal.account.get(key, 0)} |" for key, label in LABELS),
        "",
        f"- Schriftstücke auf dem Server: {len(ordeal.there)} von {ordeal.expected}",
        f"- davon doppelt: {ordeal.doubled}",
        f"- davon mit verändertem Inhalt (Prüfsumme des Servers gegen Prüfsumme beim Scannen): {ordeal.spoiled}",
        f"- Originale in „erledigt“: {len(ordeal.settled)} von {ordeal.letters}",
        f"- Kette der Transfervermerke: {ordeal.log.strip().splitlines()[0] if ordeal.log.strip() else 'ohne Befund'}",
        "",
        "## Zwischenstände",
        "",
        "| nach Abbrüchen | " + " | ".join(label for _, label in LABELS) + " |",
        "|---:|" + "---:|" * len(LABELS),
        *(
            f"| {after} | " + " | ".join(str(account.get(key, 0)) for key, _ in LABELS) + " |"
            for after, account in ordeal.looks
        ),
        "",
        "## Wodurch andere Programme Briefe verloren",
        "",
        "| Nr. | Nachweis |",
        "|---:|---|",
        *(f"| {number} | `{SHOWN[number]}` |" for number in sorted(SHOWN)),
        *(f"| {number} | noch keiner: {reason} |" for number, reason in sorted(NOT_YET.items())),
        "",
    ]
    target.write_text("\n".join(lines), encoding="utf-8")
