using CryoHub.Platform.Projects;
using CryoHub.Platform.Samples;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CryoHub.Platform.Pairs;

/// <summary>Two samples of a project that were to differ in one thing: one is the control of the other. The database takes each pair once, whichever is named first (Sql/).</summary>
public sealed class SamplePair
{
    public Guid Id { get; init; }

    public Guid ProjectId { get; init; }

    public Project Project { get; init; } = null!;

    public Guid ControlId { get; init; }

    public Sample Control { get; init; } = null!;

    public Guid TreatedId { get; init; }

    public Sample Treated { get; init; } = null!;

    public PairFactor Factor { get; init; }

    /// <summary>In the words of who linked them: "no-wash control".</summary>
    public string Difference { get; init; } = "";

    public Guid CreatedBy { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>When somebody took the link back; the row stays for the history.</summary>
    public DateTimeOffset? UnlinkedAt { get; set; }

    internal sealed class Mapping : IEntityTypeConfiguration<SamplePair>
    {
        public void Configure(EntityTypeBuilder<SamplePair> pair)
        {
            pair.ToTable("sample_pairs", table => table.HasCheckConstraint("ck_sample_pairs_two", "control_id <> treated_id"));
            pair.Property(p => p.Factor).HasConversion<string>().HasMaxLength(20);
            pair.Property(p => p.Difference).HasMaxLength(400);
            pair.HasIndex(p => p.ControlId);
            pair.HasIndex(p => p.TreatedId);
            pair.HasOne(p => p.Control).WithMany().HasForeignKey(p => p.ControlId).OnDelete(DeleteBehavior.Cascade);
            pair.HasOne(p => p.Treated).WithMany().HasForeignKey(p => p.TreatedId).OnDelete(DeleteBehavior.Cascade);
        }
    }
}
