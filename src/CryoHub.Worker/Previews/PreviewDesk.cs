using System.Text.Json.Nodes;
using CryoHub.Analyses;
using CryoHub.Analyses.Parameters;
using CryoHub.Imaging;
using CryoHub.Platform;
using CryoHub.Platform.Access;
using CryoHub.Platform.Messages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace CryoHub.Worker.Previews;

/// <summary>Runs analyses for pages: no row, the same code, signals kept warm. Rights are asked for every time; a newer request of a page ends the older.</summary>
internal sealed class PreviewDesk(IDbContextFactory<CryoHubDb> dbs, WarmSignals warm, IReadOnlyList<IAnalysis> analyses, IOptions<PreviewOptions> options)
{
    private readonly PageTurns turns = new();
    private readonly SemaphoreSlim slots = new(Environment.ProcessorCount);   // pages wait for each other, never for memory

    public async Task<string> RunAsync(PreviewRequest request, CancellationToken ct)
    {
        var analysis = analyses.FirstOrDefault(known => known.Info.Key == request.Analysis) ?? throw ProblemException.Invalid($"There is no analysis \"{request.Analysis}\".");
        if (!analysis.Info.HasPreview)
        {
            throw ProblemException.Invalid($"{analysis.Info.Title} takes too long for a preview; run it as a job.");
        }

        var parameters = ParameterReader.FromJson(analysis.Info.Parameters, JsonNode.Parse(request.Parameters)?.AsObject());
        using var mine = CancellationTokenSource.CreateLinkedTokenSource(ct);
        mine.CancelAfter(options.Value.Longest);
        using var turn = turns.Take(request, mine);
        var inputs = await InputsAsync(request, analysis.Info, mine.Token);
        var sink = new PreviewSink();
        await slots.WaitAsync(mine.Token);
        using var slot = new Slot(slots);
        await Task.Run(() => analysis.RunAsync(new AnalysisRun(inputs, parameters, new Progress<Step>(), sink, CancellationToken.None), mine.Token), mine.Token);
        return sink.Json.ToJsonString();
    }

    private async Task<Dictionary<string, ISignal>> InputsAsync(PreviewRequest request, AnalysisInfo analysis, CancellationToken ct)
    {
        var inputs = new Dictionary<string, ISignal>();
        await using var db = await dbs.CreateDbContextAsync(ct);
        foreach (var wanted in request.Inputs)
        {
            var row = await db.Datasets.VisibleTo(request.UserId).Where(d => d.Id == wanted.DatasetId).SelectMany(d => d.Signals).AsNoTracking().SingleOrDefaultAsync(s => s.Index == wanted.Signal, ct)
                ?? throw ProblemException.Invalid($"Input \"{wanted.Role}\": there is no signal {wanted.Signal} of data set {wanted.DatasetId}.");
            if (analysis.Inputs.FirstOrDefault(input => input.Role == wanted.Role) is { } role && role.Kinds.All(kind => kind.Key() != row.Kind))
            {
                throw ProblemException.Invalid($"Input \"{wanted.Role}\" of {analysis.Title} takes {string.Join(" or ", role.Kinds.Select(kind => kind.Key()))}; \"{row.Name}\" is {row.Kind}.");
            }

            inputs[wanted.Role] = await warm.OpenAsync(row, ct);
        }

        return inputs;
    }

    private readonly struct Slot(SemaphoreSlim slots) : IDisposable
    {
        public void Dispose() => slots.Release();
    }
}
