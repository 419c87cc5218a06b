"""Everything that can go wrong, as one tree.

::

    ClerkError
    ├── WrongUsage                     2  a command was called wrongly
    │   └── NoDay · SettingsDamaged
    ├── SettingLocked                  1  the administrator's policy says otherwise
    ├── StoreError                     1
    │   ├── WrongKey · PassphraseNeeded · KeyringMissing
    │   ├── KeyLost · NumberTaken · StoreBusy · StoreFailed
    │   ├── StoreDamaged · ContentDamaged · StoreTooNew · DiskFull · ProfileNotLocal · UnsentWork
    │   ├── SignOutHalfDone · PasswordStays · StillAtWork
    │   └── ProfileOfAnother · RoleTaken
    ├── FileError                      1  one file, never the whole run
    │   ├── FileRefused                   (reason: RefusalReason)
    │   ├── SignedFile                    writing would break a signature
    │   ├── NotWritten                    a plain file that was asked for
    │   ├── MarksRefused                  a file of marks (XFDF) that is none, or is hostile
    │   └── WorkerCrashed · WorkerLate
    ├── WorkersClosed                  1  RETRY_LATER: the program ends, the file is not to blame
    ├── WorkerNotStarted               1  RETRY_LATER: no file was opened yet
    ├── WatchedFolderAway              5  RETRY_LATER: a scan folder cannot be looked into
    ├── RecognitionMissing             1  no language data for text recognition
    ├── FontsMissing                   1  the sample letters cannot be drawn
    ├── NotKnown                       1  no such case, document, file
    ├── FiledMeanwhile                 1  CONFLICT: a letter of the inbox lies in a case by now
    ├── SelfTestFailed                 1  this machine lacks something
    ├── AddressTaken · FolderNotServed 1  the embedded server cannot start
    ├── ScannerError                   1  a scanner on the network, and the paper in it
    │   ├── FeederEmpty · PaperJam · CoverOpen · SheetsTogether · ScanStopped · ScanInterrupted
    │   ├── ScanNotPossible · ScanFolderNeeded · ScanFolderAway · ScannerBadAnswer
    │   └── ScannerUnreachable · ScannerBusy · ScannerNotConfirmed · ScannerCertificateChanged   4
    └── ServerError
        ├── NotSignedIn · SignInRefused · SignInPage          3  SIGN_IN
        │   TokenRefused · SignInIncomplete · SignInEnded · SignInNotTrusted · ClockWrong · SignInSetUpWrong
        │   OwnCertificateUnusable · OwnCertificateExpired · OwnCertificateRefused
        ├── ServerUnreachable · CertificateRefused · CertificateExpired · ContentAway  4  RETRY_LATER
        │   AddressUnreachable · SignOnServiceUnreachable · ProxyRefused · ProxyScriptUnusable
        ├── ServerBusy · ServerFault · BadAnswer · SignOnServiceFault             4/1 RETRY_LATER
        ├── NotADms · NotSecured · DmsUnsuited · CmisTooOld · OtherBinding  1  GIVE_UP
        │   TypesMissing · InnerAddress
        ├── PermissionDenied · RuleViolated                   1  ASK_CLERK
        ├── Missing · ChangedMeanwhile · NameTaken            1  CONFLICT
        └── RequestRefused · AbilityMissing · ContentDiffers  1

Only the *kind* of a failure decides what happens next. ``title`` and ``remedy`` are English source texts for
gettext with named fields; ``system.texts`` makes the sentence. No personal data in fields that are logged.
"""

from __future__ import annotations

from enum import Enum, IntEnum
from typing import ClassVar


class FailureKind(Enum):
    """What a failure means for the work that failed."""

    RETRY_LATER = "retry-later"
    ASK_CLERK = "ask-clerk"
    CONFLICT = "conflict"
    SIGN_IN = "sign-in"
    GIVE_UP = "give-up"


