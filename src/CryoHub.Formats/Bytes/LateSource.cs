using CryoHub.Imaging;
using CryoHub.Imaging.Sources;

namespace CryoHub.Formats.Bytes;

/// <summary>
/// Unpacks onwards while only the beginning is looked at, and takes the whole into memory once something jumps: formats with scattered structure would begin
/// anew at every jump.
/// </summary>
internal sealed class LateSource(IByteSource unpacking) : IByteSource
{
    private const int Head = 4096;

    private readonly SemaphoreSlim turn = new(1, 1);
    private IByteSource? whole;

    public long Length => unpacking.Length;

    public async ValueTask ReadAsync(long offset, Memory<byte> destination, CancellationToken ct)
    {
        if (whole is null && offset + destination.Length > Head)
        {
            await turn.WaitAsync(ct);
            try
            {
                whole ??= await Unpacked.ReadAsync(unpacking, ct);
            }
            finally
            {
                turn.Release();
            }
        }

        await (whole ?? unpacking).ReadAsync(offset, destination, ct);
    }
}
