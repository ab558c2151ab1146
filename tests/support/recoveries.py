"""Point-in-time recoveries, as an administrator runs them."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from .app import Answer, App


@dataclass
class Recovery:
    """A recovery of a pool."""

    app: App
    id: str

    @classmethod
    def begin(cls, app: App, moment: dt.datetime | None = None) -> Recovery:
        """A recovery to a moment, an hour ago if there is none, whose preview is being made."""
        moment = moment or app.pool.world.clock.now() - dt.timedelta(hours=1)
        answer = app.call("initiate_point_in_time_recovery", UserPoolId=app.pool_id, RestoreTimestamp=moment)
        return cls(app, answer["Restoration"]["RestoreId"])

    @classmethod
    def run(cls, app: App, moment: dt.datetime) -> dict[str, tuple[int, int, int]]:
        """What there was in the preview of a recovery to a moment that has been completed."""
        recovery = cls.begin(app, moment)
        counts = recovery.counts()
        recovery.call("start")
        assert recovery.call("describe")["RestoreStatus"] == "RESTORE_COMPLETED"
        return counts

    def call(self, verb: str) -> Answer:
        """The recovery, as an operation answers: ``describe``, ``start`` or ``cancel``."""
        where = {"UserPoolId": self.app.pool_id, "RestoreId": self.id}
        restoration: Answer = self.app.call(f"{verb}_point_in_time_recovery", **where)["Restoration"]
        return restoration

    def counts(self) -> dict[str, tuple[int, int, int]]:
        """How many entities are created, updated and deleted, by entity, without those of which there are none."""
        preview = self.call("describe")["RestorePreview"]
        counts = {each["Entity"]: (each["CreateCount"], each["UpdateCount"], each["DeleteCount"]) for each in preview}
        return {entity: each for entity, each in counts.items() if any(each)}
