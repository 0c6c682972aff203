using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CryoHub.Platform.Security;

/// <summary>One key of the ring that protects cookies and reset links; shared by all web hosts.</summary>
public sealed class DataProtectionKey
{
    public Guid Id { get; init; }

    public string Name { get; init; } = "";

    public string Xml { get; init; } = "";

    internal sealed class Mapping : IEntityTypeConfiguration<DataProtectionKey>
    {
        public void Configure(EntityTypeBuilder<DataProtectionKey> key) => key.ToTable("data_protection_keys");
    }
}
