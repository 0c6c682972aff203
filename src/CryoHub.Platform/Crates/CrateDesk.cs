using CryoHub.Imaging;
using CryoHub.Platform.Access;
using CryoHub.Platform.Annotations;
using CryoHub.Platform.Audit;
using CryoHub.Platform.Datasets;
using CryoHub.Platform.Jobs;
using CryoHub.Platform.Ledgers;
using CryoHub.Platform.Provenance;
using CryoHub.Platform.Results;
using CryoHub.Platform.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace CryoHub.Platform.Crates;

/// <summary>Projects and items to take away as Research Object Crates: records, provenance and, if wanted, the files. Who may see them may take them.</summary>
public sealed class CrateDesk(
    IDbContextFactory<CryoHubDb> dbs, ProvenanceGraphs graphs, SampleChronicle chronicle, ShapeFiles shapes, ResultCatalog results, IObjectStore store, Pixels pixels, IOptions<CrateOptions> options, TimeProvider time)
{
    /// <summary>What a crate of the project would hold; <c>null</c> where it cannot be seen.</summary>
    /// <exception cref="ProblemException">Invalid: too many records.</exception>
    public async Task<CrateSize?> SizeAsync(Guid userId, Guid projectId, CancellationToken ct)
    {
        if (await OfProjectAsync(userId, projectId, ct) is not { } records)
        {
            return null;
        }

        var layout = await CrateLayout.MakeAsync(records, withFiles: true, userId, store, pixels, ct);
        return new(records.Samples.Count, records.Steps.Count, records.Datasets.Count, records.Results.Count, layout.FileCount, layout.Bytes, Refusal(layout) ?? "");
    }

    /// <summary><c>null</c> where the project cannot be seen.</summary>
    /// <exception cref="ProblemException">Invalid: more than one crate may hold.</exception>
    public async Task<Crate?> ProjectAsync(Guid userId, Guid projectId, bool withFiles, CancellationToken ct) =>
        await OfProjectAsync(userId, projectId, ct) is { } records ? await PackAsync(userId, records, withFiles, ct) : null;

    /// <summary>An item with all it came from and all that came of it, as far as the person sees it; <c>null</c> where the item cannot be seen.</summary>
    /// <exception cref="ProblemException">Invalid: more than one crate may hold.</exception>
    public async Task<Crate?> ItemAsync(Guid userId, NodeKind kind, Guid id, bool withFiles, CancellationToken ct)
    {
        if (await graphs.OfAsync(userId, kind, id, ct) is not { } graph || graph.Nodes.FirstOrDefault(node => node.Id == id) is not { IsHidden: false } origin)
        {
            return null;
        }

        await using var db = await dbs.ForAsync(userId, ct);
        var cut = graph.IsWhole ? "" : " The graph has more than that; what lies nearest to it is here.";
        var words = $"{origin.Kind} {origin.Name} with everything it came from and everything that came of it, as recorded in CryoHub.{cut}";
        return await PackAsync(userId, await CrateRecords.ReadAsync(db, userId, origin.Name, words, graph, null, ct), withFiles, ct);
    }

    private async Task<CrateRecords?> OfProjectAsync(Guid userId, Guid projectId, CancellationToken ct)
    {
        await using var db = await dbs.ForAsync(userId, ct);
        if (await db.Projects.VisibleTo(userId).Where(p => p.Id == projectId).Select(p => new { p.Name, p.Notes }).SingleOrDefaultAsync(ct) is not { } project)
        {
            return null;
        }

        var count = await db.Samples.VisibleTo(userId).CountAsync(s => s.ProjectId == projectId, ct) + await db.Steps.VisibleTo(userId).CountAsync(s => s.ProjectId == projectId, ct)
            + await db.Datasets.VisibleTo(userId).CountAsync(d => d.ProjectId == projectId, ct)
            + await db.Results.VisibleTo(userId).CountAsync(r => r.ProjectId == projectId && r.Job.Kind == JobKinds.Analysis, ct);
        if (count > options.Value.MostRecords)
        {
            throw new ProblemException(
                ProblemKind.Invalid, $"The project has {count} samples, steps, data sets and results; one crate holds at most {options.Value.MostRecords}. Take single items away from their provenance pages.");
        }

        return await graphs.OfProjectAsync(userId, projectId, ct) is { } graph
            ? await CrateRecords.ReadAsync(db, userId, project.Name, project.Notes.Length > 0 ? project.Notes : $"The project {project.Name}, as recorded in CryoHub.", graph, projectId, ct)
            : null;
    }

    private async Task<Crate> PackAsync(Guid userId, CrateRecords records, bool withFiles, CancellationToken ct)
    {
        var layout = await CrateLayout.MakeAsync(records, withFiles, userId, store, pixels, ct);
        if (Refusal(layout) is { } refusal)
        {
            throw new ProblemException(ProblemKind.Invalid, refusal);
        }

        var writer = new CrateWriter(records, layout, userId, chronicle, shapes, results, time.GetUtcNow());
        return new Crate(new CratePaths().File("", records.Title.Replace('/', '_').Replace('\\', '_') + ".zip"), writer.WriteAsync);
    }

    private string? Refusal(CrateLayout layout) => layout.Bytes <= options.Value.LargestBytes
        ? null
        : FormattableString.Invariant(
            $"The files are {layout.Bytes / 1e9:0.##} GB; one crate holds at most {options.Value.LargestBytes / 1e9:0.##} GB. Take it without files, or single items from their provenance pages.");
}
