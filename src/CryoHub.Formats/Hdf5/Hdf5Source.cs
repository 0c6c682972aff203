using CryoHub.Imaging;

namespace CryoHub.Formats.Hdf5;

/// <summary>What the library reads from; remembers what went wrong below the library's frames.</summary>
internal sealed class Hdf5Source(IByteSource bytes)
{
    public IByteSource Bytes { get; } = bytes;

    public Exception? Failure { get; set; }
}
