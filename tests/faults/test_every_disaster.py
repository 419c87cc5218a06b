"""What users of other programs lost letters by: 26 disasters of folders, uploads, duplicates and stacks, each with the
test that shows what happens here. One that has none stands in ``NOT_YET`` with its reason.
"""

from __future__ import annotations

import ast
from pathlib import Path

TESTS = Path(__file__).parents[1]
NUMBERS = range(1, 27)
SHOWN: dict[int, str] = {
    1: "intake/test_watcher.py::test_network_shares_are_polled_and_each_folder_decides_for_itself",
    2: "faults/test_scanner_writes_page_by_page.py"
    "::test_a_scan_that_rests_between_its_pages_is_taken_in_once_it_is_whole",
    3: "intake/test_watcher.py::test_network_shares_are_polled_and_each_folder_decides_for_itself",
    4: "faults/test_same_file_again_and_again.py"
    "::test_a_file_that_is_seen_by_many_passes_and_processes_is_claimed_once",
    5: "intake/test_watcher.py::test_a_folder_that_was_away_is_watched_again_when_it_is_back",
    6: "intake/test_watcher.py::test_lost_events_make_it_look_at_once",
    7: "faults/test_share_goes_and_comes_back.py::test_a_share_that_was_away_is_taken_up_where_it_was",
    8: "intake/test_life_of_a_letter.py::test_sub_folders_are_scanned_and_what_is_no_letter_is_left_alone",
    9: "intake/test_two_stations.py::test_the_letters_of_a_dead_station_are_taken_over_under_the_same_ids",
    10: "intake/test_bad_files.py::test_a_file_without_its_ending_is_given_some_time_and_then_judged_by_its_content",
    11: "intake/test_settle.py::test_an_original_that_is_not_confirmed_stays",
    12: "faults/test_mail_stays_until_its_files_arrived.py"
    "::test_a_mail_lies_in_its_folder_until_it_and_each_of_its_files_are_confirmed",
    13: "faults/test_scanner_overwrites_its_file.py"
    "::test_both_letters_are_kept_and_the_account_tells_of_the_one_that_was_written_over",
    14: "office/test_crashes.py::test_a_line_that_breaks_after_any_request_loses_nothing",
    15: "intake/test_life_of_a_letter.py"
    "::test_the_same_bytes_again_are_shown_as_a_duplicate_and_taken_in_when_a_clerk_says_so",
    16: "office/test_crashes.py::test_a_lost_reply_does_nothing_twice",
    17: "faults/test_duplicate_is_no_dead_end.py"
    "::test_the_twin_is_shown_with_its_document_and_the_second_can_be_a_letter_of_its_own",
    18: "faults/test_duplicate_is_no_dead_end.py"
    "::test_a_decision_against_it_is_kept_over_restarts_and_the_original_stays",
    19: "faults/test_same_letter_scanned_twice.py"
    "::test_a_second_scan_of_a_letter_is_held_beside_the_first_and_a_clerk_decides",
    20: "faults/test_fronts_and_backs.py::test_two_runs_become_one_stack_and_where_they_do_not_fit_nothing_is_lost",
    21: "intake/test_separate.py::test_a_blank_page_goes_only_as_the_back_of_a_sheet",
    22: "intake/test_code_truth.py::test_blank_pages_of_the_stacks_are_those_of_the_truth",
    23: "intake/test_sheets.py::test_a_sheet_that_cannot_be_read_is_told_with_its_page",
    24: "faults/test_sheet_speaks_for_its_part_only.py::test_each_part_has_the_case_and_kind_of_the_sheet_before_it",
    25: "intake/test_sheets.py::test_a_sender_s_code_is_no_sheet",
    26: "faults/test_page_in_the_wrong_letter.py"
    "::test_a_page_is_replaced_by_one_of_a_second_scan_and_the_wrong_one_is_accounted_for",
}
NOT_YET: dict[int, str] = {}


def test_every_disaster_has_a_test_or_a_reason_why_not() -> None:
    assert sorted([*SHOWN, *NOT_YET]) == list(NUMBERS)
    assert all(NOT_YET.values())


def test_every_test_that_is_named_is_there() -> None:
    for number, name in SHOWN.items():
        place, _, function = name.partition("::")
        tree = ast.parse((TESTS / place).read_text(encoding="utf-8"))
        assert function in {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}, (number, name)


def test_every_file_of_a_disaster_says_its_number_and_is_in_the_table() -> None:
    for file in sorted((TESTS / "faults").glob("test_*.py")):
        said = (ast.get_docstring(ast.parse(file.read_text(encoding="utf-8"))) or "").partition(":")[0]
        if said.startswith("Disaster "):
            assert SHOWN[int(said.removeprefix("Disaster "))].startswith(f"faults/{file.name}::")
