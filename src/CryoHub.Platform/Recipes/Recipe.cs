using System.Text.Json;
using CryoHub.Platform.Projects;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CryoHub.Platform.Recipes;

/// <summary>Parameters of an analysis under a name, to be run on other data: how a lab segments its SEI volumes, aligns its needles.</summary>
public sealed class Recipe
{
    public Guid Id { get; init; }

    public Guid ProjectId { get; init; }

    public Project Project { get; init; } = null!;

    public string AnalysisKey { get; init; } = "";

    /// <summary>The version that the parameters were written for; later ones may read them otherwise.</summary>
    public int AnalysisVersion { get; set; }

    public string Name { get; set; } = "";

    /// <summary>All parameters, in canonical form.</summary>
    public JsonDocument Parameters { get; set; } = null!;

    public Guid SavedBy { get; set; }

    public DateTimeOffset SavedAt { get; set; }

    internal sealed class Mapping : IEntityTypeConfiguration<Recipe>
    {
        public void Configure(EntityTypeBuilder<Recipe> recipe)
        {
            recipe.ToTable("recipes");
            recipe.Property(r => r.AnalysisKey).HasMaxLength(60);
            recipe.Property(r => r.Name).HasMaxLength(200);
            recipe.HasOne(r => r.Project).WithMany().HasForeignKey(r => r.ProjectId).OnDelete(DeleteBehavior.Cascade);
            recipe.HasIndex(r => new { r.ProjectId, r.AnalysisKey, r.Name }).IsUnique();
        }
    }
}
