using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CryoHub.Platform.Audit;

/// <summary>The newest link of each chain.</summary>
public sealed class AuditHead
{
    public Guid Chain { get; init; }

    public long Number { get; init; }

    public byte[] Hash { get; init; } = [];

    internal sealed class Mapping : IEntityTypeConfiguration<AuditHead>
    {
        public void Configure(EntityTypeBuilder<AuditHead> head)
        {
            head.ToTable("audit_heads");
            head.HasKey(h => h.Chain);
        }
    }
}
