"""How this workstation reaches servers: whom it trusts, and the certificate it shows.

There is no switch to ignore certificates. A town's own certification authority belongs into the system's store, or
into a file that the setting ``ca_file`` names; it is trusted beside the system's, not in their place.
"""

from __future__ import annotations

import ssl
from dataclasses import dataclass
from pathlib import Path

import truststore

from clerk_desktop.backend.certificate import OwnCertificate
from clerk_desktop.model.errors import WrongUsage


@dataclass(frozen=True, kw_only=True, slots=True)
class Line:
    """``ca_file``: PEM certificates that are trusted too, None for none. ``certificate``: shown to whoever asks."""

    ca_file: Path | None = None
    certificate: OwnCertificate | None = None

    def tls(self) -> ssl.SSLContext:
        """Return what connections are secured with.

        Raises ``WrongUsage`` for a ``ca_file`` that is none, ``OwnCertificateUnusable``, ``OwnCertificateExpired``.
        """
        context = truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        if self.ca_file is not None:
            try:
                context.load_verify_locations(cafile=self.ca_file)
            except (OSError, ssl.SSLError) as error:
                raise WrongUsage(what=f"ca_file = {self.ca_file}") from error
        if self.certificate is not None:
            self.certificate.load_into(context)
        return context
