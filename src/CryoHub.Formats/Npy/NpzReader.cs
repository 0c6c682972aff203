using CryoHub.Formats.Zip;
using CryoHub.Imaging;

namespace CryoHub.Formats.Npy;

/// <summary>Zip archives of NumPy arrays: one signal an array.</summary>
public sealed class NpzReader : IFormatReader
{
    public FormatInfo Format { get; } = new(
        "npz",
        "NumPy archive",
        [".npz"],
        "every array of numbers, stored or deflated",
        "arrays of text and of Python objects are left out where others can be read",
        "https://numpy.org/doc/stable/reference/generated/numpy.savez.html");

    // 0: "PK", 2: 3 and 4 for a file; the ending tells it from other zip archives
    public Match Recognise(ReadOnlySpan<byte> head, string fileName) =>
        head.StartsWith("PK\u0003\u0004"u8) && fileName.EndsWith(".npz", StringComparison.OrdinalIgnoreCase) ? Match.Certain : Match.No;

    public async Task<IReadOnlyList<ISignal>> OpenAsync(ISourceFile file, CancellationToken ct)
    {
        var directory = await ZipDirectory.ReadAsync(file.Bytes, ct);
        List<ISignal> signals = [];
        ProblemException? refused = null;
        foreach (var member in directory.Members.Where(member => member.Name.EndsWith(".npy", StringComparison.Ordinal)))
        {
            try
            {
                signals.Add(await NpyArray.OpenAsync(member.Name[..^4], await directory.OpenAsync(member, ct), ct));
            }
            catch (ProblemException problem) when (problem.Kind == ProblemKind.Unreadable)
            {
                refused ??= problem;
            }
        }

        return signals.Count > 0 ? signals
            : throw refused ?? ProblemException.Unreadable($"{file.Name} holds {directory.Members.Count} files, none of them a NumPy array.");
    }
}
