using CryoHub.Platform.Labs;
using CryoHub.Platform.Users;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CryoHub.Platform.Facility;

/// <summary>A secret address under which a calendar program reads bookings as one person sees them. Only the hash of its code is kept.</summary>
public sealed class CalendarFeed
{
    public Guid Id { get; init; }

    public Guid UserId { get; init; }

    public User User { get; init; } = null!;

    /// <summary>All bookings of this lab's instruments; <c>null</c> = the person's own bookings.</summary>
    public Guid? LabId { get; init; }

    public Lab? Lab { get; init; }

    public byte[] CodeHash { get; init; } = [];

    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? RevokedAt { get; set; }

    internal sealed class Mapping : IEntityTypeConfiguration<CalendarFeed>
    {
        public void Configure(EntityTypeBuilder<CalendarFeed> feed)
        {
            feed.ToTable("calendar_feeds");
            feed.HasIndex(f => f.CodeHash).IsUnique();
            feed.HasIndex(f => f.UserId);
        }
    }
}
