"""What cannot be proven on a server that is not ours, each with its reason. Nothing else may fail there.

A test in ``UNPROVEN`` that passes all the same fails the run: the list shrinks when it can. Only what comes out by
luck, in ``LUCK``, is not run at all.
"""

from __future__ import annotations

NO_RIGHTS = "InMemory checks no password and keeps no rights between users: everybody is a guest who may do everything"
NO_LOG = (
    "InMemory's change log never moves on (its token is a constant); the mapping asks what was modified lately, which "
    "tells of no deletion and no move, and lists again now and then"
)
LOG_OFF = (
    "Alfresco keeps a change log only where an administrator switches auditing on; the mapping asks what was modified "
    "lately, which tells of no deletion, and lists again now and then"
)
NO_SEARCH = (
    "where our key stands in a note, a query finds a letter by its name only: one that somebody renamed as well as "
    "filed is deposited again after a lost answer, and lies there twice"
)
NO_VERSIONS = "cmis:document, in whose place this mapping files everything, has no versions and is never checked out"
NO_COLUMNS = "no field of ours is a column of a query where all of them are kept in a note"

UNPROVEN: dict[str, dict[str, str]] = {
    "inmemory": {
        "test_towns.py::test_a_listing_holds_nothing_of_another_town": NO_RIGHTS,
        "test_towns.py::test_no_object_of_another_town_can_be_fetched_or_read": NO_RIGHTS,
        "test_towns.py::test_nothing_of_another_town_can_be_changed": NO_RIGHTS,
        "test_towns.py::test_the_change_log_tells_nothing_of_another_town": NO_LOG,
        "test_deposit.py::test_nobody_deposits_in_the_inbox_of_another_town": NO_RIGHTS,
        "test_search.py::test_nothing_of_another_town_is_found": NO_RIGHTS,
        "test_following.py::test_whoever_follows_the_log_has_what_a_full_listing_has": NO_LOG,
    },
    "alfresco": {
        "test_following.py::test_whoever_follows_the_log_has_what_a_full_listing_has": LOG_OFF,
    },
    "plain": {
        "test_checked_out.py::test_the_working_copy_is_no_second_letter": NO_VERSIONS,
        "test_checked_out.py::test_a_change_is_made_or_waits_and_never_ends_in_a_circle": NO_VERSIONS,
        "test_deposit.py::test_content_that_somebody_changed_in_a_case_is_not_overwritten": NO_SEARCH,
        "test_strings.py::test_texts_in_queries_find_what_bears_them": NO_COLUMNS,
    },
}
"""Server or mapping to test to reason."""

LUCK: dict[str, dict[str, str]] = {
    "inmemory": {
        "test_cases.py::test_numbers_drawn_at_the_same_time_are_given_out_once_and_without_gaps": (
            "InMemory looks whether a name or a change token is free and writes afterwards, without a lock in between: "
            "of three writers two are let through now and then"
        ),
    },
}
