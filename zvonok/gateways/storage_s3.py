"""Files in S3, or what speaks as it does. Needs the extra `zvonok[s3]`; keys of access come from the environment."""

from collections.abc import Mapping
from typing import Any, BinaryIO, cast

import boto3
from botocore.config import Config
from botocore.exceptions import ClientError

ADDRESS_SECONDS = 60


class S3Store:
    """Keeps files in a bucket, under a prefix."""

    def __init__(self, bucket: str, prefix: str, *, endpoint: str = "", region: str = "us-east-1") -> None:
        self._bucket, self._prefix = bucket, f"{prefix}/" if prefix else ""
        config = Config(
            signature_version="s3v4", retries={"max_attempts": 3}, connect_timeout=5, read_timeout=60
        )
        self._client: Any = boto3.client(
            "s3", endpoint_url=endpoint or None, region_name=region, config=config
        )

    def put(self, key: str, file: BinaryIO) -> None:
        """Keep all of `file` under `key`."""
        self._client.upload_fileobj(file, self._bucket, self._prefix + key)

    def open(self, key: str, *, start: int = 0) -> BinaryIO:
        """Open what is kept, from its byte `start` on."""
        wanted = {"Range": f"bytes={start}-"} if start else {}
        try:
            answer = self._client.get_object(**self._at(key), **wanted)
        except ClientError as fault:
            if fault.response["Error"]["Code"] in ("NoSuchKey", "404"):
                raise FileNotFoundError(key) from fault
            raise
        return cast(BinaryIO, answer["Body"])

    def drop(self, key: str) -> None:
        """Forget what is kept."""
        self._client.delete_object(**self._at(key))

    def address(self, key: str, *, headers: Mapping[str, str]) -> str:
        """Make an address that serves it for a minute under these headers."""
        told = {f"Response{name.replace('-', '')}": value for name, value in headers.items()}
        return str(
            self._client.generate_presigned_url(
                "get_object", Params=self._at(key) | told, ExpiresIn=ADDRESS_SECONDS
            )
        )

    def _at(self, key: str) -> dict[str, str]:
        return {"Bucket": self._bucket, "Key": self._prefix + key}
