using CryoHub.Platform.Access;
using CryoHub.Platform.Labs;
using CryoHub.Platform.Users;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CryoHub.Platform.Projects;

/// <summary>A project shown to another lab or to one person, as viewer, annotator or editor.</summary>
public sealed class ProjectShare
{
    public Guid Id { get; init; }

    public Guid ProjectId { get; init; }

    public Project Project { get; init; } = null!;

    public Guid? LabId { get; init; }

    public Lab? Lab { get; init; }

    public Guid? UserId { get; init; }

    public User? User { get; init; }

    public ProjectRole Role { get; set; }

    public DateTimeOffset CreatedAt { get; init; }

    internal sealed class Mapping : IEntityTypeConfiguration<ProjectShare>
    {
        public void Configure(EntityTypeBuilder<ProjectShare> share)
        {
            share.ToTable("project_shares", table =>
            {
                table.HasCheckConstraint("ck_project_shares_one_target", "(lab_id is null) <> (user_id is null)");
                table.HasCheckConstraint("ck_project_shares_role", "role between 1 and 3");
            });
            share.HasIndex(s => new { s.ProjectId, s.LabId, s.UserId }).IsUnique().AreNullsDistinct(false);
        }
    }
}
