using CryoHub.Platform.Datasets;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CryoHub.Platform.Uploads;

/// <summary>One file on its way into a data set, in numbered parts.</summary>
public sealed class Upload
{
    public Guid Id { get; init; }

    public Guid UserId { get; init; }

    public Guid DatasetId { get; init; }

    public Dataset Dataset { get; init; } = null!;

    /// <summary>One drop of files onto a page; files of one drop may be companions.</summary>
    public Guid DropId { get; init; }

    public string Path { get; init; } = "";

    /// <summary>What the files of one data set have in common: folder and name of the file that the reader opens.</summary>
    public string GroupKey { get; init; } = "";

    /// <summary>Paths of all files that make the data set whole, this one among them.</summary>
    public string[] Members { get; init; } = [];

    public bool IsPrimary { get; init; }

    public long Size { get; init; }

    public long PartSize { get; init; }

    public int PartCount { get; init; }

    public string ObjectKey { get; init; } = "";

    /// <summary>The object store's own name of the multipart upload.</summary>
    public string StoreUploadId { get; init; } = "";

    public UploadStatus Status { get; set; }

    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset ExpiresAt { get; set; }

    internal Storage.MultipartUpload InStore => new(ObjectKey, StoreUploadId);

    internal PartPlan Plan => new(Size, PartSize, PartCount);

    internal sealed class Mapping : IEntityTypeConfiguration<Upload>
    {
        public void Configure(EntityTypeBuilder<Upload> upload)
        {
            upload.ToTable("uploads");
            upload.Property(u => u.Status).HasConversion<string>().HasMaxLength(20);
            upload.HasIndex(u => new { u.UserId, u.Status });
            upload.HasIndex(u => u.DatasetId);
            upload.HasIndex(u => new { u.Status, u.ExpiresAt });
            upload.HasIndex(u => u.StoreUploadId);
            upload.HasIndex(u => new { u.DropId, u.Path });       // a drop may have 200,000 files: each looks for its twin
            upload.HasIndex(u => new { u.DropId, u.GroupKey });   // and for its companions
        }
    }
}