class ExitCode(IntEnum):
    """Exit codes of the command line (``cli.md``)."""

    DONE = 0
    FAILED = 1
    USAGE = 2
    NOT_SIGNED_IN = 3
    UNREACHABLE = 4
    NEEDS_CLERK = 5


class ClerkError(Exception):
    """Root of the tree. ``fields`` fill the named places of ``title`` and ``remedy``."""

    kind: ClassVar[FailureKind] = FailureKind.GIVE_UP
    exit_code: ClassVar[ExitCode] = ExitCode.FAILED
    title: ClassVar[str] = "Something went wrong."
    remedy: ClassVar[str] = "Nothing was lost. Try again."

    def __init__(self, **fields: str | int) -> None:
        super().__init__(self.title)
        self.fields = fields

    def __str__(self) -> str:
        return self.title.format_map(_Missing(self.fields))


class _Missing(dict[str, str | int]):
    def __missing__(self, key: str) -> str:
        return "…"


class WrongUsage(ClerkError):
    """A command or a setting was given something it cannot use."""

    exit_code = ExitCode.USAGE
    title = "This cannot be used: {what}"
    remedy = "See the help of the command."


class NoDay(WrongUsage):
    """A text that should be a day is none."""

    title = "This is no day: {what}"
    remedy = "Nothing was changed. Write a day as 24.12.2026 in the window, as 2026-12-24 in a command."


class SettingUnusable(WrongUsage):
    """A setting without which no connection is made is missing or leads nowhere. ``what``: its name and value."""

    title = "This setting cannot be used: {what}"
    remedy = "Nothing was sent. Correct it in the settings, or tell the administrator who fixed it."


class SettingsDamaged(WrongUsage):
    """A settings file that is no TOML, or says something that no setting can be."""

    title = "The settings file cannot be used: {what}"
    remedy = "Nothing was changed. Correct the file or rename it; without it everything is as at the first start."


class SettingLocked(ClerkError):
    """A setting that the administrator's policy fixes."""

    title = "The administrator has fixed this setting: {name}"
    remedy = "Ask the administrator."


class StoreError(ClerkError):
    """The local store cannot be used."""


class WrongKey(StoreError):
    """The store does not open with this key or passphrase."""

    title = "The local store does not open with this key."
    remedy = "Check the passphrase. Nothing was changed."


class PassphraseNeeded(StoreError):
    """There is no usable keyring and no passphrase was given."""

    title = "A passphrase is needed to open the local store."
    remedy = "Set CLERK_DESKTOP_PASSPHRASE or sign in to a desktop session with a keyring."


class KeyringMissing(StoreError):
    """The keyring that holds the key is not the system's own or does not answer."""

    title = "The system's credential store does not answer."
    remedy = "Unlock it and start again. Nothing was changed."


class KeyLost(StoreError):
    """There is a store, but neither the keyring nor the profile holds its key."""

    title = "The key of the local store is not there."
    remedy = (
        "Nothing was changed. Start as the user who made this profile. If the key is gone for good, choose “Repair or"
        " begin anew” when the window starts (or run clerk-desktop doctor --rescue FOLDER): the store is put aside and"
        " everything that the server has is fetched again."
    )


class NumberTaken(StoreError):
    """Another case of this workstation has the case number."""

    kind = FailureKind.CONFLICT
    title = "The case number {number} is used by another case."
    remedy = "Nothing was changed."


class StoreBusy(StoreError):
    """Another process of this user kept the store locked too long."""

    kind = FailureKind.RETRY_LATER
    title = "The local store is busy."
    remedy = "Nothing was changed. Try again."


class StoreFailed(StoreError):
    """The operating system could not read or write the store's files."""

    kind = FailureKind.RETRY_LATER
    title = "The local store cannot be read or written."
    remedy = "Check the disk and the rights of the profile folder. Nothing was changed."


class StoreDamaged(StoreError):
    """The database file is damaged."""

    title = "The local store is damaged."
    remedy = (
        "Nothing was overwritten; a copy is in {kept}. Choose “Repair or begin anew” when the window starts (or run"
        " clerk-desktop doctor --rescue FOLDER): the store is repaired, or unsent work is saved there as files and the"
        " rest fetched from the server."
    )


