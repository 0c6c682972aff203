using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CryoHub.Platform.Users;

/// <summary>A personal access token: scoped, expiring, revocable; only its SHA-256 is stored.</summary>
public sealed class AccessToken
{
    public Guid Id { get; init; }

    public Guid UserId { get; init; }

    public User User { get; init; } = null!;

    public string Name { get; init; } = "";

    public byte[] Hash { get; init; } = [];

    /// <summary>Any of <see cref="TokenScopes"/>.</summary>
    public string[] Scopes { get; init; } = [];

    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset ExpiresAt { get; init; }

    public DateTimeOffset? LastUsedAt { get; set; }

    public DateTimeOffset? RevokedAt { get; set; }

    internal sealed class Mapping : IEntityTypeConfiguration<AccessToken>
    {
        public void Configure(EntityTypeBuilder<AccessToken> token)
        {
            token.ToTable("access_tokens");
            token.HasIndex(t => t.Hash).IsUnique();
            token.Property(t => t.Name).HasMaxLength(200);
        }
    }
}
