using CryoHub.Platform.Jobs;
using CryoHub.Platform.Storage;

namespace CryoHub.Worker.Jobs;

/// <summary>Where one attempt of a job keeps what it makes.</summary>
internal static class ResultPrefix
{
    /// <summary>This attempt's prefix; what attempts that died left behind is removed.</summary>
    public static async Task<string> BeginAsync(IObjectStore store, ClaimedJob job, CancellationToken ct)
    {
        for (var died = 1; died < job.Attempt; died++)   // never a later one: this attempt may itself have been thought dead, and the later one's result stand
        {
            await store.DeleteAsync(Of(job, died), ct);
        }

        return Of(job, job.Attempt);
    }

    private static string Of(ClaimedJob job, int attempt) => $"results/{job.Id}/{attempt}/";
}
