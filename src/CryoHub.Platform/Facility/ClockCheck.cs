using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CryoHub.Platform.Facility;

/// <summary>By how much the clock of an instrument's computer was wrong at one moment.</summary>
public sealed class ClockCheck
{
    public Guid Id { get; init; }

    public Guid InstrumentId { get; init; }

    public Instrument Instrument { get; init; } = null!;

    public DateTimeOffset At { get; init; }

    /// <summary>What the computer showed minus what it was: positive where it runs ahead.</summary>
    public double OffsetSeconds { get; init; }

    public string Notes { get; init; } = "";

    public Guid RecordedBy { get; init; }

    internal sealed class Mapping : IEntityTypeConfiguration<ClockCheck>
    {
        public void Configure(EntityTypeBuilder<ClockCheck> check)
        {
            check.ToTable("clock_checks");
            check.Property(c => c.Notes).HasMaxLength(2000);
            check.HasIndex(c => new { c.InstrumentId, c.At });
        }
    }
}
