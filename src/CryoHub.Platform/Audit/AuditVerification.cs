using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using CryoHub.Imaging;
using CryoHub.Platform.Labs;
using Microsoft.EntityFrameworkCore;

namespace CryoHub.Platform.Audit;

/// <summary>Recomputes a chain outside the database and compares it with the entries, the links, the head and every signed head; names each row that was edited, removed, moved or put in.</summary>
public sealed class AuditVerification(IDbContextFactory<CryoHubDb> dbs, AuditHeads heads)
{
    public const int MostFindings = 1000;

    /// <summary>The chain of a lab, for those who manage it; <c>null</c> where the lab cannot be seen.</summary>
    /// <exception cref="ProblemException">Forbidden: the person is in the lab and does not manage it.</exception>
    public async Task<AuditVerdict?> OfLabAsync(Guid userId, Guid labId, CancellationToken ct)
    {
        await using var db = await dbs.ForAsync(userId, ct);
        return await LabDirectory.RoleAsync(db, userId, labId, ct) switch
        {
            null => null,
            < LabRole.Manager => throw new ProblemException(ProblemKind.Forbidden, "The audit log is for those who manage the lab."),
            _ => await VerifyAsync(labId, ct),
        };
    }

    /// <summary>Every chain that the database or the object store knows of.</summary>
    public async IAsyncEnumerable<AuditVerdict> AllAsync([System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken ct)
    {
        await using var db = await dbs.CreateDbContextAsync(ct);
        var chains = await db.AuditHeads.Select(h => h.Chain).Union(db.AuditLinks.Select(l => l.Chain)).Union(db.Audit.Select(e => e.LabId ?? Guid.Empty)).ToListAsync(ct);
        foreach (var chain in chains.Union(await heads.ChainsAsync(ct)).Order())
        {
            yield return await VerifyAsync(chain, ct);
        }
    }

    public async Task<AuditVerdict> VerifyAsync(Guid chain, CancellationToken ct)
    {
        var signed = await heads.ReadAsync(chain, ct);
        await using var db = await dbs.CreateDbContextAsync(ct);
        await using var moment = await db.Database.BeginTransactionAsync(System.Data.IsolationLevel.RepeatableRead, ct);   // entries, links and head of one moment
        var report = new Report(chain);
        var due = new Queue<SignedHead>(signed);
        var witness = (Number: 0L, At: (DateTimeOffset?)null);
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(chain.ToString("D")));
        long number = 0, entries = 0;
        await foreach (var row in Links(db, chain).WithCancellation(ct))
        {
            report.AddRemoved(number + 1, row.Number - 1, missing => $"Row {missing} was removed with its link: the chain goes on with {row.Number}.");

            if (row.Content is null)
            {
                report.Add(AuditFault.Removed, row.Number, row.EntryId, $"Row {row.Number} (entry {row.EntryId}) was removed.");
            }
            else
            {
                entries++;
                var isFollowing = row.Number == number + 1;
                var (digest, linked) = Expected(row.Content, hash, row.Number);
                if (!digest.AsSpan().SequenceEqual(row.Digest))
                {
                    report.Add(AuditFault.Edited, row.Number, row.EntryId, $"Row {row.Number} (entry {row.EntryId}, {row.Name}) was edited: it does not say what it said when it was written.");
                }
                else if (isFollowing && !linked.AsSpan().SequenceEqual(row.Hash))
                {
                    report.Add(AuditFault.Reordered, row.Number, row.EntryId, $"Row {row.Number} (entry {row.EntryId}, {row.Name}) does not follow from row {number}: the order was changed, or its link rewritten.");
                }
            }

            (number, hash) = (row.Number, row.Hash);
            witness = await CompareAsync(due, number, hash, witness, report, ct);
        }

        await CheckEndAsync(db, chain, number, hash, due, report, ct);
        return new AuditVerdict(chain, entries, witness.Number, witness.At, report.Findings, report.Count);
    }

    /// <summary>Signed heads up to this link: each either vouches for all before it, or shows that it was rewritten.</summary>
    private async Task<(long Number, DateTimeOffset? At)> CompareAsync(Queue<SignedHead> due, long number, byte[] hash, (long Number, DateTimeOffset? At) witness, Report report, CancellationToken ct)
    {
        while (due.TryPeek(out var head) && head.Number <= number)
        {
            due.Dequeue();
            if (!await heads.IsGenuineAsync(head, ct))
            {
                report.Add(AuditFault.Rewritten, head.Number, null, $"The signed head of row {head.Number} ({head.At:d MMM yyyy HH:mm} UTC) has a signature that is not this installation's.");
            }
            else if (head.Number < number)
            {
                continue;   // its link is gone, which is reported as such
            }
            else if (!string.Equals(head.Hash, Convert.ToHexStringLower(hash), StringComparison.Ordinal))
            {
                report.Add(
                    AuditFault.Rewritten, head.Number, null, $"Rows {witness.Number + 1} to {head.Number} were rewritten after {head.At:d MMM yyyy HH:mm} UTC: the chain then had another hash at row {head.Number} than now.");
            }
            else
            {
                witness = (head.Number, head.At);
            }
        }

        return witness;
    }

