using System.ComponentModel.DataAnnotations;

namespace CryoHub.Platform.Storage;

/// <summary>Section <c>Storage</c>.</summary>
public sealed class StorageOptions
{
    public const string Section = "Storage";

    /// <summary>How long an address for one part is valid.</summary>
    public static readonly TimeSpan PartLifetime = TimeSpan.FromMinutes(15);

    public StorageKind Kind { get; set; } = StorageKind.File;

    /// <summary>Root folder of the file store.</summary>
    public string Folder { get; set; } = "data/objects";

    /// <summary>Secret that signs part addresses of the file store; where empty, a random one is kept in the folder. Web hosts that share a folder share it.</summary>
    public string Secret { get; set; } = "";

    /// <summary>The S3 server as web and worker reach it; empty = Amazon's.</summary>
    public string Endpoint { get; set; } = "";

    /// <summary>The same server as browsers reach it, where that differs.</summary>
    public string PublicEndpoint { get; set; } = "";

    [Required]
    public string Region { get; set; } = "us-east-1";

    [Required]
    public string Bucket { get; set; } = "cryohub";

    public string AccessKey { get; set; } = "";

    public string SecretKey { get; set; } = "";

    /// <summary>Origins whose pages may send parts to the bucket directly.</summary>
    public string[] AllowedOrigins { get; set; } = ["*"];
}
