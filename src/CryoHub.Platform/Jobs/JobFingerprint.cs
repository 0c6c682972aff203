using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using CryoHub.Platform.Datasets;

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

    /// <summary>One hash for a data set: its only file's, or the hash over names and hashes of all, in order of name.</summary>
    public static byte[] Of(IReadOnlyList<DatasetFile> files)
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
