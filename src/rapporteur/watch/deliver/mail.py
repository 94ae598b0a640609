"""E-mail: one plain message per alert, with its citations."""

from __future__ import annotations

import smtplib
import ssl
from datetime import datetime
from email.message import EmailMessage
from email.utils import format_datetime
from urllib.parse import unquote, urlsplit

from rapporteur import __version__
from rapporteur.errors import ConfigurationError, DeliveryError
from rapporteur.model.watch import Alert
from rapporteur.watch.deliver.base import Sending, passage_path
from rapporteur.watch.deliver.syndication import title_of

PORTS = {"smtp": 587, "smtps": 465}


def send(target: str, alert: Alert, sending: Sending) -> None:
    """Hands the message to the mail server. Encrypted where the server offers it; a name and password go over nothing else."""
    if not sending.smtp or not sending.sender:
        raise ConfigurationError("alerts.smtp and alerts.mail_from: are needed to send mail; see docs/watch.md")
    server = urlsplit(sending.smtp)
    if server.scheme not in PORTS or not server.hostname:
        raise ConfigurationError("alerts.smtp: is no mail server; write smtp://host:587 or smtps://host")
    message = message_of(unquote(target.removeprefix("mailto:")), alert, sending)
    try:
        with _connected(server.scheme, server.hostname, server.port, sending.options.timeout) as client:
            encrypted = server.scheme == "smtps"
            if not encrypted and client.has_extn("starttls"):
                client.starttls(context=ssl.create_default_context())
                client.ehlo()
                encrypted = True
            if server.username:
                if not encrypted:
                    raise DeliveryError(f"{server.hostname}: offers no encryption; the password was not sent")
                client.login(unquote(server.username), unquote(server.password or ""))
            client.send_message(message)
    except (smtplib.SMTPException, OSError) as error:
        raise DeliveryError(f"{target}: the mail server {server.hostname} refused the message ({error})") from error


def message_of(receiver: str, alert: Alert, sending: Sending) -> EmailMessage:
    """The message. Line breaks of a report's text cannot make headers: the email package refuses them, and they are folded."""
    message = EmailMessage()
    message["Subject"] = _one_line(f"[{alert.title}] {title_of(alert)}")
    message["From"], message["To"] = sending.sender, receiver
    message["Date"] = format_datetime(datetime.fromisoformat(alert.at))
    message["Message-ID"] = f"<{alert.id}@rapporteur.invalid>"
    message["Auto-Submitted"] = "auto-generated"  # RFC 3834: keeps out-of-office replies away
    lines = [f"{alert.heading}: {alert.text}", ""]
    if sending.desk:
        desk = sending.desk.rstrip("/")
        lines += [f"{desk}/alerts#{alert.id}", *(f"{desk}{passage_path(claim)}" for claim in alert.cites)]
    else:
        lines += [f"Passages: {', '.join(alert.cites) or 'none'}; account @{alert.account}"]
    lines += ["", f"rapporteur {__version__}"]
    message.set_content("\n".join(lines))
    return message


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _connected(scheme: str, host: str, port: int | None, timeout: float) -> smtplib.SMTP:
    if scheme == "smtps":
        client: smtplib.SMTP = smtplib.SMTP_SSL(
            host, port or PORTS[scheme], timeout=timeout, context=ssl.create_default_context()
        )
    else:
        client = smtplib.SMTP(host, port or PORTS[scheme], timeout=timeout)
    client.ehlo()
    return client
