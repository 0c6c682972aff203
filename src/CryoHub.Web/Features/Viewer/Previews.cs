using CryoHub.Imaging;
using CryoHub.Platform.Datasets;
using CryoHub.Platform.Messages;
using CryoHub.Web.Features.Analyses;
using MassTransit;

namespace CryoHub.Web.Features.Viewer;

/// <summary>Asks a worker for a preview and waits. Rights are asked here and by the worker; the newest question of a page wins.</summary>
public sealed class Previews(IServiceScopeFactory scopes, DatasetCatalog datasets)
{
    private static readonly RequestTimeout Patience = RequestTimeout.After(s: 30);

    private readonly PageTurns turns = new();

    /// <summary>The answer, which is a reason where the software failed; <c>null</c> where an input is not the person's to see.</summary>
    /// <exception cref="ProblemException">The worker's reason, or a newer question of the page.</exception>
    public async Task<PreviewAnswer?> AskAsync(Guid userId, AskPreview question, CancellationToken ct)
    {
        var inputs = question.Inputs ?? [];
        foreach (var input in inputs)
        {
            if (await datasets.SignalAsync(userId, input.DatasetId, input.Signal, ct) is null)
            {
                return null;
            }
        }

        var info = AnalysisDesk.Find(question.Analysis);
        AnalysisDesk.RequireInputs(info, inputs);
        var parameters = AnalysisDesk.Canonical(info, question.Parameters);
        var request = new PreviewRequest(userId, question.PageId ?? "", question.Turn, question.Analysis, inputs, parameters);
        using var mine = CancellationTokenSource.CreateLinkedTokenSource(ct);
        using var turn = turns.Take(request, mine);
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            var client = scope.ServiceProvider.GetRequiredService<IScopedClientFactory>().CreateRequestClient<PreviewRequest>(Patience);
            var answer = (await client.GetResponse<PreviewAnswer>(request, mine.Token)).Message;
            return answer.Refusal is { } kind ? throw new ProblemException(kind, answer.Reason) : answer;
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            throw new ProblemException(ProblemKind.Conflict, "A newer preview of the same page took its place.");
        }
        catch (RequestTimeoutException)
        {
            throw new ProblemException(ProblemKind.Conflict, "No worker answered within 30 s; submit it as a job.");
        }
    }
}
