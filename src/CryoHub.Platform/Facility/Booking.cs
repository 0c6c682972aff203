using CryoHub.Platform.Labs;
using CryoHub.Platform.Users;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CryoHub.Platform.Facility;

/// <summary>One instrument for one stretch of time. What was booked in one go (several instruments, a series) shares a group. The database lets no two of an instrument overlap (Sql/).</summary>
public sealed class Booking
{
    public Guid Id { get; init; }

    public Guid GroupId { get; init; }

    public Guid InstrumentId { get; init; }

    public Instrument Instrument { get; init; } = null!;

    public Guid UserId { get; init; }

    public User User { get; init; } = null!;

    /// <summary>The lab for which it is used, and which is charged.</summary>
    public Guid ForLabId { get; init; }

    public Lab ForLab { get; init; } = null!;

    public BookingKind Kind { get; init; }

    public BookingState State { get; set; }

    public string Purpose { get; set; } = "";

    public DateTimeOffset StartsAt { get; set; }

    public DateTimeOffset EndsAt { get; set; }

    public DateTimeOffset CreatedAt { get; init; }

    public Guid? DecidedBy { get; set; }

    public DateTimeOffset? DecidedAt { get; set; }

    /// <summary>Why it was refused or cancelled, or why it waits for approval again; empty for what was simply asked.</summary>
    public string Reason { get; set; } = "";

    public uint Version { get; init; }

    internal sealed class Mapping : IEntityTypeConfiguration<Booking>
    {
        public void Configure(EntityTypeBuilder<Booking> booking)
        {
            booking.ToTable("bookings", table => table.HasCheckConstraint("ck_bookings_order", "ends_at > starts_at"));
            booking.Property(b => b.Kind).HasConversion<string>().HasMaxLength(20);
            booking.Property(b => b.State).HasConversion<string>().HasMaxLength(20);
            booking.Property(b => b.Purpose).HasMaxLength(200);
            booking.Property(b => b.Reason).HasMaxLength(2000);
            booking.Property(b => b.Version).IsRowVersion();
            booking.HasIndex(b => new { b.InstrumentId, b.StartsAt });
            booking.HasIndex(b => new { b.UserId, b.StartsAt });
            booking.HasIndex(b => b.GroupId);
            booking.HasIndex(b => b.ForLabId);
            booking.HasOne(b => b.Instrument).WithMany().HasForeignKey(b => b.InstrumentId).OnDelete(DeleteBehavior.Restrict);
            booking.HasOne(b => b.User).WithMany().HasForeignKey(b => b.UserId).OnDelete(DeleteBehavior.Restrict);
            booking.HasOne(b => b.ForLab).WithMany().HasForeignKey(b => b.ForLabId).OnDelete(DeleteBehavior.Restrict);
        }
    }
}