    private async Task CheckEndAsync(CryoHubDb db, Guid chain, long number, byte[] hash, Queue<SignedHead> due, Report report, CancellationToken ct)
    {
        var head = await db.AuditHeads.AsNoTracking().SingleOrDefaultAsync(h => h.Chain == chain, ct);
        var last = Math.Max(head?.Number ?? 0, 0);
        var believed = new List<SignedHead>();
        foreach (var left in due)
        {
            if (await heads.IsGenuineAsync(left, ct))
            {
                believed.Add(left);
            }
        }

        var end = Math.Max(last, believed.Count > 0 ? believed[^1].Number : 0);
        report.AddRemoved(number + 1, end, missing => $"Row {missing}, after the newest that is left, was removed: "
            + (missing <= last ? $"the head of the chain says {last}." : $"the head signed on {believed[^1].At:d MMM yyyy HH:mm} UTC says {believed[^1].Number}."));

        if (number > 0 && last < number)
        {
            report.Add(AuditFault.Inserted, number, null, $"Rows {last + 1} to {number} were put in past the chain: its head says {last}.");
        }
        else if (number > 0 && last == number && !hash.AsSpan().SequenceEqual(head!.Hash))
        {
            report.Add(AuditFault.Rewritten, number, null, $"The head of the chain has another hash than row {number}, the newest.");
        }

        await foreach (var stray in db.Audit.Where(e => (e.LabId ?? Guid.Empty) == chain && !db.AuditLinks.Any(l => l.EntryId == e.Id)).OrderBy(e => e.Id)
            .Select(e => new { e.Id, e.TableName, e.RecordId }).AsAsyncEnumerable().WithCancellation(ct))
        {
            report.Add(AuditFault.Inserted, 0, stray.Id, $"Entry {stray.Id} ({stray.TableName} {stray.RecordId}) has no place in the chain: it was put in past it, or its link was removed.");
        }
    }

    private static (byte[] Digest, byte[] Hash) Expected(string content, byte[] before, long number)
    {
        var digest = SHA256.HashData(Encoding.UTF8.GetBytes(content));
        Span<byte> text = stackalloc byte[before.Length + 8 + digest.Length];
        before.CopyTo(text);
        BinaryPrimitives.WriteInt64BigEndian(text[before.Length..], number);
        digest.CopyTo(text[(before.Length + 8)..]);
        return (digest, SHA256.HashData(text));
    }

    private static async IAsyncEnumerable<Link> Links(CryoHubDb db, Guid chain)
    {
        // Plain columns: what the entry says is put together here, not by a function of the database that somebody could have changed.
        var rows = db.Database.SqlQuery<LinkRow>(
            $"""
            select link.number as "Number", link.entry_id as "EntryId", link.digest as "Digest", link.hash as "Hash", entry.id as "Id",
                (extract(epoch from entry.at) * 1000000)::bigint as "Micros", entry.user_id as "UserId", entry.origin as "Origin", entry.table_name as "TableName",
                entry.record_id as "RecordId", entry.lab_id as "LabId", entry.project_id as "ProjectId", entry.action as "Action", entry.before::text as "Before", entry.after::text as "After"
            from audit_links link left join audit entry on entry.id = link.entry_id
            where link.chain = {chain}
            """).OrderBy(row => row.Number).AsAsyncEnumerable();
        await foreach (var row in rows)
        {
            yield return new Link(row.Number, row.EntryId, row.Digest, row.Hash, row.Id is null ? null : Content(row), $"{row.TableName} {row.RecordId}");
        }
    }

    private static string Content(LinkRow row)
    {
        string?[] fields = [$"{row.Id}", $"{row.Micros}", row.UserId?.ToString("D"), row.Origin, row.TableName, row.RecordId, row.LabId?.ToString("D"), row.ProjectId?.ToString("D"), row.Action, row.Before, row.After];
        return string.Join(',', fields.Select(field => field is null ? "-" : $"{Encoding.UTF8.GetByteCount(field)}:{field}"));
    }

    private sealed record Link(long Number, long EntryId, byte[] Digest, byte[] Hash, string? Content, string Name);

    private sealed record LinkRow(
        long Number, long EntryId, byte[] Digest, byte[] Hash, long? Id, long? Micros, Guid? UserId, string? Origin, string? TableName, string? RecordId, Guid? LabId, Guid? ProjectId, string? Action,
        string? Before, string? After);

    private sealed class Report(Guid chain)
    {
        private readonly List<AuditFinding> findings = [];

        public IReadOnlyList<AuditFinding> Findings => findings;

        public long Count { get; private set; }

        /// <summary>Whoever tampers can also write a number that would take for ever to count to: all are counted, the first are named.</summary>
        public void AddRemoved(long first, long last, Func<long, string> words)
        {
            for (var missing = first; missing <= last && findings.Count < MostFindings; missing++)
            {
                Add(AuditFault.Removed, missing, null, words(missing));
                first = missing + 1;
            }

            Count += Math.Max(0, last - first + 1);
        }

        public void Add(AuditFault fault, long number, long? entry, string words)
        {
            Count++;
            if (findings.Count < MostFindings)
            {
                findings.Add(new AuditFinding(fault, number, entry, chain == Guid.Empty ? $"{words} (accounts and site)" : words));
            }
        }
    }
}
