using System.Net;
using System.Runtime.CompilerServices;
using Amazon.Runtime;
using Amazon.Runtime.Credentials;
using Amazon.S3;
using Amazon.S3.Model;
using CryoHub.Imaging;
using Microsoft.Extensions.Options;

namespace CryoHub.Platform.Storage.S3;

/// <summary>The object store in a bucket of any S3 server. Browsers send parts to it directly.</summary>
public sealed class S3ObjectStore : IObjectStore, IDisposable
{
    /// <summary>What fits is one request; larger objects go up in parts of this size.</summary>
    private const int PutPart = 16 << 20;

    private readonly StorageOptions options;
    private readonly TimeProvider clock;
    private readonly AmazonS3Client s3;
    private readonly S3PartSigner signer;

    public S3ObjectStore(IOptions<StorageOptions> options, TimeProvider clock)
    {
        this.options = options.Value;
        this.clock = clock;
        s3 = S3Clients.Create(this.options);
        signer = new S3PartSigner(Credentials(this.options), this.options.Region);
    }

    /// <summary>Creates the bucket where it is absent and lets the allowed origins send parts and read their ETags.</summary>
    public Task PrepareAsync(CancellationToken ct) => S3Bucket.PrepareAsync(s3, options, ct);

    public async Task PutAsync(string key, Stream content, CancellationToken ct)
    {
        var buffer = new byte[PutPart];
        var got = await content.ReadAtLeastAsync(buffer, PutPart, throwOnEndOfStream: false, ct);
        if (got < PutPart)
        {
            using var whole = new MemoryStream(buffer, 0, got);
            await s3.PutObjectAsync(new PutObjectRequest { BucketName = options.Bucket, Key = key, InputStream = whole, UseChunkEncoding = false }, ct);
            return;
        }

        var upload = await BeginAsync(key, ct);
        try
        {
            var parts = new List<PartTag>();
            for (; got > 0; got = await content.ReadAtLeastAsync(buffer, PutPart, throwOnEndOfStream: false, ct))
            {
                parts.Add(await PutPartAsync(upload, parts.Count + 1, buffer, got, ct));
            }

            await CompleteAsync(upload, parts, ct);
        }
        catch
        {
            await AbortAsync(upload, CancellationToken.None);
            throw;
        }
    }

    public async Task<StoredObject?> OpenAsync(string key, CancellationToken ct)
    {
        try
        {
            var head = await s3.GetObjectMetadataAsync(options.Bucket, key, ct);
            return new S3Object(s3, options.Bucket, key, head.ContentLength, head.ETag);
        }
        catch (AmazonS3Exception absent) when (absent.StatusCode == HttpStatusCode.NotFound)
        {
            return null;
        }
    }

    public async IAsyncEnumerable<ObjectInfo> ListAsync(string prefix, [EnumeratorCancellation] CancellationToken ct)
    {
        var request = new ListObjectsV2Request { BucketName = options.Bucket, Prefix = prefix };
        for (var more = true; more;)
        {
            var page = await s3.ListObjectsV2Async(request, ct);
            foreach (var found in page.S3Objects ?? [])
            {
                yield return new ObjectInfo(found.Key, found.Size ?? 0, found.LastModified?.ToUniversalTime() ?? default);
            }

            request.ContinuationToken = page.NextContinuationToken;
            more = page.IsTruncated == true;
        }
    }

    public async Task DeleteAsync(string prefix, CancellationToken ct)
    {
        ArgumentException.ThrowIfNullOrEmpty(prefix);
        await foreach (var batch in ListAsync(prefix, ct).Select(found => new KeyVersion { Key = found.Key }).Chunk(1000).WithCancellation(ct))
        {
            await s3.DeleteObjectsAsync(new DeleteObjectsRequest { BucketName = options.Bucket, Objects = [.. batch], Quiet = true }, ct);
        }
    }

    public Task DeleteOneAsync(string key, CancellationToken ct) => s3.DeleteObjectAsync(options.Bucket, key, ct);

    public async Task<MultipartUpload> BeginAsync(string key, CancellationToken ct) =>
        new(key, (await s3.InitiateMultipartUploadAsync(options.Bucket, key, ct)).UploadId);

