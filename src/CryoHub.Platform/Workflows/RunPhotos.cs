using CryoHub.Imaging;
using CryoHub.Platform.Access;
using CryoHub.Platform.Audit;
using CryoHub.Platform.Datasets;
using Microsoft.EntityFrameworkCore;

namespace CryoHub.Platform.Workflows;

/// <summary>Photos taken at the bench. Each becomes a data set of the item that is worked on, under an id that the phone chose: sent again, it is the same one.</summary>
public sealed class RunPhotos(IDbContextFactory<CryoHubDb> dbs, RunLog runs, GivenFiles files)
{
    public const int LargestBytes = 25_000_000;

    private static readonly byte[][] Beginnings = [[0xFF, 0xD8, 0xFF], [0x89, (byte)'P', (byte)'N', (byte)'G']];   // JPEG, PNG

    /// <summary>The data set's id; <c>null</c> where the run cannot be seen.</summary>
    /// <exception cref="ProblemException">Forbidden; no photo, or too large; does not fit into the quota; the id is another data set's.</exception>
    public async Task<Guid?> KeepAsync(Guid userId, Guid runId, Guid photoId, string? name, Stream body, CancellationToken ct)
    {
        if (await runs.FindAsync(userId, runId, ct) is not { } run)
        {
            return null;
        }

        await using (var db = await dbs.ForAsync(userId, ct))
        {
            if (!await db.Projects.MayAddToAsync(userId, run.ProjectId, ct))
            {
                return null;   // before anything of the body is looked at
            }
        }

        using var photo = await ReadAsync(body, ct);
        return await files.KeepAsync(userId, run.ProjectId, run.Current.Id, photoId, string.IsNullOrWhiteSpace(name) ? "photo.jpg" : name.Trim(), photo, ct);
    }

    private static async Task<MemoryStream> ReadAsync(Stream body, CancellationToken ct)
    {
        var photo = new MemoryStream();
        var buffer = new byte[1 << 16];
        int count;
        while ((count = await body.ReadAsync(buffer, ct)) > 0)
        {
            if (photo.Length + count > LargestBytes)
            {
                throw new ProblemException(ProblemKind.Invalid, $"The photo has more than {LargestBytes / 1_000_000} MB; take it with fewer pixels, or upload it on the project's page.");
            }

            photo.Write(buffer, 0, count);
        }

        photo.Position = 0;
        return Array.Exists(Beginnings, beginning => photo.GetBuffer().AsSpan(0, (int)photo.Length).StartsWith(beginning))
            ? photo
            : throw new ProblemException(ProblemKind.Invalid, "This is neither a JPEG nor a PNG picture.");
    }
}
