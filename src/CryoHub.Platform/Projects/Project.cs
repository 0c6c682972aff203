using CryoHub.Platform.Access;
using CryoHub.Platform.Labs;
using CryoHub.Platform.Search;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using NpgsqlTypes;

namespace CryoHub.Platform.Projects;

/// <summary>A piece of a lab's work: samples, sessions, data sets, jobs and results that are shared together.</summary>
public sealed class Project
{
    public Guid Id { get; init; }

    public Guid LabId { get; init; }

    public Lab Lab { get; init; } = null!;

    public string Name { get; set; } = "";

    public string Notes { get; set; } = "";

    /// <summary>Bytes of originals; <c>null</c> = only the lab's quota counts.</summary>
    public long? QuotaBytes { get; set; }

    public Guid CreatedBy { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? DeletedAt { get; set; }

    public uint Version { get; init; }

    public NpgsqlTsVector SearchText { get; init; } = null!;

    public List<ProjectShare> Shares { get; } = [];

    public List<ProjectAccess> Access { get; } = [];

    internal sealed class Mapping : IEntityTypeConfiguration<Project>
    {
        public void Configure(EntityTypeBuilder<Project> project)
        {
            project.ToTable("projects");
            project.Property(p => p.Name).HasMaxLength(200);
            project.Property(p => p.Version).IsRowVersion();
            project.HasSearch(p => p.SearchText, "name", "notes");
            project.HasMany(p => p.Access).WithOne().HasForeignKey(a => a.ProjectId);
        }
    }
}
