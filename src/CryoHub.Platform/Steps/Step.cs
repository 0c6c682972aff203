using System.Text.Json;
using CryoHub.Platform.Access;
using CryoHub.Platform.Projects;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CryoHub.Platform.Steps;

/// <summary>Something that was done to samples: who, when, where, with what, and everything measured on the way.</summary>
public sealed class Step : IInProject
{
    public Guid Id { get; init; }

    public Guid ProjectId { get; init; }

    public Project Project { get; init; } = null!;

    /// <summary>Key of a <see cref="StepKind"/>.</summary>
    public string Kind { get; init; } = "";

    public DateTimeOffset StartedAt { get; set; }

    /// <summary>The start itself for what takes no time worth recording.</summary>
    public DateTimeOffset EndedAt { get; set; }

    /// <summary>Who did it; free text, as not everybody at a bench has an account.</summary>
    public string Person { get; set; } = "";

    public string Place { get; set; } = "";

    public string Device { get; set; } = "";

    public string Notes { get; set; } = "";

    /// <summary><see cref="StepValue"/> by field key.</summary>
    public JsonDocument Values { get; set; } = JsonDocument.Parse("{}");

    /// <summary>Why it was done otherwise than the template asks; empty where it was not. Stays visible on everything made later.</summary>
    public string Deviation { get; set; } = "";

    /// <summary>The signed step that this one corrects.</summary>
    public Guid? CorrectsId { get; init; }

    /// <summary>The workflow run it belongs to, and which of its steps it is, from 1 on.</summary>
    public Guid? RunId { get; init; }

    public int? RunStep { get; init; }

    public DateTimeOffset? SignedAt { get; set; }

    public Guid? SignedBy { get; set; }

    public List<StepSample> Samples { get; init; } = [];

    public List<StepDataset> Datasets { get; init; } = [];

    public Guid CreatedBy { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? DeletedAt { get; set; }

    public uint Version { get; init; }

    internal sealed class Mapping : IEntityTypeConfiguration<Step>
    {
        public void Configure(EntityTypeBuilder<Step> step)
        {
            step.ToTable("steps", table => table.HasCheckConstraint("ck_steps_ends_after_start", "ended_at >= started_at"));
            step.Property(s => s.Kind).HasMaxLength(40);
            step.Property(s => s.Person).HasMaxLength(200);
            step.Property(s => s.Place).HasMaxLength(200);
            step.Property(s => s.Device).HasMaxLength(200);
            step.Property(s => s.Deviation).HasMaxLength(2000);
            step.Property(s => s.Version).IsRowVersion();
            step.HasIndex(s => new { s.ProjectId, s.StartedAt });
            step.HasIndex(s => s.CorrectsId).HasFilter("corrects_id is not null");
            step.HasOne<Workflows.WorkflowRun>().WithMany().HasForeignKey(s => s.RunId).OnDelete(DeleteBehavior.SetNull);
        }
    }
}
