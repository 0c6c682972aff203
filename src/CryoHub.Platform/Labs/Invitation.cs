using CryoHub.Platform.Access;
using CryoHub.Platform.Projects;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CryoHub.Platform.Labs;

/// <summary>An open door into a lab, or to one project, for one mail address; only the hash of its code is stored.</summary>
public sealed class Invitation
{
    public Guid Id { get; init; }

    public Guid? LabId { get; init; }

    public Lab? Lab { get; init; }

    public Guid? ProjectId { get; init; }

    public Project? Project { get; init; }

    public string Email { get; init; } = "";

    /// <summary>What the person becomes in the lab.</summary>
    public LabRole? Role { get; init; }

    /// <summary>As what the project is shared.</summary>
    public ProjectRole? ShareAs { get; init; }

    public byte[] CodeHash { get; init; } = [];

    public Guid InvitedBy { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset ExpiresAt { get; init; }

    public DateTimeOffset? AcceptedAt { get; set; }

    internal sealed class Mapping : IEntityTypeConfiguration<Invitation>
    {
        public void Configure(EntityTypeBuilder<Invitation> invitation)
        {
            invitation.ToTable("invitations", table => table.HasCheckConstraint(
                "ck_invitations_one_target",
                "(lab_id is null) <> (project_id is null) and (role is null) = (lab_id is null) and (share_as is null) = (project_id is null)"));
            invitation.HasIndex(i => i.CodeHash).IsUnique();
            invitation.Property(i => i.Email).HasMaxLength(320);
        }
    }
}
