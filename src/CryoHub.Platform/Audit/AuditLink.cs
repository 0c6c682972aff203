using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CryoHub.Platform.Audit;

/// <summary>One link of a lab's chain: which entry has which number, and a hash over it and everything before. Written by the database at the end of each transaction.</summary>
public sealed class AuditLink
{
    /// <summary>The lab; the empty id for what belongs to no lab (accounts, tokens).</summary>
    public Guid Chain { get; init; }

    /// <summary>From 1 on, without a hole.</summary>
    public long Number { get; init; }

    public long EntryId { get; init; }

    /// <summary>SHA-256 of the entry's content.</summary>
    public byte[] Digest { get; init; } = [];

    /// <summary>SHA-256 of the hash before, the number and the digest.</summary>
    public byte[] Hash { get; init; } = [];

    internal sealed class Mapping : IEntityTypeConfiguration<AuditLink>
    {
        public void Configure(EntityTypeBuilder<AuditLink> link)
        {
            link.ToTable("audit_links");
            link.HasKey(l => new { l.Chain, l.Number });
            link.HasIndex(l => l.EntryId);
        }
    }
}
