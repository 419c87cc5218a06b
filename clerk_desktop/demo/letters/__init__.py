"""The sample mail: letters drawn by the program itself and roughened as scans, each with its truth."""

from clerk_desktop.demo.letters.catalogue import all_letters
from clerk_desktop.demo.letters.letter import Letter
from clerk_desktop.demo.letters.truth import LetterTruth, ReferencePlace

__all__ = ["Letter", "LetterTruth", "ReferencePlace", "all_letters"]
