"""What ``admin check`` and ``admin install-types`` say to people, by value of the model; English sources."""

from __future__ import annotations

from clerk_desktop.model.administration import Need, Todo, TypeState
from clerk_desktop.model.remote import Strategy
from clerk_desktop.model.texts import N_

NEEDS: dict[Need, str] = {
    Need.FIELDS: N_("Fields of cases and letters"),
    Need.FINDING: N_("Finding what was sent before"),
    Need.FOLLOWING: N_("Learning what others changed"),
    Need.LISTING: N_("Listing everything"),
    Need.CHANGING: N_("Changing without overwriting others"),
    Need.CONTENT: N_("Replacing a content"),
    Need.PROOF: N_("Proof that a letter has arrived"),
    Need.NUMBERS: N_("Running numbers"),
}

STRATEGIES: dict[Strategy, str] = {
    Strategy.TYPES: N_("as properties of the program's own types"),
    Strategy.NOTES: N_("as a note in one property; nobody can search by a single field on the server"),
    Strategy.QUERY: N_("by the server's search"),
    Strategy.PATH: N_("by name and place, then by the server's search"),
    Strategy.CHANGE_LOG: N_("by the server's change log"),
    Strategy.MODIFIED_SINCE: N_(
        "by asking what was modified lately; deletions and moves in pinned cases at once, elsewhere every ten minutes"
    ),
    Strategy.RELISTING: N_("in pinned cases at once, elsewhere by listing everything again every ten minutes"),
    Strategy.SERVER_HASH: N_("by the hash that the server computes"),
    Strategy.READ_BACK: N_("by reading it back, byte for byte"),
    Strategy.CHANGE_TOKEN: N_("by change tokens: the server refuses what is late"),
    Strategy.COMPARE_MODIFIED: N_("by comparing the time of the last change just before; a short gap remains"),
    Strategy.SET_CONTENT: N_("directly"),
    Strategy.CHECK_OUT: N_("by check-out and check-in"),
    Strategy.COUNTER: N_("by counters that the server advances one at a time"),
    Strategy.NAMES: N_("by names that can be taken only once"),
    Strategy.DESCENDANTS: N_("whole trees at a time"),
    Strategy.CHILD_LISTS: N_("folder by folder"),
}

STATES: dict[TypeState, str] = {
    TypeState.THERE: N_("is there"),
    TypeState.INCOMPLETE: N_("is there, but lacks properties"),
    TypeState.ABSENT: N_("is not there"),
    TypeState.CREATED: N_("was created"),
    TypeState.REFUSED: N_("the server does not create it"),
}

TODO: dict[Todo, str] = {
    Todo.INSTALL_TYPES: N_("Create the types that are missing ({what}): {command}"),
    Todo.ADD_TYPE: N_(
        "Add by the product's own means: {what}. Where no types can be added, sign in with --mapping plain."
    ),
    Todo.EXTEND_TYPE: N_("Add the missing properties by the product's own means: {what}"),
    Todo.OPEN_PROPERTY: N_("Make this property writable, for at least 4000 characters: {what}"),
    Todo.MAKE_FOLDER: N_("Create the folders that are missing, with the rights of the towns on them: {what}"),
    Todo.PUT_FILE: N_("Put the office's files where the program looks for them: {what}"),
    Todo.SET_RIGHTS: N_(
        "The server says nothing of rights: set by the product's own means who may see which town's folders."
    ),
}