    public async Task<IReadOnlyList<StoredPart>?> ListPartsAsync(MultipartUpload upload, CancellationToken ct)
    {
        var parts = new List<StoredPart>();
        var request = new ListPartsRequest { BucketName = options.Bucket, Key = upload.Key, UploadId = upload.StoreUploadId };
        try
        {
            for (var more = true; more;)
            {
                var page = await s3.ListPartsAsync(request, ct);
                parts.AddRange((page.Parts ?? []).Select(part => new StoredPart(part.PartNumber ?? 0, part.Size ?? 0, part.ETag.Trim('"'))));
                request.PartNumberMarker = page.NextPartNumberMarker?.ToString(System.Globalization.CultureInfo.InvariantCulture);
                more = page.IsTruncated == true;
            }

            return parts;
        }
        catch (AmazonS3Exception unknown) when (unknown.StatusCode == HttpStatusCode.NotFound)
        {
            return null;
        }
    }

    public SignedPart SignPart(MultipartUpload upload, int number, long size, ReadOnlySpan<byte> sha256)
    {
        var now = clock.GetUtcNow();
        var hash = Convert.ToHexStringLower(sha256);
        var part = new Uri(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{BucketAddress()}/{upload.Key}?partNumber={number}&uploadId={Uri.EscapeDataString(upload.StoreUploadId)}"));
        var url = signer.Sign(part, size, hash, now, StorageOptions.PartLifetime);
        return new SignedPart(url, new Dictionary<string, string> { ["x-amz-content-sha256"] = hash }, now + StorageOptions.PartLifetime);
    }

    public async Task CompleteAsync(MultipartUpload upload, IReadOnlyList<PartTag> parts, CancellationToken ct)
    {
        var tags = parts.OrderBy(part => part.Number).Select(part => new PartETag(part.Number, $"\"{part.ETag.Trim('"')}\"")).ToList();
        try
        {
            await s3.CompleteMultipartUploadAsync(new CompleteMultipartUploadRequest { BucketName = options.Bucket, Key = upload.Key, UploadId = upload.StoreUploadId, PartETags = tags }, ct);
        }
        catch (AmazonS3Exception refused) when (refused.ErrorCode is "InvalidPart" or "InvalidPartOrder" or "EntityTooSmall" or "NoSuchUpload")
        {
            throw new ProblemException(ProblemKind.Conflict, "A part is not stored as it was named, or the upload is over; list the parts and send what is absent.", refused);
        }
    }

    public async Task AbortAsync(MultipartUpload upload, CancellationToken ct)
    {
        try
        {
            await s3.AbortMultipartUploadAsync(options.Bucket, upload.Key, upload.StoreUploadId, ct);
        }
        catch (AmazonS3Exception unknown) when (unknown.StatusCode == HttpStatusCode.NotFound)
        {
            // Already completed or aborted: that is what was wanted.
        }
    }

    public async IAsyncEnumerable<OpenMultipart> ListUploadsAsync([EnumeratorCancellation] CancellationToken ct)
    {
        var request = new ListMultipartUploadsRequest { BucketName = options.Bucket };
        for (var more = true; more;)
        {
            var page = await s3.ListMultipartUploadsAsync(request, ct);
            foreach (var found in page.MultipartUploads ?? [])
            {
                yield return new OpenMultipart(new MultipartUpload(found.Key, found.UploadId), found.Initiated?.ToUniversalTime() ?? default);
            }

            (request.KeyMarker, request.UploadIdMarker) = (page.NextKeyMarker, page.NextUploadIdMarker);
            more = page.IsTruncated == true;
        }
    }

    public void Dispose() => s3.Dispose();

    private async Task<PartTag> PutPartAsync(MultipartUpload upload, int number, byte[] buffer, int count, CancellationToken ct)
    {
        using var body = new MemoryStream(buffer, 0, count);
        var response = await s3.UploadPartAsync(
            new UploadPartRequest { BucketName = options.Bucket, Key = upload.Key, UploadId = upload.StoreUploadId, PartNumber = number, InputStream = body, UseChunkEncoding = false }, ct);
        return new PartTag(number, response.ETag);
    }

    private string BucketAddress() =>
        (options.PublicEndpoint, options.Endpoint) switch
        {
            ({ Length: > 0 } seen, _) => $"{seen.TrimEnd('/')}/{options.Bucket}",
            (_, { Length: > 0 } inner) => $"{inner.TrimEnd('/')}/{options.Bucket}",
            _ => $"https://{options.Bucket}.s3.{options.Region}.amazonaws.com",
        };

    private static AWSCredentials Credentials(StorageOptions options) =>
        options.AccessKey.Length > 0 ? new BasicAWSCredentials(options.AccessKey, options.SecretKey) : DefaultAWSCredentialsIdentityResolver.GetCredentials();
}