class ContentDamaged(StoreError):
    """A piece of content in the local store is not what was written."""

    title = "A document that is kept here is damaged."
    remedy = "It is fetched again if the server has it."


class StoreTooNew(StoreError):
    """A newer program wrote this store."""

    title = "The local store was written by a newer version of the program."
    remedy = "Install the newer version. Nothing was changed."


class DiskFull(StoreError):
    """No space left where the profile lies."""

    kind = FailureKind.RETRY_LATER
    title = "The disk is full."
    remedy = "Free some space. Nothing was lost; the work goes on by itself."


class SignOutHalfDone(DiskFull):
    """Somebody signed out, and the disk has no room to write all of that down."""

    kind = FailureKind.GIVE_UP
    title = "The disk is full: signing out could not be finished."
    remedy = (
        "The copies of letters that the server has were removed. Kept, encrypted: the list of cases, and what of the"
        " sign-in lies in the local store. Free some space and sign out again."
    )


class PasswordStays(KeyringMissing):
    """Somebody signed out, and the credential store does not let the password go."""

    title = "The system's credential store does not answer: the password stays in it."
    remedy = (
        "You are signed out, and the copies of letters that the server has were removed. Unlock the credential store,"
        " then sign out again."
    )


class StillAtWork(StoreError):
    """A profile is to be removed while another process works with it."""

    title = "Another program of this user works with this profile."
    remedy = "Nothing was removed. Close its window, or wait until its command has ended, then try again."


class StorageLimit(StoreError):
    """What is kept here for work without a server takes all the room that the settings allow."""

    kind = FailureKind.ASK_CLERK
    title = "The storage limit for documents on this computer is reached."
    remedy = "Make a case available offline no longer, or raise storage_limit_mb. What is here stays."


class ProfileNotLocal(StoreError):
    """The profile lies on a network drive."""

    title = "The profile lies on a network drive."
    remedy = "Choose a folder on a local disk with --home."


class UnsentWork(StoreError):
    """Purging would destroy work that no server has."""

    kind = FailureKind.ASK_CLERK
    title = "Changes that were not sent yet: {count}."
    remedy = "Connect and send them first, or say --discard-unsent."


class ProfileOfAnother(StoreError):
    """The profile holds the work of another account or server."""

    kind = FailureKind.ASK_CLERK
    title = "This profile belongs to another account."
    remedy = (
        "Sign out first and have everything of the account removed (logout --purge), or use another profile (--home)."
    )


class RoleTaken(StoreError):
    """Another process of this user holds the role (window, intake, sync)."""

    title = "Another program of this user is doing this already."
    remedy = "It goes on there; nothing needs to be done."


class RefusalReason(Enum):
    """Why a file was not taken in, or not yet."""

    EMPTY = "empty"
    UNKNOWN_KIND = "unknown-kind"
    DAMAGED = "damaged"
    ENCRYPTED = "encrypted"
    NO_PAGES = "no-pages"
    TOO_LARGE = "too-large"
    TOO_MANY_PAGES = "too-many-pages"
    TOO_MANY_PIXELS = "too-many-pixels"
    UNREADABLE = "unreadable"
    CRASHED = "crashed"
    TOO_SLOW = "too-slow"
    NOT_A_FILE = "not-a-file"
    BAD_NAME = "bad-name"
    ONLY_SHEETS = "only-sheets"
    STILL_GROWING = "still-growing"
    IN_USE = "in-use"
    INCOMPLETE = "incomplete"
    SIGNED = "signed"
    LOOKS_ALIKE = "looks-alike"
    BATCH_OPEN = "batch-open"
    BATCH_BROKEN = "batch-broken"
    INDEX_AWAITED = "index-awaited"
    INDEX_ALONE = "index-alone"


class FileError(ClerkError):
    """One file cannot be worked on; everything else goes on."""

    kind = FailureKind.ASK_CLERK


