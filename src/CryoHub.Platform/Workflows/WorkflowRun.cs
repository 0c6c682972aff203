using System.Text.Json;
using CryoHub.Platform.Access;
using CryoHub.Platform.Projects;
using CryoHub.Platform.Samples;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CryoHub.Platform.Workflows;

/// <summary>A template being followed. It keeps the version it was started with.</summary>
public sealed class WorkflowRun : IInProject
{
    public Guid Id { get; init; }

    public Guid ProjectId { get; init; }

    public Project Project { get; init; } = null!;

    /// <summary>What it began with; later steps go on with what the run made.</summary>
    public Guid SampleId { get; init; }

    public Sample Sample { get; init; } = null!;

    /// <summary>The <see cref="WorkflowTemplate"/> as it was at the start.</summary>
    public JsonDocument Template { get; init; } = null!;

    public string Title { get; init; } = "";

    public Guid CreatedBy { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? DeletedAt { get; set; }

    internal sealed class Mapping : IEntityTypeConfiguration<WorkflowRun>
    {
        public void Configure(EntityTypeBuilder<WorkflowRun> run)
        {
            run.ToTable("workflow_runs");
            run.Property(r => r.Title).HasMaxLength(200);
            run.HasIndex(r => new { r.ProjectId, r.CreatedAt });
        }
    }
}
