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
            .Select(p => new SearchHit
            {
                Kind = SearchKind.Project,
                Id = p.Id,
                Name = p.Name,
                ProjectId = p.Id,
                ProjectName = p.Name,
                Rank = p.SearchText.Rank(EF.Functions.ToTsQuery("simple", words)),
            });
        var samples = db.Samples.VisibleTo(userId).Where(s => s.SearchText.Matches(EF.Functions.ToTsQuery("simple", words)))
            .Select(s => new SearchHit
            {
                Kind = SearchKind.Sample,
                Id = s.Id,
                Name = s.Name,
                ProjectId = s.ProjectId,
                ProjectName = s.Project.Name,
                Rank = s.SearchText.Rank(EF.Functions.ToTsQuery("simple", words)),
            });
        var sessions = db.Sessions.VisibleTo(userId).Where(s => s.SearchText.Matches(EF.Functions.ToTsQuery("simple", words)))
            .Select(s => new SearchHit
            {
                Kind = SearchKind.Session,
                Id = s.Id,
                Name = s.Name,
                ProjectId = s.ProjectId,
                ProjectName = s.Project.Name,
                Rank = s.SearchText.Rank(EF.Functions.ToTsQuery("simple", words)),
            });
        var datasets = db.Datasets.Where(d => d.Status != DatasetStatus.Receiving).VisibleTo(userId)
            .Where(d => d.SearchText.Matches(EF.Functions.ToTsQuery("simple", words)))
            .Select(d => new SearchHit
            {
                Kind = SearchKind.Dataset,
                Id = d.Id,
                Name = d.Name,
                ProjectId = d.ProjectId,
                ProjectName = d.Project.Name,
                Rank = d.SearchText.Rank(EF.Functions.ToTsQuery("simple", words)),
            });
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
