using System.Buffers.Binary;
using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;

namespace CryoHub.Platform;

/// <summary>PostgreSQL's advisory locks: one at a time for a name, until the transaction ends.</summary>
internal static class Locks
{
    public static Task LockAsync(this CryoHubDb db, ReadOnlySpan<byte> name, CancellationToken ct)
    {
        var key = BinaryPrimitives.ReadInt64LittleEndian(SHA256.HashData(name));
        return db.Database.ExecuteSqlAsync($"select pg_advisory_xact_lock({key})", ct);
    }
}
