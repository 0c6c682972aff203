using System.Text.Json;
using System.Text.Json.Serialization;
using CryoHub.Imaging;
using CryoHub.Platform.Audit;
using CryoHub.Platform.Labs;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace CryoHub.Platform.Workflows;

/// <summary>The templates a person can follow: those built in, and the newest version of each of their labs' own.</summary>
public sealed class TemplateLibrary(IDbContextFactory<CryoHubDb> dbs, TimeProvider time)
{
    internal static JsonSerializerOptions Json { get; } = new(JsonSerializerDefaults.Web) { Converters = { new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower) } };

    public async Task<IReadOnlyList<TemplateRow>> ListAsync(Guid userId, CancellationToken ct)
    {
        await using var db = await dbs.ForAsync(userId, ct);
        var own = await db.LabTemplates.Where(t => t.Lab.Memberships.Any(m => m.UserId == userId) && !db.LabTemplates.Any(newer => newer.LabId == t.LabId && newer.Key == t.Key && newer.Number > t.Number))
            .OrderBy(t => t.Lab.Name).ThenBy(t => t.Key).Select(t => new { t.LabId, LabName = t.Lab.Name, t.Content }).AsNoTracking().ToListAsync(ct);
        return [.. own.Select(t => new TemplateRow(t.LabId, t.LabName, Read(t.Content))), .. BuiltInTemplates.All.Select(template => new TemplateRow(null, "", template))];
    }

    /// <summary>Saves the next version of a lab's template and gives its number; <c>null</c> where the lab cannot be seen.</summary>
    /// <exception cref="ProblemException">Invalid content; Forbidden for a viewer of the lab; Conflict where somebody saved that version first.</exception>
    public async Task<int?> SaveAsync(Guid userId, Guid labId, WorkflowTemplate template, CancellationToken ct)
    {
        var content = template.Checked();
        if (content.Key.Length is 0 or > 80 || !content.Key.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-'))
        {
            throw new ProblemException(ProblemKind.Invalid, $"The key “{content.Key}” may hold small letters, digits and hyphens, at most 80.");
        }

        await using var db = await dbs.ForAsync(userId, ct);
        switch (await db.Memberships.Where(m => m.LabId == labId && m.UserId == userId).Select(m => (LabRole?)m.Role).SingleOrDefaultAsync(ct))
        {
            case null:
                return null;
            case LabRole.Viewer:
                throw new ProblemException(ProblemKind.Forbidden, "You may look at this lab, not change its templates.");
        }

        var newest = await db.LabTemplates.Where(t => t.LabId == labId && t.Key == content.Key).MaxAsync(t => (int?)t.Number, ct) ?? 0;
        if (content.Version != newest + 1 && newest > 0)
        {
            throw new ProblemException(ProblemKind.Conflict, $"Version {newest} was saved meanwhile; yours was made from version {content.Version - 1}. Open the newest and make your change there.");
        }

        var next = content with { Version = newest + 1 };
        db.Add(new LabTemplate { Id = Guid.CreateVersion7(), LabId = labId, Key = next.Key, Number = next.Version, Content = JsonSerializer.SerializeToDocument(next, Json), CreatedBy = userId, CreatedAt = time.GetUtcNow() });
        try
        {
            await db.SaveChangesAsync(ct);
        }
        catch (DbUpdateException refused) when (refused.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation })
        {
            throw new ProblemException(ProblemKind.Conflict, $"Version {next.Version} was saved a moment ago. Open the newest and make your change there.");
        }

        return next.Version;
    }

    internal static WorkflowTemplate Read(JsonDocument content) => content.Deserialize<WorkflowTemplate>(Json)!;
}
