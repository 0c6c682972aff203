using CryoHub.Imaging;

namespace CryoHub.Formats.Npy;

/// <summary>NumPy arrays, one a file.</summary>
public sealed class NpyReader : IFormatReader
{
    public FormatInfo Format { get; } = new(
        "npy",
        "NumPy array",
        [".npy"],
        "versions 1 to 3, all number types, both byte orders, C and Fortran order, colours; lists of records as tables",
        "text, Python objects, 80-bit floats",
        "https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html");

    // 0: 0x93 "NUMPY"
    public Match Recognise(ReadOnlySpan<byte> head, string fileName) => head.StartsWith((ReadOnlySpan<byte>)[0x93, .. "NUMPY"u8]) ? Match.Certain : Match.No;

    public async Task<IReadOnlyList<ISignal>> OpenAsync(ISourceFile file, CancellationToken ct) =>
        [await NpyArray.OpenAsync(Path.GetFileNameWithoutExtension(file.Name), file.Bytes, ct)];
}
