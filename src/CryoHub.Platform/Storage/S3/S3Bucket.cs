using System.Net;
using Amazon.S3;
using Amazon.S3.Model;

namespace CryoHub.Platform.Storage.S3;

/// <summary>The bucket before its first use.</summary>
internal static class S3Bucket
{
    public static async Task PrepareAsync(AmazonS3Client s3, StorageOptions options, CancellationToken ct)
    {
        if (!(await s3.ListBucketsAsync(ct)).Buckets?.Any(bucket => bucket.BucketName == options.Bucket) ?? true)
        {
            await s3.PutBucketAsync(options.Bucket, ct);
        }

        var rule = new CORSRule { AllowedMethods = ["PUT"], AllowedOrigins = [.. options.AllowedOrigins], AllowedHeaders = ["*"], ExposeHeaders = ["ETag"], MaxAgeSeconds = 3600 };
        try
        {
            await s3.PutCORSConfigurationAsync(options.Bucket, new CORSConfiguration { Rules = [rule] }, ct);
        }
        catch (AmazonS3Exception unsupported) when (unsupported.StatusCode == HttpStatusCode.NotImplemented)
        {
            // MinIO keeps such rules for the whole server, in MINIO_API_CORS_ALLOW_ORIGIN.
        }
    }
}
