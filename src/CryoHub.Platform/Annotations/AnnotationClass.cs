using CryoHub.Platform.Access;
using CryoHub.Platform.Projects;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CryoHub.Platform.Annotations;

/// <summary>A class that a project has added to the built-in vocabulary, or a built-in one as the project words it. Its history is the audit trail's.</summary>
public sealed class AnnotationClass : IInProject
{
    public Guid Id { get; init; }

    public Guid ProjectId { get; init; }

    public Project Project { get; init; } = null!;

    /// <summary>What shapes refer to; never changes.</summary>
    public string Key { get; init; } = "";

    public string Name { get; set; } = "";

    public string Definition { get; set; } = "";

    public string Colour { get; set; } = "";

    /// <summary>One character, or empty.</summary>
    public string Shortcut { get; set; } = "";

    /// <summary>Names of the kinds it may be drawn with; empty for all.</summary>
    public string[] Kinds { get; set; } = [];

    /// <summary>Address of the term in an ontology, or empty.</summary>
    public string Ontology { get; set; } = "";

    /// <summary>The class that took it in.</summary>
    public string? MergedInto { get; set; }

    public Guid CreatedBy { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? DeletedAt { get; set; }

    public uint Version { get; init; }

    internal sealed class Mapping : IEntityTypeConfiguration<AnnotationClass>
    {
        public void Configure(EntityTypeBuilder<AnnotationClass> row)
        {
            row.ToTable("annotation_classes");
            row.Property(c => c.Key).HasMaxLength(60);
            row.Property(c => c.Name).HasMaxLength(200);
            row.Property(c => c.Colour).HasMaxLength(7);
            row.Property(c => c.Shortcut).HasMaxLength(1);
            row.Property(c => c.Version).IsRowVersion();
            row.HasIndex(c => new { c.ProjectId, c.Key }).IsUnique();
        }
    }
}
