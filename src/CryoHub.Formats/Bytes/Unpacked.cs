using CryoHub.Imaging;
using CryoHub.Imaging.Sources;

namespace CryoHub.Formats.Bytes;

/// <summary>A whole compressed stream in memory, for wrappers around files of any format; its size is bounded.</summary>
internal static class Unpacked
{
    public const long LargestContent = 512L << 20;

    // Blank images pack a hundredfold and are small; what is both large and packed further is a bomb.
    private const long AlwaysAllowed = 32L << 20;
    private const long MostTimesPacked = 16;

    private const int Piece = 1 << 20;

    public static Task<IByteSource> ReadAsync(IByteSource unpacking, CancellationToken ct) => ReadAsync(new ByteSourceStream(unpacking), LargestContent, ct);

    /// <param name="packed">Unpacks while it is read.</param>
    /// <param name="packedBytes">Bytes it is read from.</param>
    /// <param name="ct">Stops between two pieces.</param>
    /// <exception cref="ProblemException">Unreadable: damaged, or unpacks to far more than such a file holds.</exception>
    public static Task<IByteSource> UnpackAsync(Stream packed, long packedBytes, CancellationToken ct) =>
        ReadAsync(packed, Math.Min(LargestContent, AlwaysAllowed + (MostTimesPacked * packedBytes)), ct);

    private static async Task<IByteSource> ReadAsync(Stream packed, long limit, CancellationToken ct)
    {
        try
        {
            // Pieces, as an array that grows would be allocated twice over.
            List<IByteSource> pieces = [];
            long length = 0;
            var piece = new byte[64 << 10];     // most packed files are smaller than a whole piece
            int got;
            while ((got = await packed.ReadAtLeastAsync(piece, piece.Length, throwOnEndOfStream: false, ct)) > 0)
            {
                length += got;
                if (length > limit)
                {
                    throw ProblemException.Unreadable($"The file unpacks to more than {limit} bytes.");
                }

                pieces.Add(new MemoryByteSource(piece.AsMemory(0, got)));
                if (got < piece.Length)
                {
                    break;
                }

                piece = new byte[Piece];
            }

            return pieces is [var only] ? only : new JoinedSource(pieces);
        }
        catch (Exception broken) when (broken is InvalidDataException or IOException)
        {
            throw ProblemException.Unreadable($"The packed data is damaged: {broken.Message}", broken);
        }
    }
}
