using System.Text.Json;
using CryoHub.Platform.Labs;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CryoHub.Platform.Workflows;

/// <summary>A lab's own version of a template. Versions are only added: old runs keep theirs.</summary>
public sealed class LabTemplate
{
    public Guid Id { get; init; }

    public Guid LabId { get; init; }

    public Lab Lab { get; init; } = null!;

    public string Key { get; init; } = "";

    public int Number { get; init; }

    /// <summary>The <see cref="WorkflowTemplate"/>.</summary>
    public JsonDocument Content { get; init; } = null!;

    public Guid CreatedBy { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    internal sealed class Mapping : IEntityTypeConfiguration<LabTemplate>
    {
        public void Configure(EntityTypeBuilder<LabTemplate> template)
        {
            template.ToTable("lab_templates");
            template.Property(t => t.Key).HasMaxLength(80);
            template.HasIndex(t => new { t.LabId, t.Key, t.Number }).IsUnique();
        }
    }
}
