using System.Text.Json;
using CryoHub.Platform.Access;
using CryoHub.Platform.Projects;
using CryoHub.Platform.Results;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CryoHub.Platform.Jobs;

/// <summary>A piece of slow work. This row is the only truth; messages merely say that it changed.</summary>
public sealed class Job : IInProject
{
    public Guid Id { get; init; }

    /// <summary>The project it works for; <c>null</c> for the platform's own periodic work, which nobody sees in lists.</summary>
    public Guid? ProjectId { get; init; }

    public Project Project { get; init; } = null!;

    /// <summary>The job of which this one does a part. Parts live only while their parent waits for them, and nobody sees them in lists.</summary>
    public Guid? ParentId { get; init; }

    /// <summary>Which part of the parent, from 0.</summary>
    public int? Part { get; init; }

    /// <summary>Into how many parts the parent was cut.</summary>
    public int? Parts { get; init; }

    public string Kind { get; init; } = "";

    public JobClass Class { get; init; }

    public string Title { get; init; } = "";

    /// <summary>For an analysis: its key, version and canonical parameters; otherwise the kind's own arguments.</summary>
    public string AnalysisKey { get; init; } = "";

    public int AnalysisVersion { get; init; }

    public JsonDocument Parameters { get; init; } = JsonDocument.Parse("{}");

    /// <summary>SHA-256 over analysis, version, canonical parameters and the inputs' hashes: equal work has an equal fingerprint.</summary>
    public byte[] Fingerprint { get; init; } = [];

    public List<JobInput> Inputs { get; } = [];

    /// <summary>Set for periodic work only: one job for each kind and period.</summary>
    public string? Period { get; init; }

    public JobStatus Status { get; set; }

    public bool CancelRequested { get; set; }

    public bool StopRequested { get; set; }

    public double Fraction { get; set; }

    public string Step { get; set; } = "";

    /// <summary>The reason of a failure, as a sentence with numbers.</summary>
    public string Problem { get; set; } = "";

    /// <summary>What it did, in a sentence: how many signals were read, which objects were found damaged.</summary>
    public string Summary { get; set; } = "";

    public int Attempts { get; set; }

    /// <summary>How often the job's own child process died; three times is final.</summary>
    public int Crashes { get; set; }

    public Guid? WorkerId { get; set; }

    public DateTimeOffset? LeaseUntil { get; set; }

    public string SoftwareVersion { get; set; } = "";

    public Guid? SubmittedBy { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? StartedAt { get; set; }

    public DateTimeOffset? EndedAt { get; set; }

    public DateTimeOffset? DeletedAt { get; set; }

    public Result? Result { get; init; }

    Guid IInProject.ProjectId => ProjectId ?? Guid.Empty;

    internal sealed class Mapping : IEntityTypeConfiguration<Job>
    {
        public void Configure(EntityTypeBuilder<Job> job)
        {
            job.ToTable("jobs");
            job.Property(j => j.Status).HasConversion<string>().HasMaxLength(20);
            job.Property(j => j.Class).HasConversion<string>().HasMaxLength(10);
            job.Property(j => j.Kind).HasMaxLength(40);
            job.HasIndex(j => new { j.Status, j.LeaseUntil });
            job.HasIndex(j => new { j.ProjectId, j.CreatedAt });
            job.HasIndex(j => j.Fingerprint);
            job.HasOne<Job>().WithMany().HasForeignKey(j => j.ParentId).OnDelete(DeleteBehavior.Cascade);
            job.HasIndex(j => new { j.ParentId, j.Part }).IsUnique().HasFilter("parent_id is not null");
            job.HasIndex(j => new { j.Kind, j.Period }).IsUnique().HasFilter("period is not null");
        }
    }
}
