"""Attachments, as the app on a user's computer has them: in S3 and DynamoDB, without the service in between.

The app has no credentials of its own. An identity pool gives it some for the user's ID token, or for a guest, and the
policy of their role keeps users out of each other's files.
"""

import boto3
from botocore import UNSIGNED
from botocore.config import Config

from .settings import REGION, AttachmentSettings

identities = boto3.client(
    "cognito-identity", region_name=REGION, config=Config(signature_version=UNSIGNED, retries={"mode": "standard"})
)


class Attachments:
    """The attachments of a user or, without an ID token, of a guest.

    The app remembers ``identity_id``. A guest who signs in keeps their files when it comes along with the ID token,
    unless they have been here before: then it is the identity that they had.
    """

    def __init__(
        self, settings: AttachmentSettings, id_token: str | None = None, identity_id: str | None = None
    ) -> None:
        logins = {settings.provider: id_token} if id_token else {}
        if identity_id is None:
            found = identities.get_id(IdentityPoolId=settings.identity_pool_id, Logins=logins)
            identity_id = found["IdentityId"]
        given = identities.get_credentials_for_identity(IdentityId=identity_id, Logins=logins)
        keys = given["Credentials"]
        self.identity_id = given["IdentityId"]
        self._bucket, self._table = settings.bucket, settings.table
        session = boto3.Session(keys["AccessKeyId"], keys["SecretKey"], keys["SessionToken"], region_name=REGION)
        self.s3, self.dynamodb = session.client("s3"), session.client("dynamodb")

    def put(self, name: str, content: bytes) -> None:
        self.s3.put_object(Bucket=self._bucket, Key=f"{self.identity_id}/{name}", Body=content)
        entry = {"owner": {"S": self.identity_id}, "name": {"S": name}, "size": {"N": str(len(content))}}
        self.dynamodb.put_item(TableName=self._table, Item=entry)

    def get(self, name: str) -> bytes:
        found = self.s3.get_object(Bucket=self._bucket, Key=f"{self.identity_id}/{name}")
        content: bytes = found["Body"].read()
        return content

    def sizes(self) -> dict[str, int]:
        """The names of all attachments, and how many bytes they have."""
        entries = self.dynamodb.query(
            TableName=self._table,
            KeyConditionExpression="#owner = :me",
            ExpressionAttributeNames={"#owner": "owner"},
            ExpressionAttributeValues={":me": {"S": self.identity_id}},
        )
        return {entry["name"]["S"]: int(entry["size"]["N"]) for entry in entries["Items"]}
