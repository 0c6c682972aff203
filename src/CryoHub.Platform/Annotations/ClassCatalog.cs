using System.Text.RegularExpressions;
using CryoHub.Imaging;
using CryoHub.Platform.Access;
using CryoHub.Platform.Audit;
using Microsoft.EntityFrameworkCore;

namespace CryoHub.Platform.Annotations;

/// <summary>The vocabulary of a project. Editors word it; shapes keep the key they were drawn with, so a merge can be undone.</summary>
public sealed partial class ClassCatalog(IDbContextFactory<CryoHubDb> dbs, TimeProvider time)
{
    /// <summary><c>null</c> where the project cannot be seen.</summary>
    public async Task<IReadOnlyList<ClassRow>?> ListAsync(Guid userId, Guid projectId, CancellationToken ct)
    {
        await using var db = await dbs.ForAsync(userId, ct);
        return await db.Projects.VisibleTo(userId).AnyAsync(p => p.Id == projectId, ct) ? (await Vocabulary.LoadAsync(db, projectId, ct)).All : null;
    }

    public async Task<ClassRow?> FindAsync(Guid userId, Guid projectId, string key, CancellationToken ct) => (await ListAsync(userId, projectId, ct))?.FirstOrDefault(c => c.Key == key);

    /// <summary>Adds a class (version 0) or words one anew.</summary>
    public Task<Change> PutAsync(Guid userId, Guid projectId, string key, ClassText text, uint version, CancellationToken ct) =>
        ChangeAsync(userId, projectId, key, version, (row, classes) => Word(row, text, classes), ct);

    /// <summary>From now on shapes of this class count as the other; an empty <paramref name="into"/> makes it a class of its own again.</summary>
    public Task<Change> MergeAsync(Guid userId, Guid projectId, string key, string into, uint version, CancellationToken ct) => ChangeAsync(
        userId, projectId, key, version,
        (row, classes) =>
        {
            if (into.Length > 0 && classes.Find(into) is null)
            {
                throw ProblemException.Invalid($"“{into}” is no class of this project.");
            }

            if (into.Length > 0 && classes.Resolve(into) == key)
            {
                throw ProblemException.Invalid($"“{into}” belongs to “{key}” already; the other way round they would form a circle.");
            }

            row.MergedInto = into.Length > 0 ? into : null;
        },
        ct);

    private async Task<Change> ChangeAsync(Guid userId, Guid projectId, string key, uint version, Action<AnnotationClass, Vocabulary> change, CancellationToken ct)
    {
        await using var db = await dbs.ForAsync(userId, ct);
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        if (!await db.Projects.MayAddToAsync(userId, projectId, ct))
        {
            return Change.Absent;
        }

        if (!KeyForm().IsMatch(key))
        {
            throw ProblemException.Invalid($"“{key}” is no key: small letters, digits and hyphens, 2 to 60 characters.");
        }

        await db.Database.ExecuteSqlAsync($"select 1 from projects where id = {projectId} for update", ct);   // two merges at once must not form a circle
        var classes = await Vocabulary.LoadAsync(db, projectId, ct);
        var row = await db.AnnotationClasses.SingleOrDefaultAsync(c => c.ProjectId == projectId && c.Key == key, ct);
        if ((row?.Version ?? 0) != version)
        {
            return Change.Conflict;
        }

        if (row is null)
        {
            row = new AnnotationClass { Id = Guid.CreateVersion7(), ProjectId = projectId, Key = key, CreatedBy = userId, CreatedAt = time.GetUtcNow() };
            if (classes.Find(key) is { } builtIn)
            {
                (row.Name, row.Definition, row.Colour, row.Shortcut, row.Kinds) = (builtIn.Name, builtIn.Definition, builtIn.Colour, builtIn.Shortcut, [.. builtIn.Kinds.Select(k => k.ToString())]);
            }

            db.Add(row);
        }

        change(row, classes);
        Required.Name(row.Name);   // merging a class that does not exist
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return Change.Done;
    }

    private static void Word(AnnotationClass row, ClassText text, Vocabulary classes)
    {
        row.Name = Required.Name(text.Name);
        row.Definition = text.Definition?.Trim() ?? "";
        row.Colour = text.Colour is { } colour && ColourForm().IsMatch(colour) ? colour.ToUpperInvariant() : throw ProblemException.Invalid("A colour is written as #28B5FA.");
        row.Kinds = [.. (text.Kinds ?? []).Distinct().Select(k => k.ToString())];
        row.Ontology = text.Ontology?.Trim() is not { Length: > 0 } address ? ""
            : Uri.TryCreate(address, UriKind.Absolute, out var link) && link.Scheme is "http" or "https" ? address
            : throw ProblemException.Invalid("The ontology term is an address that begins with https://.");
        row.Shortcut = text.Shortcut?.Trim() ?? "";
        if (row.Shortcut.Length > 1 || (row.Shortcut.Length == 1 && !char.IsAsciiDigit(row.Shortcut[0])))
        {
            throw ProblemException.Invalid("A shortcut is one digit: letters are the tools'.");
        }

        if (row.Shortcut.Length > 0 && classes.All.FirstOrDefault(c => c.Key != row.Key && c.MergedInto is null && c.Shortcut == row.Shortcut) is { } other)
        {
            throw ProblemException.Invalid($"The key {row.Shortcut} is taken by “{other.Name}”.");
        }
    }

    [GeneratedRegex("^[a-z0-9][a-z0-9-]{1,59}$")]
    private static partial Regex KeyForm();

    [GeneratedRegex("^#[0-9a-fA-F]{6}$")]
    private static partial Regex ColourForm();
}
