using CryoHub.Platform.Storage;

namespace CryoHub.Platform.Tests.Storage;

/// <summary>How to reach the S3 server of <c>infra/services/s3.sh</c>.</summary>
internal static class TestS3
{
    public static StorageOptions Options(string bucket) =>
        new() { Kind = StorageKind.S3, Endpoint = "http://127.0.0.1:7480", AccessKey = "AKCRYO", SecretKey = "SKCRYO", Bucket = bucket };
}
