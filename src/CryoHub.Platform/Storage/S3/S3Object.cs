using System.Net;
using Amazon.S3;
using Amazon.S3.Model;
using CryoHub.Imaging;

namespace CryoHub.Platform.Storage.S3;

/// <summary>An object in a bucket; every read is one ranged request for the version that was opened.</summary>
internal sealed class S3Object(IAmazonS3 s3, string bucket, string key, long length, string etag) : StoredObject(length, etag.Trim('"'))
{
    public override async ValueTask ReadAsync(long offset, Memory<byte> destination, CancellationToken ct)
    {
        CryoHub.Imaging.Sources.ByteRange.Check(offset, destination.Length, Length);
        if (destination.IsEmpty)
        {
            return;
        }

        var request = new GetObjectRequest { BucketName = bucket, Key = key, EtagToMatch = etag, ByteRange = new ByteRange(offset, offset + destination.Length - 1) };
        try
        {
            using var response = await s3.GetObjectAsync(request, ct);
            await response.ResponseStream.ReadExactlyAsync(destination, ct);
        }
        catch (AmazonS3Exception gone) when (gone.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.PreconditionFailed)
        {
            throw ProblemException.Unreadable($"The object was deleted or replaced while bytes {offset} to {offset + destination.Length} were read.", gone);
        }
    }
}
