using Amazon.Runtime;
using Amazon.S3;

namespace CryoHub.Platform.Storage.S3;

/// <summary>The one place that builds the client: settings under which Amazon, MinIO and Ceph RGW all behave the same.</summary>
internal static class S3Clients
{
    public static AmazonS3Client Create(StorageOptions options)
    {
        var config = new AmazonS3Config
        {
            AuthenticationRegion = options.Region,
            // Newer checksum trailers are refused by servers that do not know them yet.
            RequestChecksumCalculation = RequestChecksumCalculation.WHEN_REQUIRED,
            ResponseChecksumValidation = ResponseChecksumValidation.WHEN_REQUIRED,
            // Twelve tries with growing, jittered pauses outlast a minute of 503.
            RetryMode = RequestRetryMode.Standard,
            MaxErrorRetry = 12,
        };
        if (options.Endpoint.Length > 0)
        {
            config.ServiceURL = options.Endpoint;
            config.ForcePathStyle = true;
        }
        else
        {
            config.RegionEndpoint = Amazon.RegionEndpoint.GetBySystemName(options.Region);
        }

        return options.AccessKey.Length > 0
            ? new AmazonS3Client(new BasicAWSCredentials(options.AccessKey, options.SecretKey), config)
            : new AmazonS3Client(config);
    }
}
