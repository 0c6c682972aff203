using CryoHub.Platform.Access;
using CryoHub.Platform.Datasets;
using CryoHub.Platform.Jobs;
using CryoHub.Platform.Projects;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CryoHub.Platform.Results;

/// <summary>The one result set of a job that succeeded; published with its items in one transaction.</summary>
public sealed class Result : IInProject
{
    public Guid Id { get; init; }

    public Guid JobId { get; init; }

    public Job Job { get; init; } = null!;

    public Guid ProjectId { get; init; }

    public Project Project { get; init; } = null!;

    public string Title { get; set; } = "";

    public string[] Warnings { get; init; } = [];

    public double Seconds { get; init; }

    public double PeakMemoryMiB { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? DeletedAt { get; set; }

    public uint Version { get; init; }

    public List<ResultItem> Items { get; } = [];

    /// <summary>Its pictures and volumes, to be opened, exported, annotated and analysed further.</summary>
    public List<Dataset> Datasets { get; } = [];

    internal sealed class Mapping : IEntityTypeConfiguration<Result>
    {
        public void Configure(EntityTypeBuilder<Result> result)
        {
            result.ToTable("results");
            result.HasIndex(r => r.JobId).IsUnique();
            result.HasIndex(r => new { r.ProjectId, r.CreatedAt });
            result.Property(r => r.Version).IsRowVersion();
        }
    }
}
