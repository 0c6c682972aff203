using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CryoHub.Platform.Datasets;

/// <summary>One object of a data set as it was received; never changed.</summary>
public sealed class DatasetFile
{
    public Guid Id { get; init; }

    public Guid DatasetId { get; init; }

    public Dataset Dataset { get; init; } = null!;

    /// <summary>Original path below what was dropped, shown and exported as it was; never used as a path.</summary>
    public string Path { get; init; } = "";

    public string ObjectKey { get; init; } = "";

    public long Size { get; init; }

    /// <summary>As the sender declared it; ingest compares it with what it reads.</summary>
    public byte[] Sha256 { get; init; } = [];

    /// <summary>True for the file the reader opens; false for its companions (.mdoc, .raw, .tlt).</summary>
    public bool IsPrimary { get; init; }

    /// <summary>When the stored bytes were last read and hashed.</summary>
    public DateTimeOffset? VerifiedAt { get; set; }

    /// <summary>What the last verification found wrong; empty where nothing.</summary>
    public string Damage { get; set; } = "";

    internal sealed class Mapping : IEntityTypeConfiguration<DatasetFile>
    {
        public void Configure(EntityTypeBuilder<DatasetFile> file)
        {
            file.ToTable("dataset_files");
            file.HasIndex(f => new { f.DatasetId, f.Path }).IsUnique();
            file.HasIndex(f => f.ObjectKey).IsUnique();
        }
    }
}
