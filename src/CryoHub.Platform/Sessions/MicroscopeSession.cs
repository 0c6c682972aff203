using CryoHub.Platform.Access;
using CryoHub.Platform.Facility;
using CryoHub.Platform.Projects;
using CryoHub.Platform.Search;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using NpgsqlTypes;

namespace CryoHub.Platform.Sessions;

/// <summary>One sitting at an instrument.</summary>
public sealed class MicroscopeSession : IInProject
{
    public Guid Id { get; init; }

    public Guid ProjectId { get; init; }

    public Project Project { get; init; } = null!;

    public string Name { get; set; } = "";

    public string Instrument { get; set; } = "";

    public DateTimeOffset? StartedAt { get; set; }

    public DateTimeOffset? EndedAt { get; set; }

    /// <summary>The booking it was made of; <c>null</c> where somebody made it by hand.</summary>
    public Guid? BookingId { get; init; }

    public Guid? InstrumentId { get; init; }

    /// <summary>By how much the computer's clock was wrong when its files were chosen; <c>null</c> where nobody had looked.</summary>
    public double? ClockOffsetSeconds { get; set; }

    public string Notes { get; set; } = "";

    public Guid CreatedBy { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? DeletedAt { get; set; }

    public uint Version { get; init; }

    public NpgsqlTsVector SearchText { get; init; } = null!;

    internal sealed class Mapping : IEntityTypeConfiguration<MicroscopeSession>
    {
        public void Configure(EntityTypeBuilder<MicroscopeSession> session)
        {
            session.ToTable("sessions");
            session.Property(s => s.Name).HasMaxLength(200);
            session.Property(s => s.Instrument).HasMaxLength(200);
            session.Property(s => s.Version).IsRowVersion();
            session.HasSearch(s => s.SearchText, "name", "instrument", "notes");
            session.HasIndex(s => s.ProjectId);
            session.HasIndex(s => new { s.BookingId, s.ProjectId }).IsUnique().HasFilter("booking_id is not null and deleted_at is null");
            session.HasOne<Booking>().WithMany().HasForeignKey(s => s.BookingId).OnDelete(DeleteBehavior.Restrict);
            session.HasOne<Instrument>().WithMany().HasForeignKey(s => s.InstrumentId).OnDelete(DeleteBehavior.Restrict);
        }
    }
}
