using CryoHub.Platform.Access;
using CryoHub.Platform.Audit;
using CryoHub.Platform.Datasets;
using Microsoft.EntityFrameworkCore;

namespace CryoHub.Platform.Search;

/// <summary>One box over everything a person may see: names, notes and the files' metadata, narrowed by the filters of data sets. The best match comes first.</summary>
public sealed class SearchIndex(IDbContextFactory<CryoHubDb> dbs)
{
    /// <summary>A person leafs, nobody reads further than this.</summary>
    private const int Deepest = 1000;

    /// <summary>Where the filter asks for what only data sets have, only data sets are found; the filter's order does not count.</summary>
    public async Task<Page<SearchHit>> FindAsync(Guid userId, DatasetFilter filter, PageRequest page, CancellationToken ct)
    {
        var words = SearchWords.ToQuery(filter.Text);
        if (words is null && !filter.IsOfDatasets && string.IsNullOrEmpty(filter.Metal))
        {
            return new Page<SearchHit>([], 0, page.Skip, page.Take);
        }

        await using var db = await dbs.ForAsync(userId, ct);
        var first = Math.Min(page.Skip + page.Take, Deepest);
        var (total, hits) = (0, new List<SearchHit>());
        foreach (var kind in Kinds(db, userId, filter, words))
        {
            total += await kind.CountAsync(ct);
            hits.AddRange(await kind.OrderByDescending(hit => hit.Rank).ThenBy(hit => hit.Id).Take(first).ToListAsync(ct));
        }

        return new Page<SearchHit>(
            [.. hits.OrderByDescending(hit => hit.Rank).ThenBy(hit => hit.Kind).ThenBy(hit => hit.Id).Skip(page.Skip).Take(page.Take)], total, page.Skip, page.Take);
    }

    /// <summary>One query for each kind of thing that the filter can mean.</summary>
    internal static IEnumerable<IQueryable<SearchHit>> Kinds(CryoHubDb db, Guid userId, DatasetFilter filter, string? words)
    {
        yield return db.Datasets.Where(d => d.Status != DatasetStatus.Receiving).VisibleTo(userId).Matching(filter)
            .Select(d => new SearchHit
            {
                Kind = SearchKind.Dataset,
                Id = d.Id,
                Name = d.Name,
                ProjectId = d.ProjectId,
                ProjectName = d.Project.Name,
                Rank = words == null ? 0 : d.SearchText.Rank(EF.Functions.ToTsQuery("simple", words)),
            });
        if (filter.IsOfDatasets)
        {
            yield break;
        }

        var samples = db.Samples.VisibleTo(userId).Where(s => filter.ProjectId == null || s.ProjectId == filter.ProjectId);
        samples = string.IsNullOrEmpty(filter.Metal) ? samples : samples.Where(s => s.Metal == filter.Metal);
        yield return (words is null ? samples : samples.Where(s => s.SearchText.Matches(EF.Functions.ToTsQuery("simple", words))))
            .Select(s => new SearchHit
            {
                Kind = SearchKind.Sample,
                Id = s.Id,
                Name = s.Name,
                ProjectId = s.ProjectId,
                ProjectName = s.Project.Name,
                Rank = words == null ? 0 : s.SearchText.Rank(EF.Functions.ToTsQuery("simple", words)),
            });
        if (!string.IsNullOrEmpty(filter.Metal) || words is null)
        {
            yield break;
        }

        yield return db.Projects.VisibleTo(userId).Where(p => filter.ProjectId == null || p.Id == filter.ProjectId).Where(p => p.SearchText.Matches(EF.Functions.ToTsQuery("simple", words)))
            .Select(p => new SearchHit
            {
                Kind = SearchKind.Project,
                Id = p.Id,
                Name = p.Name,
                ProjectId = p.Id,
                ProjectName = p.Name,
                Rank = p.SearchText.Rank(EF.Functions.ToTsQuery("simple", words)),
            });
        yield return db.Sessions.VisibleTo(userId).Where(s => filter.ProjectId == null || s.ProjectId == filter.ProjectId).Where(s => s.SearchText.Matches(EF.Functions.ToTsQuery("simple", words)))
            .Select(s => new SearchHit
            {
                Kind = SearchKind.Session,
                Id = s.Id,
                Name = s.Name,
                ProjectId = s.ProjectId,
                ProjectName = s.Project.Name,
                Rank = s.SearchText.Rank(EF.Functions.ToTsQuery("simple", words)),
            });
    }
}