class FileRefused(FileError):
    """A file that cannot become a document, with the reason."""

    title = "The file was not taken in."
    remedy = "The original was left where it is."

    def __init__(self, reason: RefusalReason) -> None:
        super().__init__()
        self.reason = reason


class NoPreview(FileError):
    """A document whose kind has no pages that could be shown here, an office file or an e-mail."""

    title = "There is no preview for this kind of document."
    remedy = "It was taken in unchanged. Open it with the program of this computer that knows it."


class SignedFile(FileError):
    """A PDF with a signature over its bytes: anything written into it makes the signature invalid."""

    title = "The document is signed; marks written into it would break the signature."
    remedy = "Export the original, and the marks beside it (annotations --xfdf)."


class SidesDoNotFit(FileError):
    """Two scans that are not the fronts and backs of one stack."""

    title = "{fronts} fronts and {backs} backs do not fit together."
    remedy = "Nothing was changed, both scans are kept. Scan what is missing, or put them together all the same."


class NotWritten(FileError):
    """A plain file that somebody asked for cannot be written where it was wanted."""

    title = "{name} cannot be written there: {why}"
    remedy = "Nothing was changed. Choose another folder, or close the program that has the file open."


class MarksRefused(FileError):
    """A file that is not XFDF, or that an attacker made."""

    title = "This is not a usable file of marks (XFDF): {why}"
    remedy = "Nothing was changed. Export it again from the program that made it."


class WorkerCrashed(FileError):
    """A worker process ended while it worked on a file."""

    title = "The file could not be read: the reader stopped."
    remedy = "The original was left where it is."


class WorkerLate(FileError):
    """A worker process did not finish in time and was ended."""

    title = "The file could not be read in time."
    remedy = "The original was left where it is."


class WorkersClosed(ClerkError):
    """The worker processes are being ended; the work is done at the next start. Says nothing about the file."""

    kind = FailureKind.RETRY_LATER
    title = "The program is being closed."
    remedy = "Nothing was lost; the work goes on at the next start."


class WorkerNotStarted(ClerkError):
    """A worker process did not come up. Says nothing about the file."""

    kind = FailureKind.RETRY_LATER
    title = "The part of the program that reads files cannot be started."
    remedy = "Nothing was lost. Run clerk-desktop doctor; often a virus scanner or a broken installation is the cause."


class WatchedFolderAway(ClerkError):
    """A watched folder is not there, or cannot be read: what lies in it is not known."""

    kind = FailureKind.RETRY_LATER
    exit_code = ExitCode.NEEDS_CLERK
    title = "A scan folder cannot be reached."
    remedy = "What was taken in is kept; new scans follow once the folder is there again. Check drive and network."


class RecognitionMissing(ClerkError):
    """Tesseract's language data are not on this machine. Says nothing about the file."""

    kind = FailureKind.RETRY_LATER
    title = "Text recognition is not set up: language data {languages} were not found."
    remedy = "Install them (Debian: tesseract-ocr-deu, tesseract-ocr-script-latn) or set TESSDATA_PREFIX."


class FontsMissing(ClerkError):
    """No font was found to draw the sample letters with."""

    title = "No fonts were found to draw the sample letters with."
    remedy = "Install them (Debian: fonts-liberation2, fonts-crosextra-carlito, fonts-dejavu-core)."


class NotKnown(ClerkError):
    """A number or id that the local store does not have."""

    title = "Not found: {what}"
    remedy = "Check the number, or synchronise first."


class FiledMeanwhile(ClerkError):
    """A letter was to be filed from the inbox, but somebody filed it before. ``number``: of the case it lies in."""

    kind = FailureKind.CONFLICT
    title = "The letter was filed in {number} by somebody else in the meantime."
    remedy = "It stays there; nothing was changed. Open it there if it belongs into another case."


class LetterGaveWay(ClerkError):
    """The pages of a letter are in other letters by now."""

    kind = FailureKind.CONFLICT
    title = "The pages of this letter are in other letters by now."
    remedy = "Nothing was changed. The new letters lie in the inbox."


