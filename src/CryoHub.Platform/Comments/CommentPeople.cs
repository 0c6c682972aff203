using CryoHub.Imaging;
using CryoHub.Platform.Access;
using CryoHub.Platform.Audit;
using Microsoft.EntityFrameworkCore;

namespace CryoHub.Platform.Comments;

/// <summary>Who may be mentioned in comments on a data set: whoever may see it.</summary>
public sealed class CommentPeople(IDbContextFactory<CryoHubDb> dbs)
{
    private const int Most = 8;
    private const int LongestName = 200;

    /// <summary>Others whose name contains <paramref name="name"/>, in order of name, a few; <c>null</c> where the data set cannot be seen.</summary>
    /// <exception cref="ProblemException">Forbidden: the person may not write comments here, and so not ask for names either.</exception>
    public async Task<IReadOnlyList<PersonName>?> FindAsync(Guid userId, Guid datasetId, string? name, CancellationToken ct)
    {
        var part = Required.AtMost(name, LongestName, "The name").ToLowerInvariant();
        await using var db = await dbs.ForAsync(userId, ct);
        var dataset = await db.Datasets.VisibleTo(userId).Where(d => d.Id == datasetId)
            .Select(d => new { MayWrite = d.Project.Access.Any(a => a.UserId == userId && a.Role >= ProjectRole.Annotator) }).SingleOrDefaultAsync(ct);
        if (dataset is null)
        {
            return null;
        }

        CommentDesk.Require(dataset.MayWrite);
        return await WhoSee(db, datasetId).Where(u => u.Id != userId && u.DisplayName.ToLower().Contains(part))
            .OrderBy(u => u.DisplayName).ThenBy(u => u.Id).Take(Most).Select(u => new PersonName(u.Id, u.DisplayName)).ToListAsync(ct);
    }

    internal static async Task<Dictionary<Guid, string>> NamesAsync(CryoHubDb db, IEnumerable<Guid> people, CancellationToken ct)
    {
        var wanted = people.Distinct().ToList();
        return await db.Users.Where(u => wanted.Contains(u.Id)).ToDictionaryAsync(u => u.Id, u => u.DisplayName, ct);
    }

    /// <summary>Refuses mentions of people who may not see the data set, in the same words whether or not there is such a person.</summary>
    internal static async Task RequireAllSeeAsync(CryoHubDb db, Guid datasetId, IReadOnlyList<Guid> mentioned, CancellationToken ct)
    {
        if (mentioned.Count > Mentions.Most)
        {
            throw ProblemException.Invalid($"The comment mentions {mentioned.Count} people; {Mentions.Most} is the limit.");
        }

        var seeing = mentioned.Count == 0 ? 0 : await WhoSee(db, datasetId).CountAsync(u => mentioned.Contains(u.Id), ct);
        if (seeing < mentioned.Count)
        {
            throw ProblemException.Invalid($"{mentioned.Count - seeing} of the {mentioned.Count} mentioned may not see this data set. Mention those who do, or have it shared with them first.");
        }
    }

    private static IQueryable<Users.User> WhoSee(CryoHubDb db, Guid datasetId) =>
        db.Users.Where(u => db.Datasets.Any(d => d.Id == datasetId && d.Project.Access.Any(a => a.UserId == u.Id)));
}
