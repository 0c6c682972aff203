using CryoHub.Platform.Datasets;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CryoHub.Platform.Spectra;

/// <summary>
/// A measured spectrum that the lab goes by, under a name people know ("LiF"). It is a signal of a data set, so that where it came from is never lost, and whoever may see
/// that may use it.
/// </summary>
public sealed class ReferenceSpectrum
{
    public Guid Id { get; init; }

    /// <summary>That of the data set.</summary>
    public Guid ProjectId { get; init; }

    public Guid DatasetId { get; init; }

    public Dataset Dataset { get; init; } = null!;

    public int Signal { get; init; }

    public string Name { get; set; } = "";

    /// <summary>What one should know before using it: thickness, edge, how it was processed.</summary>
    public string Notes { get; set; } = "";

    public Guid AddedBy { get; init; }

    public DateTimeOffset AddedAt { get; init; }

    internal sealed class Mapping : IEntityTypeConfiguration<ReferenceSpectrum>
    {
        public void Configure(EntityTypeBuilder<ReferenceSpectrum> spectrum)
        {
            spectrum.ToTable("reference_spectra");
            spectrum.Property(s => s.Name).HasMaxLength(200);
            spectrum.Property(s => s.Notes).HasMaxLength(2000);
            spectrum.HasOne(s => s.Dataset).WithMany().HasForeignKey(s => s.DatasetId).OnDelete(DeleteBehavior.Cascade);
            spectrum.HasIndex(s => new { s.DatasetId, s.Signal }).IsUnique();
        }
    }
}