class PagesFixed(ClerkError):
    """Pages of this document cannot be put elsewhere: it has none, is signed, or somebody marked them."""

    title = "The pages of this document stay together: it is signed, has marks, or is no PDF."
    remedy = "Nothing was changed. Scan the letter again if it was cut wrongly."


class TownsDiffer(ClerkError):
    """Pages of letters to different municipalities were to be put together."""

    title = "These letters belong to different municipalities; their pages are not put together."
    remedy = "Nothing was changed. Every letter stays in the inbox of its municipality."


class SelfTestFailed(ClerkError):
    """Something the program needs does not work on this machine."""

    title = "The self-test failed: {what}"
    remedy = "Send the output of doctor --self-test to the administrator."


class AddressTaken(ClerkError):
    """The embedded server cannot listen there: the port is another program's, or the address not this machine's."""

    title = "Nobody can be served at this address: {what}"
    remedy = "Nothing was changed. Choose another port, or end the program that uses it."


class FolderNotServed(ClerkError):
    """The data folder of the embedded server cannot be opened, or is served already."""

    title = "This data folder cannot be served: {what}"
    remedy = "Nothing was changed. Another process may be serving it, or a newer version of the program has written it."


class ScannerError(ClerkError):
    """Something between paper and its first file. ``remedy`` is about the paper: pages that came are always kept."""

    kind = FailureKind.ASK_CLERK
    title = "The scanner does not do what it should."
    remedy = "The pages that came are kept. Look at the device and go on."


class FeederEmpty(ScannerError):
    """Nothing to scan."""

    title = "There is no paper in the feeder."
    remedy = "Put the stack in and scan again."


class PaperJam(ScannerError):
    """Paper is stuck."""

    title = "Paper jam in the scanner."
    remedy = "The pages that came are kept. Take the stuck sheet out, put it back on the rest, and go on."


class CoverOpen(ScannerError):
    """A lid or a door is open."""

    title = "A cover of the scanner is open."
    remedy = "The pages that came are kept. Close it and go on."


class SheetsTogether(ScannerError):
    """The feeder drew several sheets at once, or none."""

    title = "The scanner drew several sheets at once, or could not take the next one."
    remedy = "The pages that came are kept. Loosen the stack, put it back in beginning with that sheet, and go on."


class ScanStopped(ScannerError):
    """The device ended the work, or somebody did at the device."""

    title = "The scan was stopped at the device."
    remedy = "The pages that came are kept. Put the rest back in and go on."


class ScanInterrupted(ScannerError):
    """The program, or the whole machine, ended in the middle of a scan; or a clerk stopped it."""

    title = "The scan was broken off."
    remedy = "The pages that came are kept. Put the rest back in and go on, or keep what is there."


class ScanNotPossible(ScannerError):
    """A device that lacks what is wanted."""

    kind = FailureKind.GIVE_UP
    title = "{name} cannot scan like this."
    remedy = "Choose another place for the paper, or one side only."


class ScanFolderNeeded(ScannerError):
    """It is not clear where the scan belongs."""

    exit_code = ExitCode.USAGE
    title = "It is not clear for which scan folder to scan."
    remedy = "Name one of the watched folders with --folder, or add one first."


class ScanFolderAway(ScannerError):
    """The scan folder cannot be written."""

    title = "The scan folder {name} cannot be written: {why}"
    remedy = "The pages that came are kept there. Check the drive and the rights, then go on."


class ScannerBadAnswer(ScannerError):
    """An answer that eSCL does not have, or one without bounds."""

    title = "The scanner gives an answer that makes no sense ({what})."
    remedy = "The pages that came are kept. Switch the device off and on, and check that the address is a scanner's."


class ScannerUnreachable(ScannerError):
    """No answer: name, connection, time-out, or the line was cut."""

    kind = FailureKind.RETRY_LATER
    exit_code = ExitCode.UNREACHABLE
    title = "The scanner does not answer."
    remedy = "The pages that came are kept. Check that it is switched on and in the same network, then go on."


