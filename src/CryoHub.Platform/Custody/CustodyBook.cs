using CryoHub.Platform.Access;
using CryoHub.Platform.Audit;
using CryoHub.Platform.Samples;
using Microsoft.EntityFrameworkCore;

namespace CryoHub.Platform.Custody;

/// <summary>Where items are and were, for those who see them or have them in their lab.</summary>
public sealed class CustodyBook(IDbContextFactory<CryoHubDb> dbs)
{
    /// <summary><c>null</c> where the item cannot be seen.</summary>
    public async Task<CustodyCard?> OfAsync(Guid userId, Guid sampleId, CancellationToken ct)
    {
        await using var db = await dbs.ForAsync(userId, ct);
        var item = await db.Handled(userId).Where(s => s.Id == sampleId)
            .Select(s => new { Link = new SampleLink(s.Id, s.Kind, s.Name), s.Metal, Owner = s.Project.Lab.Name, Sees = s.Project.Access.Any(a => a.UserId == userId) }).SingleOrDefaultAsync(ct);
        if (item is null)
        {
            return null;
        }

        // A lab that only has the item in its hands sees what happened while it had it, not where the owners keep things.
        var rows = await db.Keepings.Where(k => k.SampleId == sampleId && (item.Sees || k.Lab.Memberships.Any(m => m.UserId == userId))).OrderByDescending(k => k.Since).ThenByDescending(k => k.Until == null)
            .Select(k => new
            {
                k.Id,
                k.Kind,
                k.PlaceId,
                k.Slot,
                Person = k.Person!.DisplayName,
                k.PersonId,
                k.Outside,
                LabName = k.Lab.Name,
                k.Since,
                k.Until,
                RecordedBy = db.Users.Where(u => u.Id == k.RecordedBy).Select(u => u.DisplayName).FirstOrDefault() ?? "",
                k.Note,
            })
            .Take(200).ToListAsync(ct);
        var places = await PathsAsync(db, [.. rows.Select(row => row.PlaceId).OfType<Guid>().Distinct()], ct);
        List<CustodyRow> way =
        [
            .. rows.Select(row => new CustodyRow(
                row.Id, row.Kind, row.Kind switch { KeepingKind.Storage => $"{places[row.PlaceId!.Value]}, slot {row.Slot}", KeepingKind.Person => row.Person, KeepingKind.Outside => $"outside, with {row.Outside}", _ => "on its way" },
                row.LabName, row.Since, row.Until, row.RecordedBy, row.Note)),
        ];
        return new CustodyCard(
            item.Link, item.Metal, item.Owner, item.Sees, await db.HandledBy(userId).AnyAsync(s => s.Id == sampleId, ct), rows.Any(row => row.Until is null && row.PersonId == userId),
            way.FirstOrDefault(row => row.Until is null), way, item.Sees ? await CustodyGaps.OfAsync(db, sampleId, null, ct) : []);
    }

    /// <summary>Gaps that data of a sample measured at <paramref name="measuredAt"/> carry with them; empty where it cannot be seen.</summary>
    public async Task<IReadOnlyList<CustodyGap>> GapsAsync(Guid userId, Guid sampleId, DateTimeOffset? measuredAt, CancellationToken ct)
    {
        await using var db = await dbs.ForAsync(userId, ct);
        return await db.Samples.VisibleTo(userId).AnyAsync(s => s.Id == sampleId, ct) ? await CustodyGaps.OfAsync(db, sampleId, measuredAt, ct) : [];
    }

    /// <summary>Gaps that a result carries with it from the samples of its inputs, with the sample of each input; empty where it cannot be seen.</summary>
    public async Task<IReadOnlyList<(Guid SampleId, IReadOnlyList<CustodyGap> Gaps)>> OfResultAsync(Guid userId, Guid resultId, CancellationToken ct)
    {
        await using var db = await dbs.ForAsync(userId, ct);
        var inputs = await db.Results.VisibleTo(userId).Where(r => r.Id == resultId).SelectMany(r => db.JobInputs.Where(i => i.JobId == r.JobId))
            .Join(db.Datasets.VisibleTo(userId).Where(d => d.SampleId != null), i => i.DatasetId, d => d.Id, (_, d) => new { SampleId = d.SampleId!.Value, At = d.AcquiredAt ?? d.CreatedAt })
            .Distinct().ToListAsync(ct);
        var found = new List<(Guid, IReadOnlyList<CustodyGap>)>();
        foreach (var input in inputs)
        {
            found.Add((input.SampleId, await CustodyGaps.OfAsync(db, input.SampleId, input.At, ct)));
        }

        return found;
    }

    /// <summary>"Dewar D2, cane 4, box 1" for each place.</summary>
    internal static async Task<IReadOnlyDictionary<Guid, string>> PathsAsync(CryoHubDb db, IReadOnlyList<Guid> placeIds, CancellationToken ct)
    {
        var ids = placeIds.ToArray();
        var rows = await db.Database.SqlQuery<PathRow>(
            $"""
            with recursive up as (
                select id as place, parent_id, name, 0 as depth from storage_places where id = any({ids})
                union all
                select up.place, parent.parent_id, parent.name, up.depth + 1 from up join storage_places parent on parent.id = up.parent_id)
            select place as "Id", string_agg(name, ', ' order by depth desc) as "Path" from up group by place
            """).ToListAsync(ct);
        return rows.ToDictionary(row => row.Id, row => row.Path);
    }

    private sealed record PathRow(Guid Id, string Path);
}
