using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CryoHub.Platform.Access;

/// <summary>
/// The one truth about who may see what: a row of the view <c>project_access</c> for every person and project, with the strongest role that memberships
/// and shares give. Every permission in CryoHub is a question to this view.
/// </summary>
public sealed class ProjectAccess
{
    public Guid ProjectId { get; init; }

    public Guid UserId { get; init; }

    public ProjectRole Role { get; init; }

    internal sealed class Mapping : IEntityTypeConfiguration<ProjectAccess>
    {
        public void Configure(EntityTypeBuilder<ProjectAccess> access)
        {
            access.ToView("project_access");
            access.HasKey(a => new { a.ProjectId, a.UserId });
        }
    }
}
