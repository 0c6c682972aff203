using System.Text.Json;
using CryoHub.Platform.Access;
using CryoHub.Platform.Projects;
using CryoHub.Platform.Search;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using NpgsqlTypes;

namespace CryoHub.Platform.Samples;

/// <summary>A physical thing, and what it was made from: cell, electrode, specimen, lamella or grid.</summary>
public sealed class Sample : IInProject
{
    public Guid Id { get; init; }

    public Guid ProjectId { get; init; }

    public Project Project { get; init; } = null!;

    public Guid? ParentId { get; set; }

    public Sample? Parent { get; init; }

    public SampleKind Kind { get; set; }

    /// <summary>The label on the box, for instance G-0412.</summary>
    public string Name { get; set; } = "";

    /// <summary>Chemical symbol of the electrode's metal, or empty (anode-free, unknown).</summary>
    public string Metal { get; set; } = "";

    public string Notes { get; set; } = "";

    /// <summary>Free fields: an object of text by name.</summary>
    public JsonDocument Fields { get; set; } = JsonDocument.Parse("{}");

    public Guid CreatedBy { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? DeletedAt { get; set; }

    public uint Version { get; init; }

    public NpgsqlTsVector SearchText { get; init; } = null!;

    internal sealed class Mapping : IEntityTypeConfiguration<Sample>
    {
        public void Configure(EntityTypeBuilder<Sample> sample)
        {
            sample.ToTable("samples");
            sample.Property(s => s.Kind).HasConversion<string>().HasMaxLength(20);
            sample.Property(s => s.Name).HasMaxLength(200);
            sample.Property(s => s.Metal).HasMaxLength(20);
            sample.Property(s => s.Version).IsRowVersion();
            sample.HasIndex(s => s.ProjectId);
            sample.HasIndex(s => s.Metal);
            sample.HasSearch(s => s.SearchText, "name", "notes", "metal", "fields::text");
        }
    }
}