class ScannerBusy(ScannerUnreachable):
    """Somebody else scans, copies or prints."""

    title = "The scanner is busy with something else."
    remedy = "The pages that came are kept. Try again when it is free."


class ScannerNotConfirmed(ScannerUnreachable):
    """The device's certificate is its own and nobody has confirmed it here."""

    kind = FailureKind.ASK_CLERK
    exit_code = ExitCode.FAILED
    title = "{name} shows a certificate that nobody vouches for. Its fingerprint: {fingerprint}"
    remedy = "Nothing was scanned. Compare it with the one the device shows in its settings, and confirm it once."


class ScannerCertificateChanged(ScannerNotConfirmed):
    """Another certificate than the one that was confirmed."""

    title = "{name} shows another certificate than the one that was confirmed. Its fingerprint now: {fingerprint}"
    remedy = (
        "Nothing was scanned. If the device was set up anew, compare with its settings and confirm again;"
        " if not, tell the administrator."
    )


class ServerError(ClerkError):
    """The shared backend did not do what was asked."""


class NotSignedIn(ServerError):
    """No account is set up in this profile."""

    kind = FailureKind.SIGN_IN
    exit_code = ExitCode.NOT_SIGNED_IN
    title = "Not signed in."
    remedy = "Sign in: in the window under Settings, on the command line with login. Everything done so far is kept."


class SignInRefused(ServerError):
    """The server refused name or password (401, or 403 at sign-in)."""

    kind = FailureKind.SIGN_IN
    exit_code = ExitCode.NOT_SIGNED_IN
    title = "The server refused the user name or the password."
    remedy = "Sign in again. Everything done so far is kept."


class TokenRefused(SignInRefused):
    """The server refused a token that was fetched for it just now."""

    title = "The server does not accept the sign-in, though the sign-on service does."
    remedy = "Tell the administrator: the server must trust the sign-on service. Everything done so far is kept."


class SignInPage(ServerError):
    """A web page came where data was expected: a sign-on gateway or a captive portal."""

    kind = FailureKind.SIGN_IN
    exit_code = ExitCode.NOT_SIGNED_IN
    title = "The server answered with a web page for signing in."
    remedy = "Check the address of the server and the network. Everything done so far is kept."


class SignInIncomplete(ServerError):
    """Somebody closed the page, said no, or did not come back from the browser in time."""

    kind = FailureKind.SIGN_IN
    exit_code = ExitCode.NOT_SIGNED_IN
    title = "The sign-in in the browser was not completed."
    remedy = "Nothing was changed. Sign in again when you like."


class SignInEnded(ServerError):
    """The sign-on service no longer takes the token of the last sign-in."""

    kind = FailureKind.SIGN_IN
    exit_code = ExitCode.NOT_SIGNED_IN
    title = "The sign-in has ended."
    remedy = "Sign in again. Everything done so far is kept."


class SignInNotTrusted(ServerError):
    """What came from the sign-on service does not fit to what was asked: somebody may be in between."""

    kind = FailureKind.SIGN_IN
    exit_code = ExitCode.NOT_SIGNED_IN
    title = "The answer of the sign-on service cannot be trusted ({what})."
    remedy = "Nothing was sent to the server. Sign in again; if it stays, tell the administrator."


class SignInSetUpWrong(ServerError):
    """The sign-on service does not know this program, or not what it asks for."""

    kind = FailureKind.SIGN_IN
    exit_code = ExitCode.NOT_SIGNED_IN
    title = "The sign-on service does not accept this program ({what})."
    remedy = "Ask the administrator to check oidc_client and oidc_scope. Everything done so far is kept."


class ClockWrong(SignInNotTrusted):
    """The times in the answer of the sign-on service are not this computer's."""

    title = "This computer's clock and the sign-on service's differ by more than {minutes} minutes."
    remedy = "Set the clock, then sign in again. Everything done so far is kept."


