using System.Security.Cryptography;
using System.Text.Json;
using CryoHub.Platform.Storage;
using Microsoft.EntityFrameworkCore;

namespace CryoHub.Platform.Audit;

/// <summary>Signs the heads of all chains and keeps them in the object store, where the database's owner cannot reach them.</summary>
public sealed class AuditHeads
{
    private readonly IDbContextFactory<CryoHubDb> dbs;
    private readonly IObjectStore store;
    private readonly AuditKey key;
    private readonly TimeProvider time;

    internal AuditHeads(IDbContextFactory<CryoHubDb> dbs, IObjectStore store, AuditKey key, TimeProvider time) => (this.dbs, this.store, this.key, this.time) = (dbs, store, key, time);

    /// <summary>Signs what has grown since the last time; returns how many.</summary>
    public async Task<int> SignAsync(CancellationToken ct)
    {
        await using var db = await dbs.CreateDbContextAsync(ct);
        var signer = await key.ReadAsync(ct);
        var signed = 0;
        await foreach (var head in db.AuditHeads.AsNoTracking().OrderBy(h => h.Chain).AsAsyncEnumerable().WithCancellation(ct))
        {
            if (await NewestAsync(head.Chain, ct) >= head.Number)
            {
                continue;   // nothing new, or fewer than before: verification will say so, and the old head stays the witness
            }

            var unsigned = new SignedHead(head.Chain, head.Number, Convert.ToHexStringLower(head.Hash), time.GetUtcNow(), Convert.ToBase64String(signer.ExportSubjectPublicKeyInfo()), "");
            var record = unsigned with { Signature = Convert.ToBase64String(signer.SignData(unsigned.SignedText(), HashAlgorithmName.SHA256)) };
            await store.PutAsync($"{Prefix(head.Chain)}{head.Number:D19}.json", new MemoryStream(JsonSerializer.SerializeToUtf8Bytes(record, JsonSerializerOptions.Web)), ct);
            signed++;
        }

        return signed;
    }

    /// <summary>Every signed head of a chain, oldest first; <see cref="IsGenuineAsync"/> says whether to believe one.</summary>
    internal async Task<IReadOnlyList<SignedHead>> ReadAsync(Guid chain, CancellationToken ct)
    {
        var heads = new List<SignedHead>();
        await foreach (var found in store.ListAsync(Prefix(chain), ct).WithCancellation(ct))
        {
            if (await store.ReadTextAsync(found.Key, ct) is { } text && JsonSerializer.Deserialize<SignedHead>(text, JsonSerializerOptions.Web) is { } head)
            {
                heads.Add(head);
            }
        }

        return [.. heads.OrderBy(head => head.Number)];
    }

    /// <summary>Chains of which there is a signed head, also where the database knows nothing of them any more.</summary>
    internal async Task<IReadOnlyList<Guid>> ChainsAsync(CancellationToken ct)
    {
        var chains = new HashSet<Guid>();
        await foreach (var found in store.ListAsync("audit/heads/", ct).WithCancellation(ct))
        {
            if (Guid.TryParse(found.Key.Split('/')[2], out var chain))
            {
                chains.Add(chain);
            }
        }

        return [.. chains];
    }

    internal async Task<bool> IsGenuineAsync(SignedHead head, CancellationToken ct)
    {
        var signature = new byte[64];
        return Convert.TryFromBase64String(head.Signature, signature, out var length)
            && (await key.ReadAsync(ct)).VerifyData(head.SignedText(), signature.AsSpan(0, length), HashAlgorithmName.SHA256);
    }

    /// <summary>Number of the newest head that we signed ourselves; 0 where there is none. A forged one must not keep us from signing.</summary>
    private async Task<long> NewestAsync(Guid chain, CancellationToken ct)
    {
        foreach (var head in (await ReadAsync(chain, ct)).Reverse())
        {
            if (await IsGenuineAsync(head, ct))
            {
                return head.Number;
            }
        }

        return 0;
    }

    private static string Prefix(Guid chain) => $"audit/heads/{chain:D}/";
}
