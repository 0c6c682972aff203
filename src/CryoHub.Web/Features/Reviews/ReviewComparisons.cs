using System.Text.Json.Nodes;
using CryoHub.Imaging;
using CryoHub.Platform.Jobs;
using CryoHub.Platform.Reviews;
using CryoHub.Web.Features.Analyses;
using CryoHub.Web.Features.Painting;

namespace CryoHub.Web.Features.Reviews;

/// <summary>
/// Compares what was handed in: each layer becomes a data set, once, and a job works out agreement, where the annotators differ and their consensus. Asking again goes on where it stopped.
/// </summary>
internal sealed class ReviewComparisons(ReviewList reviews, ReviewDesk desk, PaintFiles files, AnalysisDesk analyses)
{
    private const string Analysis = "label-agreement";

    /// <summary><c>null</c> where the review cannot be seen.</summary>
    /// <exception cref="ProblemException">Forbidden, or too few have handed in.</exception>
    public async Task<Compared?> CompareAsync(Guid userId, Guid reviewId, CancellationToken ct)
    {
        if (await reviews.FindAsync(userId, reviewId, ct) is not { } review)
        {
            return null;
        }

        if (!review.MayLead)
        {
            throw new ProblemException(ProblemKind.Forbidden, "Whoever gave out the review and the project's managers compare its labels.");
        }

        var given = review.Reviewers.Where(one => one.HandedInAt is not null).ToList();
        if (given.Count < 2 || review.State == ReviewState.Open)
        {
            throw new ProblemException(ProblemKind.Conflict, $"{given.Count} of {review.Reviewers.Count} have handed in. Labels of at least two are compared, once all have handed in or the review is closed.");
        }

        foreach (var one in given.Where(one => !one.IsReady))
        {
            await files.KeepAsync(userId, one.LayerId!.Value, one.LabelsId, ct);
        }

        var ready = (await reviews.FindAsync(userId, reviewId, ct))?.Reviewers.Where(one => one.IsReady).Select(one => one.LabelsId).ToHashSet() ?? [];
        if (given.Count(one => !ready.Contains(one.LabelsId)) is var waiting and > 0)
        {
            return new(null, waiting);
        }

        var inputs = given.Select((one, i) => new JobInputRef(i == 0 ? "labels" : $"labels-{i + 1}", one.LabelsId, 0)).ToArray();
        if (await analyses.SubmitAsync(userId, review.ProjectId, Analysis, inputs, ParametersOf(review), ct) is not { } job)
        {
            return null;
        }

        await desk.ComparedAsync(userId, reviewId, job.JobId, ct);
        return new(job.JobId, 0);
    }

    private static JsonObject ParametersOf(ReviewRow review) => review.IsWhole ? [] : new()
    {
        ["box"] = new JsonObject
        {
            ["x"] = review.Part.X,
            ["y"] = review.Part.Y,
            ["z"] = review.Part.Z,
            ["width"] = review.Part.Width,
            ["height"] = review.Part.Height,
            ["depth"] = review.Part.Depth,
        },
    };
}
