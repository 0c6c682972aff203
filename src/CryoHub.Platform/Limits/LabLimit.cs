using CryoHub.Platform.Labs;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CryoHub.Platform.Limits;

/// <summary>A limit as one lab sets it. It stands in place of what CryoHub brings for the same subject.</summary>
public sealed class LabLimit
{
    public Guid Id { get; init; }

    public Guid LabId { get; init; }

    public Lab Lab { get; init; } = null!;

    public LimitKind Kind { get; init; }

    /// <summary>A phase, a frozen medium or a metal.</summary>
    public string Subject { get; set; } = "";

    /// <summary>Electrons per square metre, kelvin, or ppm × minutes.</summary>
    public double Value { get; set; }

    /// <summary>As it was typed.</summary>
    public string Typed { get; set; } = "";

    /// <summary>Beam energy a fluence holds for; <c>null</c> where it was not said.</summary>
    public double? BeamKeV { get; set; }

    /// <summary>What was seen to change, at which temperature and dose rate.</summary>
    public string Criterion { get; set; } = "";

    public string Source { get; set; } = "";

    /// <summary>False for a value that is only reported, not measured with a stated method.</summary>
    public bool IsMeasured { get; set; }

    public uint Version { get; init; }

    internal sealed class Mapping : IEntityTypeConfiguration<LabLimit>
    {
        public void Configure(EntityTypeBuilder<LabLimit> limit)
        {
            limit.ToTable("lab_limits", table => table.HasCheckConstraint("ck_lab_limits_value", "value > 0"));
            limit.Property(l => l.Kind).HasConversion<string>().HasMaxLength(10);
            limit.Property(l => l.Subject).HasMaxLength(LimitText.LongestSubject);
            limit.Property(l => l.Typed).HasMaxLength(60);
            limit.Property(l => l.Criterion).HasMaxLength(LimitText.LongestWords);
            limit.Property(l => l.Source).HasMaxLength(LimitText.LongestWords);
            limit.Property(l => l.Version).IsRowVersion();
            limit.HasIndex(l => new { l.LabId, l.Kind, l.Subject, l.BeamKeV }).IsUnique().AreNullsDistinct(false);
        }
    }
}
