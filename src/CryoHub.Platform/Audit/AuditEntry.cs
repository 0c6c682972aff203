using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CryoHub.Platform.Audit;

/// <summary>One change of one record, written by a database trigger; nobody can alter or remove it, the application can only read.</summary>
public sealed class AuditEntry
{
    public long Id { get; init; }

    public DateTimeOffset At { get; init; }

    /// <summary>Who changed it; <c>null</c> for the platform's own work.</summary>
    public Guid? UserId { get; init; }

    /// <summary>From where: the network address of the request, or empty.</summary>
    public string Origin { get; init; } = "";

    public string TableName { get; init; } = "";

    public string RecordId { get; init; } = "";

    public Guid? LabId { get; init; }

    public Guid? ProjectId { get; init; }

    /// <summary>insert, update or delete.</summary>
    public string Action { get; init; } = "";

    /// <summary>The changed fields as they were.</summary>
    public JsonDocument Before { get; init; } = null!;

    /// <summary>The changed fields as they are now.</summary>
    public JsonDocument After { get; init; } = null!;

    internal sealed class Mapping : IEntityTypeConfiguration<AuditEntry>
    {
        public void Configure(EntityTypeBuilder<AuditEntry> entry)
        {
            entry.ToTable("audit");
            entry.Property(e => e.TableName).HasMaxLength(63);
            entry.Property(e => e.RecordId).HasMaxLength(100);
            entry.Property(e => e.Action).HasMaxLength(10);
            entry.HasIndex(e => new { e.TableName, e.RecordId, e.Id });
        }
    }
}
