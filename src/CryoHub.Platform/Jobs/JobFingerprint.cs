using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using CryoHub.Platform.Datasets;
using Microsoft.EntityFrameworkCore;

namespace CryoHub.Platform.Jobs;

/// <summary>SHA-256 over all that decides an analysis' numbers.</summary>
internal static class JobFingerprint
{
    public static byte[] Of(SubmitAnalysis work, IEnumerable<JobInput> inputs)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"{work.Key}\n{work.Version}\n{work.Parameters}\n");
        foreach (var input in inputs.OrderBy(input => input.Role, StringComparer.Ordinal))
        {
            text.Append(CultureInfo.InvariantCulture, $"{input.Role}\n{Convert.ToHexStringLower(input.Sha256)}\n{input.SignalIndex}\n");
        }

        return SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString()));
    }

    /// <summary>One hash for a data set: that of its files or, of a picture that a result holds, of the result's name and the item's number: a result never changes.</summary>
    public static async Task<byte[]> OfAsync(CryoHubDb db, Guid datasetId, CancellationToken ct)
    {
        var files = await db.DatasetFiles.AsNoTracking().Where(f => f.DatasetId == datasetId).ToListAsync(ct);
        return files.Count == 0 && await db.Datasets.Where(d => d.Id == datasetId && d.ResultId != null).Select(d => new { d.ResultId, d.ResultItem }).SingleOrDefaultAsync(ct) is { } made
            ? SHA256.HashData(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"result {made.ResultId} item {made.ResultItem}")))
            : Of(files);
    }

    /// <summary>The only file's hash, or the hash over names and hashes of all, in order of name.</summary>
    private static byte[] Of(IReadOnlyList<DatasetFile> files)
    {
        if (files is [var only])
        {
            return only.Sha256;
        }

        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var file in files.OrderBy(file => file.Path, StringComparer.Ordinal))
        {
            hash.AppendData(Encoding.UTF8.GetBytes(file.Path + "\n"));
            hash.AppendData(file.Sha256);
        }

        return hash.GetHashAndReset();
    }
}
