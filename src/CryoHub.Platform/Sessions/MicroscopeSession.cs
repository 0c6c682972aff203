using CryoHub.Platform.Access;
using CryoHub.Platform.Projects;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CryoHub.Platform.Sessions;

/// <summary>One sitting at an instrument.</summary>
public sealed class MicroscopeSession : IInProject
{
    public Guid Id { get; init; }

    public Guid ProjectId { get; init; }

    public Project Project { get; init; } = null!;

    public string Name { get; set; } = "";

    public string Instrument { get; set; } = "";

    public DateTimeOffset? StartedAt { get; set; }

    public string Notes { get; set; } = "";

    public Guid CreatedBy { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? DeletedAt { get; set; }

    public uint Version { get; init; }

    internal sealed class Mapping : IEntityTypeConfiguration<MicroscopeSession>
    {
        public void Configure(EntityTypeBuilder<MicroscopeSession> session)
        {
            session.ToTable("sessions");
            session.Property(s => s.Name).HasMaxLength(200);
            session.Property(s => s.Instrument).HasMaxLength(200);
            session.Property(s => s.Version).IsRowVersion();
            session.HasIndex(s => s.ProjectId);
        }
    }
}
