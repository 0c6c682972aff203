using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CryoHub.Platform.Facility;

/// <summary>What an hour costs from a day on.</summary>
public sealed class InstrumentRate
{
    public Guid Id { get; init; }

    public Guid InstrumentId { get; init; }

    public Instrument Instrument { get; init; } = null!;

    public decimal PerHour { get; init; }

    /// <summary>Three letters (ISO 4217).</summary>
    public string Currency { get; init; } = "";

    public DateTimeOffset ValidFrom { get; init; }

    public Guid RecordedBy { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    internal sealed class Mapping : IEntityTypeConfiguration<InstrumentRate>
    {
        public void Configure(EntityTypeBuilder<InstrumentRate> rate)
        {
            rate.ToTable("instrument_rates", table => table.HasCheckConstraint("ck_instrument_rates_amount", "per_hour >= 0"));
            rate.Property(r => r.PerHour).HasPrecision(12, 2);
            rate.Property(r => r.Currency).HasMaxLength(3);
            rate.HasIndex(r => new { r.InstrumentId, r.ValidFrom });
        }
    }
}