class OwnCertificateUnusable(ServerError):
    """The file that the setting ``client_certificate`` names is not there, is none, or has another passphrase."""

    kind = FailureKind.SIGN_IN
    exit_code = ExitCode.NOT_SIGNED_IN
    title = "The certificate of this workstation cannot be used: {what}"
    remedy = "Check the file and its passphrase, then sign in again. Everything done so far is kept."


class OwnCertificateExpired(OwnCertificateUnusable):
    """The certificate of this workstation is no longer valid."""

    title = "The certificate of this workstation was valid until {day}."
    remedy = "Ask the administrator for a new one. Everything done so far is kept."


class OwnCertificateRefused(OwnCertificateUnusable):
    """The server did not take the certificate of this workstation, or wanted one."""

    title = "The server did not accept the certificate of this workstation, or wants one."
    remedy = "Ask the administrator for a valid one. Everything done so far is kept."


class ServerUnreachable(ServerError):
    """No answer: name, connection, TLS, time-out."""

    kind = FailureKind.RETRY_LATER
    exit_code = ExitCode.UNREACHABLE
    title = "The server cannot be reached."
    remedy = "Everything is kept and sent when the server answers again."


class AddressUnreachable(ServerUnreachable):
    """Nobody answers at the address that somebody wants to sign in at."""

    remedy = "Nothing was changed. Check the address and the network, then sign in again."


class SignOnServiceUnreachable(ServerUnreachable):
    """The sign-on service does not answer; the DMS may."""

    title = "The sign-on service cannot be reached."
    remedy = "What waits to be sent is kept. Try again when it answers."


class ProxyRefused(ServerUnreachable):
    """The proxy is there and lets nothing through, as when it wants to know who asks (407)."""

    title = "The proxy does not let the connection through."
    remedy = "What waits to be sent is kept. Ask the administrator about the proxy."


class ProxyScriptUnusable(ServerUnreachable):
    """The proxy script of the settings cannot be fetched or run."""

    title = "The proxy script cannot be used: {what}"
    remedy = "What waits to be sent is kept. Check the setting proxy_script."


class CertificateRefused(ServerUnreachable):
    """A server answers, but this machine does not trust its certificate, or it belongs to another name, or expired."""

    title = "The server's certificate is not valid on this computer."
    remedy = "Nothing was sent, no password either. Check the address, or ask the administrator about the certificate."


class CertificateExpired(CertificateRefused):
    """The server's certificate is not valid yet, or no longer."""

    title = "The server's certificate has expired, or is not valid yet."
    remedy = "Nothing was sent, no password either. Check the clock of this computer, or tell the administrator."


class ContentAway(ServerUnreachable):
    """A content is not in the local store, and the server that has it does not answer."""

    title = "The content is not on this computer, and the server cannot be reached."
    remedy = "Try again when the server answers."


class ServerBusy(ServerError):
    """The server asked to come back later (429, 503). ``retry_after`` in seconds, 0 when not told."""

    kind = FailureKind.RETRY_LATER
    exit_code = ExitCode.UNREACHABLE
    title = "The server is busy."
    remedy = "What waits to be sent is kept and tried again by itself."

    def __init__(self, retry_after: int = 0) -> None:
        super().__init__(retry_after=retry_after)
        self.retry_after = retry_after


class ServerFault(ServerError):
    """The server failed inside (CMIS runtime, storage)."""

    kind = FailureKind.RETRY_LATER
    title = "The server reported a fault of its own."
    remedy = "What waits to be sent is kept and tried again by itself. If it stays, tell the administrator."


class BadAnswer(ServerError):
    """The answer is not what the protocol says."""

    kind = FailureKind.RETRY_LATER
    title = "The server's answer cannot be understood."
    remedy = "Nothing was lost. Check the address of the server."


class SignOnServiceFault(BadAnswer):
    """The sign-on service answers with something else than the standard says, as a web page."""

    title = "The answer of the sign-on service cannot be understood."
    remedy = "Nothing was lost. Try again later; if it stays, tell the administrator."


