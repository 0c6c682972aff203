using CryoHub.Platform.Access;
using CryoHub.Platform.Projects;
using CryoHub.Platform.Results;
using CryoHub.Platform.Samples;
using CryoHub.Platform.Search;
using CryoHub.Platform.Sessions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using NpgsqlTypes;

namespace CryoHub.Platform.Datasets;

/// <summary>One measurement: the untouched original files and the signals read from them. Or one picture or volume of a result, which has no file and can be used like a measurement.</summary>
public sealed class Dataset : IInProject
{
    public Guid Id { get; init; }

    public Guid ProjectId { get; init; }

    public Project Project { get; init; } = null!;

    public Guid? SampleId { get; set; }

    public Sample? Sample { get; init; }

    public Guid? SessionId { get; set; }

    public MicroscopeSession? Session { get; init; }

    /// <summary>The result whose picture or volume this is, and which of its items; <c>null</c> for what an instrument measured.</summary>
    public Guid? ResultId { get; init; }

    public Result? Result { get; init; }

    public int? ResultItem { get; init; }

    public string Name { get; set; } = "";

    public string Notes { get; set; } = "";

    public DatasetStatus Status { get; set; }

    /// <summary>Key of the reader that opened it, for instance <c>mrc</c>; empty before ingest.</summary>
    public string Format { get; set; } = "";

    /// <summary>Why it is unreadable or quarantined, in words; empty otherwise.</summary>
    public string Problem { get; set; } = "";

    /// <summary>Bytes of the originals.</summary>
    public long SizeBytes { get; set; }

    /// <summary>Kind of the first signal (<c>spectrum-image</c>); empty before ingest. This and the next fields repeat the signals for filters.</summary>
    public string Kind { get; set; } = "";

    public double? BeamEnergyKeV { get; set; }

    public string[] Elements { get; set; } = [];

    public DateTimeOffset? AcquiredAt { get; set; }

    /// <summary>Words of the file's own metadata, for search.</summary>
    public string MetadataText { get; set; } = "";

    /// <summary>The reviewer who called it ground truth; see <see cref="GroundTruth"/>.</summary>
    public Guid? TruthBy { get; set; }

    public DateTimeOffset? TruthAt { get; set; }

    public Guid CreatedBy { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? DeletedAt { get; set; }

    public uint Version { get; init; }

    public NpgsqlTsVector SearchText { get; init; } = null!;

    public List<DatasetFile> Files { get; } = [];

    public List<Signal> Signals { get; } = [];

    internal sealed class Mapping : IEntityTypeConfiguration<Dataset>
    {
        public void Configure(EntityTypeBuilder<Dataset> dataset)
        {
            dataset.ToTable("datasets");
            dataset.Property(d => d.Status).HasConversion<string>().HasMaxLength(20);
            dataset.Property(d => d.Name).HasMaxLength(400);
            dataset.Property(d => d.Version).IsRowVersion();
            dataset.HasIndex(d => new { d.ProjectId, d.CreatedAt });
            dataset.Property(d => d.BeamEnergyKeV).HasColumnName("beam_energy_kev");
            dataset.HasIndex(d => d.SampleId);
            dataset.HasIndex(d => new { d.ResultId, d.ResultItem }).IsUnique();
            dataset.HasOne(d => d.Result).WithMany(r => r.Datasets).HasForeignKey(d => d.ResultId).OnDelete(DeleteBehavior.Cascade);
            dataset.HasIndex(d => d.BeamEnergyKeV);
            dataset.HasIndex(d => d.Elements).HasMethod("GIN");
            dataset.HasIndex(d => d.AcquiredAt);
            dataset.HasIndex(d => d.Kind);
            dataset.HasSearch(d => d.SearchText, "name", "notes", "metadata_text");
        }
    }
}
