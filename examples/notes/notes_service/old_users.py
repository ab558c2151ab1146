"""The users of the old application, in the table that it left: SQLite, passwords as salted PBKDF2 hashes."""

import base64
import hashlib
import hmac
import sqlite3
from contextlib import closing
from dataclasses import dataclass


@dataclass(frozen=True)
class OldUser:
    """``password_hash`` is ``pbkdf2_sha256$<iterations>$<salt>$<base64 of the hash>``."""

    id: int
    email: str
    password_hash: str

    def has_password(self, password: str) -> bool:
        _, iterations, salt, expected = self.password_hash.split("$")
        hashed = hashlib.pbkdf2_hmac("sha256", password.encode(), salt.encode(), int(iterations))
        return hmac.compare_digest(hashed, base64.b64decode(expected))


def find(database: str, email: str) -> OldUser | None:
    """The user of an e-mail address, unless the old application has closed the account."""
    with closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as db:
        row = db.execute("SELECT id, email, password FROM user WHERE email = ? AND is_active", (email,)).fetchone()
    return OldUser(*row) if row else None
