using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CryoHub.Platform.Labs;

/// <summary>An open door into a lab for one mail address; only the hash of its code is stored.</summary>
public sealed class Invitation
{
    public Guid Id { get; init; }

    public Guid LabId { get; init; }

    public Lab Lab { get; init; } = null!;

    public string Email { get; init; } = "";

    public LabRole Role { get; init; }

    public byte[] CodeHash { get; init; } = [];

    public Guid InvitedBy { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset ExpiresAt { get; init; }

    public DateTimeOffset? AcceptedAt { get; set; }

    internal sealed class Mapping : IEntityTypeConfiguration<Invitation>
    {
        public void Configure(EntityTypeBuilder<Invitation> invitation)
        {
            invitation.ToTable("invitations");
            invitation.HasIndex(i => i.CodeHash).IsUnique();
            invitation.Property(i => i.Email).HasMaxLength(320);
        }
    }
}
