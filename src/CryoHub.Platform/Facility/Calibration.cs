using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CryoHub.Platform.Facility;

/// <summary>How long a pixel is at one magnification, from a day on. Calibrations are added, never changed; a mistyped one is withdrawn.</summary>
public sealed class Calibration
{
    public Guid Id { get; init; }

    public Guid InstrumentId { get; init; }

    public Instrument Instrument { get; init; } = null!;

    /// <summary>TEM, STEM, SA, ...; as the instrument calls it.</summary>
    public string Mode { get; init; } = "";

    public string Detector { get; init; } = "";

    public double Magnification { get; init; }

    /// <summary>As typed, and in metres.</summary>
    public string PixelTyped { get; init; } = "";

    public double PixelMetres { get; init; }

    /// <summary>One standard deviation, in percent of the pixel; <c>null</c> where nobody stated it.</summary>
    public double? UncertaintyPercent { get; init; }

    /// <summary>What was measured: "Au lattice, 0.2355 nm".</summary>
    public string Standard { get; init; } = "";

    public DateTimeOffset ValidFrom { get; init; }

    public Guid RecordedBy { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? WithdrawnAt { get; set; }

    internal sealed class Mapping : IEntityTypeConfiguration<Calibration>
    {
        public void Configure(EntityTypeBuilder<Calibration> calibration)
        {
            calibration.ToTable("calibrations", table => table.HasCheckConstraint("ck_calibrations_positive", "pixel_metres > 0 and magnification > 0 and uncertainty_percent between 0 and 100"));
            calibration.Property(c => c.Mode).HasMaxLength(40);
            calibration.Property(c => c.Detector).HasMaxLength(80);
            calibration.Property(c => c.PixelTyped).HasMaxLength(40);
            calibration.Property(c => c.Standard).HasMaxLength(200);
            calibration.HasIndex(c => new { c.InstrumentId, c.Mode, c.Detector, c.Magnification, c.ValidFrom });
        }
    }
}
