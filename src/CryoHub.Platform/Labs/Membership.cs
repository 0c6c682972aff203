using CryoHub.Platform.Users;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CryoHub.Platform.Labs;

/// <summary>A person in a lab.</summary>
public sealed class Membership
{
    public Guid LabId { get; init; }

    public Lab Lab { get; init; } = null!;

    public Guid UserId { get; init; }

    public User User { get; init; } = null!;

    public LabRole Role { get; set; }

    public DateTimeOffset Since { get; init; }

    internal sealed class Mapping : IEntityTypeConfiguration<Membership>
    {
        public void Configure(EntityTypeBuilder<Membership> membership)
        {
            membership.ToTable("memberships");
            membership.HasKey(m => new { m.LabId, m.UserId });
            membership.HasIndex(m => m.UserId);
        }
    }
}
