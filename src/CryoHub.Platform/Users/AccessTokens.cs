using CryoHub.Imaging;
using CryoHub.Platform.Access;
using CryoHub.Platform.Audit;
using Microsoft.EntityFrameworkCore;

namespace CryoHub.Platform.Users;

/// <summary>A person's own tokens for scripts.</summary>
public sealed class AccessTokens(IDbContextFactory<CryoHubDb> dbs, AccessEnding ending, TimeProvider time)
{
    private const int LongestDays = 366;

    public async Task<Page<TokenRow>> ListAsync(Guid userId, PageRequest page, CancellationToken ct)
    {
        await using var db = await dbs.ForAsync(userId, ct);
        return await Valid(db).Where(t => t.UserId == userId).OrderByDescending(t => t.CreatedAt).ThenBy(t => t.Id)
            .Select(t => new TokenRow(t.Id, t.Name, t.Scopes, t.CreatedAt, t.ExpiresAt, t.LastUsedAt)).ToPageAsync(page, ct);
    }

    public async Task<NewToken> CreateAsync(Guid userId, string name, IReadOnlyList<string> scopes, int days, CancellationToken ct)
    {
        if (scopes.Count == 0 || scopes.Except(TokenScopes.All).Any())
        {
            throw new ProblemException(ProblemKind.Invalid, $"A token needs at least one of the scopes {string.Join(", ", TokenScopes.All)}, and no other.");
        }

        if (days is < 1 or > LongestDays)
        {
            throw new ProblemException(ProblemKind.Invalid, $"A token lives 1 to {LongestDays} days, not {days}.");
        }

        var text = SecretCode.New("cryohub_");
        var now = time.GetUtcNow();
        var token = new AccessToken
        {
            Id = Guid.CreateVersion7(),
            UserId = userId,
            Name = Required.Name(name),
            Hash = SecretCode.Hash(text),
            Scopes = [.. scopes.Distinct()],
            CreatedAt = now,
            ExpiresAt = now.AddDays(days),
        };
        await using var db = await dbs.ForAsync(userId, ct);
        db.Add(token);
        await db.SaveChangesAsync(ct);
        return new NewToken(token.Id, text, token.ExpiresAt);
    }

    public async Task<bool> RevokeAsync(Guid userId, Guid tokenId, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        await using var db = await dbs.ForAsync(userId, ct);
        var revoked = await Valid(db).Where(t => t.UserId == userId && t.Id == tokenId).ExecuteUpdateAsync(set => set.SetProperty(t => t.RevokedAt, now), ct);
        if (revoked == 1)
        {
            await ending.AnnounceAsync([userId], null, ct);
        }

        return revoked == 1;
    }

    /// <summary>For whom the token speaks; <c>null</c> where it is unknown, expired, revoked, or its person is locked out.</summary>
    public async Task<TokenIdentity?> FindAsync(string token, CancellationToken ct)
    {
        await using var db = await dbs.CreateDbContextAsync(ct);
        var hash = SecretCode.Hash(token);
        var now = time.GetUtcNow();
        var found = await Valid(db).Where(t => t.Hash == hash && (t.User.LockoutEnd == null || t.User.LockoutEnd < now))
            .Select(t => new { Identity = new TokenIdentity(t.Id, t.UserId, t.User.Email!, t.User.IsAdministrator, t.Scopes, t.ExpiresAt), t.LastUsedAt })
            .SingleOrDefaultAsync(ct);
        if (found is not null && (found.LastUsedAt is null || found.LastUsedAt < now.AddMinutes(-1)))
        {
            await db.AccessTokens.Where(t => t.Id == found.Identity.TokenId).ExecuteUpdateAsync(set => set.SetProperty(t => t.LastUsedAt, now), ct);
        }

        return found?.Identity;
    }

    /// <summary>Whether a connection that was opened by this token, or by a cookie where there is none, may stay open.</summary>
    public async Task<bool> MayStayAsync(Guid userId, Guid? tokenId, CancellationToken ct)
    {
        await using var db = await dbs.CreateDbContextAsync(ct);
        var now = time.GetUtcNow();
        return await db.Users.AnyAsync(u => u.Id == userId && (u.LockoutEnd == null || u.LockoutEnd < now), ct)
            && (tokenId is null || await Valid(db).AnyAsync(t => t.Id == tokenId && t.UserId == userId, ct));
    }

    private IQueryable<AccessToken> Valid(CryoHubDb db)
    {
        var now = time.GetUtcNow();
        return db.AccessTokens.Where(t => t.RevokedAt == null && t.ExpiresAt > now);
    }
}
