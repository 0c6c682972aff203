using CryoHub.Imaging;

namespace CryoHub.Formats.Hdf5;

/// <summary>What the library reads from; remembers what went wrong below the library's frames.</summary>
internal sealed class Hdf5Source
{
    public Hdf5Source(IByteSource bytes) => (Bytes, Heaps) = (bytes, new Hdf5Heaps(bytes));

    public IByteSource Bytes { get; }

    /// <summary>Where texts of variable length lie.</summary>
    public Hdf5Heaps Heaps { get; }

    public Exception? Failure { get; set; }
}
