using CryoHub.Platform.Access;
using CryoHub.Platform.Audit;
using CryoHub.Platform.Datasets;
using Microsoft.EntityFrameworkCore;

namespace CryoHub.Platform.Search;

/// <summary>
/// One box over everything a person may see: names, notes and the files' metadata, narrowed by the filters of data sets. The best match comes first. The projects that the person sees are asked
/// for once and named to the other queries: a database that has to find them on the way misjudges their number and looks the words up once for each.
/// </summary>
public sealed class SearchIndex(IDbContextFactory<CryoHubDb> dbs)
{
    /// <summary>So many of each kind are looked at, counted and ranked; a person leafs, nobody reads further than this.</summary>
    public const int Most = 1000;

    /// <summary>Where the filter asks for what only data sets have, only data sets are found; the filter's order does not count.</summary>
    public async Task<Page<SearchHit>> FindAsync(Guid userId, DatasetFilter filter, PageRequest page, CancellationToken ct)
    {
        var words = SearchWords.ToQuery(filter.Text);
        if (words is null && !filter.IsOfDatasets && string.IsNullOrEmpty(filter.Metal))
        {
            return new Page<SearchHit>([], 0, page.Skip, page.Take);
        }

        await using var db = await dbs.ForAsync(userId, ct);
        var projects = await db.Projects.VisibleTo(userId).Where(p => filter.ProjectId == null || p.Id == filter.ProjectId).ToDictionaryAsync(p => p.Id, p => p.Name, ct);
        var hits = new List<SearchHit>();
        foreach (var kind in Kinds(db, [.. projects.Keys], filter, words))
        {
            hits.AddRange(await kind.Take(Most).ToListAsync(ct));
        }

        var found = hits.OrderByDescending(hit => hit.Rank).ThenBy(hit => hit.Kind).ThenBy(hit => hit.Id).Skip(page.Skip).Take(page.Take);
        return new Page<SearchHit>([.. found.Select(hit => hit with { ProjectName = projects[hit.ProjectId] })], hits.Count, page.Skip, page.Take);
    }

    /// <summary>One query for each kind of thing that the filter can mean, over projects that the person may see.</summary>
    internal static IEnumerable<IQueryable<SearchHit>> Kinds(CryoHubDb db, Guid[] projects, DatasetFilter filter, string? words)
    {
        yield return db.Datasets.Where(d => projects.Contains(d.ProjectId) && d.DeletedAt == null && d.Status != DatasetStatus.Receiving).Matching(filter with { ProjectId = null })
            .Select(d => new SearchHit
            {
                Kind = SearchKind.Dataset,
                Id = d.Id,
                Name = d.Name,
                ProjectId = d.ProjectId,
                Rank = words == null ? 0 : d.SearchText.Rank(EF.Functions.ToTsQuery("simple", words)),
            });
        if (filter.IsOfDatasets)
        {
            yield break;
        }

        var samples = db.Samples.Where(s => projects.Contains(s.ProjectId) && s.DeletedAt == null);
        samples = string.IsNullOrEmpty(filter.Metal) ? samples : samples.Where(s => s.Metal == filter.Metal);
        yield return (words is null ? samples : samples.Where(s => s.SearchText.Matches(EF.Functions.ToTsQuery("simple", words))))
            .Select(s => new SearchHit
            {
                Kind = SearchKind.Sample,
                Id = s.Id,
                Name = s.Name,
                ProjectId = s.ProjectId,
                Rank = words == null ? 0 : s.SearchText.Rank(EF.Functions.ToTsQuery("simple", words)),
            });
        if (!string.IsNullOrEmpty(filter.Metal) || words is null)
        {
            yield break;
        }

        yield return db.Projects.Where(p => projects.Contains(p.Id) && p.SearchText.Matches(EF.Functions.ToTsQuery("simple", words)))
            .Select(p => new SearchHit
            {
                Kind = SearchKind.Project,
                Id = p.Id,
                Name = p.Name,
                ProjectId = p.Id,
                Rank = p.SearchText.Rank(EF.Functions.ToTsQuery("simple", words)),
            });
        yield return db.Sessions.Where(s => projects.Contains(s.ProjectId) && s.DeletedAt == null && s.SearchText.Matches(EF.Functions.ToTsQuery("simple", words)))
            .Select(s => new SearchHit
            {
                Kind = SearchKind.Session,
                Id = s.Id,
                Name = s.Name,
                ProjectId = s.ProjectId,
                Rank = s.SearchText.Rank(EF.Functions.ToTsQuery("simple", words)),
            });
    }
}
