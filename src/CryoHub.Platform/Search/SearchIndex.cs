using CryoHub.Platform.Access;
using CryoHub.Platform.Audit;
using CryoHub.Platform.Datasets;
using Microsoft.EntityFrameworkCore;

namespace CryoHub.Platform.Search;

/// <summary>One box over everything a person may see: names, notes and the files' metadata. The best match comes first.</summary>
public sealed class SearchIndex(IDbContextFactory<CryoHubDb> dbs)
{
    /// <summary>A person leafs, nobody reads further than this.</summary>
    private const int Deepest = 1000;

    public async Task<Page<SearchHit>> FindAsync(Guid userId, string? text, PageRequest page, CancellationToken ct)
    {
        if (SearchWords.ToQuery(text) is not { } words)
        {
            return new Page<SearchHit>([], 0, page.Skip, page.Take);
        }

        await using var db = await dbs.ForAsync(userId, ct);
        var first = Math.Min(page.Skip + page.Take, Deepest);
        var projects = db.Projects.VisibleTo(userId).Where(p => p.SearchText.Matches(EF.Functions.ToTsQuery("simple", words)))
            .Select(p => new SearchHit(SearchKind.Project, p.Id, p.Name, p.Id, p.Name, p.SearchText.Rank(EF.Functions.ToTsQuery("simple", words))));
        var samples = db.Samples.VisibleTo(userId).Where(s => s.SearchText.Matches(EF.Functions.ToTsQuery("simple", words)))
            .Select(s => new SearchHit(SearchKind.Sample, s.Id, s.Name, s.ProjectId, s.Project.Name, s.SearchText.Rank(EF.Functions.ToTsQuery("simple", words))));
        var sessions = db.Sessions.VisibleTo(userId).Where(s => s.SearchText.Matches(EF.Functions.ToTsQuery("simple", words)))
            .Select(s => new SearchHit(SearchKind.Session, s.Id, s.Name, s.ProjectId, s.Project.Name, s.SearchText.Rank(EF.Functions.ToTsQuery("simple", words))));
        var datasets = db.Datasets.Where(d => d.Status != DatasetStatus.Receiving).VisibleTo(userId)
            .Where(d => d.SearchText.Matches(EF.Functions.ToTsQuery("simple", words)))
            .Select(d => new SearchHit(SearchKind.Dataset, d.Id, d.Name, d.ProjectId, d.Project.Name, d.SearchText.Rank(EF.Functions.ToTsQuery("simple", words))));
        var (total, hits) = (0, new List<SearchHit>());
        foreach (var kind in (IQueryable<SearchHit>[])[projects, samples, sessions, datasets])
        {
            total += await kind.CountAsync(ct);
            hits.AddRange(await kind.OrderByDescending(hit => hit.Rank).ThenBy(hit => hit.Id).Take(first).ToListAsync(ct));
        }

        return new Page<SearchHit>(
            [.. hits.OrderByDescending(hit => hit.Rank).ThenBy(hit => hit.Kind).ThenBy(hit => hit.Id).Skip(page.Skip).Take(page.Take)], total, page.Skip, page.Take);
    }
}