class NotADms(ServerError):
    """The address answers, but not with CMIS 1.1 Browser Binding."""

    title = "This address is not a document management system that speaks CMIS 1.1 (JSON)."
    remedy = "Ask the administrator for the address of the CMIS Browser Binding."


class NotSecured(ServerError):
    """An address on another machine without TLS: passwords and tokens would travel in the open."""

    title = "This address is not secured (http instead of https)."
    remedy = "Nothing was sent, no password either. Ask the administrator for the address that begins with https."


class DmsUnsuited(ServerError):
    """A CMIS server without something the program needs."""

    title = "This document management system cannot be used: {what}"
    remedy = "Ask the administrator."


class TypesMissing(DmsUnsuited):
    """A CMIS server without our types, or with some of that name that are not ours."""

    title = "The server lacks what cases and letters are kept in: {what}"
    remedy = "Ask the administrator: clerk-desktop admin check shows what must be added."


class InnerAddress(DmsUnsuited):
    """A CMIS server that tells the addresses of another host than the one it was asked at."""

    title = "The server names the addresses of another host: {what}"
    remedy = "Nothing was sent there. If it is the same server behind a proxy, the administrator sets rewrite_base_url."


class CmisTooOld(DmsUnsuited):
    """A CMIS server of another version than ours."""

    title = "This server speaks CMIS {version}; clerk-desktop needs CMIS 1.1."
    remedy = "Ask the administrator whether the server can be brought to CMIS 1.1 with the Browser Binding (JSON)."


class OtherBinding(DmsUnsuited):
    """A CMIS server at the address of one of its XML bindings."""

    title = "This address speaks CMIS as {what}, not as JSON (Browser Binding)."
    remedy = "Ask the administrator for the address of the Browser Binding; on many servers it ends in /browser."


class PermissionDenied(ServerError):
    """No right to do this."""

    kind = FailureKind.ASK_CLERK
    title = "You have no right to do this on the server."
    remedy = "The change is kept here. Ask the administrator for the right."


class RuleViolated(ServerError):
    """The server has a rule against it (CMIS constraint, versioning)."""

    kind = FailureKind.ASK_CLERK
    title = "A rule of the server forbids this."
    remedy = "The change is kept here. See the transfer for details."


class Missing(ServerError):
    """The object is not (or no longer) on the server, or not visible."""

    kind = FailureKind.CONFLICT
    title = "This is not, or no longer, on the server."
    remedy = "Your version is kept here."


class ChangedMeanwhile(ServerError):
    """Somebody else changed the object (CMIS updateConflict)."""

    kind = FailureKind.CONFLICT
    title = "Somebody else changed this in the meantime."
    remedy = "Both versions are kept; they are merged or shown side by side."


class NameTaken(ServerError):
    """An object of that name is already there (nameConstraintViolation, contentAlreadyExists)."""

    kind = FailureKind.CONFLICT
    title = "Something of that name is already there."
    remedy = "Your version is kept here."


class RequestRefused(ServerError):
    """The server did not accept the request's form (invalidArgument, filterNotValid)."""

    title = "The server refused the request."
    remedy = "The change is kept here. Tell the administrator."


class AbilityMissing(ServerError):
    """The server cannot do this (notSupported, streamNotSupported)."""

    title = "The server cannot do this."
    remedy = "The change is kept here. Tell the administrator."


class ContentDiffers(ServerError):
    """Content on the server is not what was sent or promised (length or SHA-256)."""

    kind = FailureKind.RETRY_LATER
    title = "The document on the server is not the same as the one that was sent."
    remedy = "It is kept here and sent again."


def named(name: str) -> ClerkError:
    """Return an error that was kept by the name of its class, without its fields.

    A plain one for an unknown name, and for a refused file, whose reason was not kept.
    """
    kind = globals().get(name)
    if isinstance(kind, type) and issubclass(kind, ClerkError) and not issubclass(kind, FileRefused):
        return kind()
    return ClerkError()
