using System.Runtime.InteropServices;

namespace CryoHub.Numerics;

/// <summary>Float32 scratch memory on a cache line boundary, outside the garbage collector's heap; zeroed at birth.</summary>
public sealed unsafe partial class AlignedFloats : IDisposable
{
    private const nuint CacheLine = 64;
    private const nuint HugePage = 2 << 20;
    private const int WantHugePages = 14; // MADV_HUGEPAGE of madvise(2)

    private readonly float* start;
    private bool disposed;

    /// <summary>Room for <paramref name="length"/> numbers.</summary>
    public AlignedFloats(int length)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        Length = length;
        var bytes = Math.Max(CacheLine, (nuint)length * sizeof(float));
        start = (float*)NativeMemory.AlignedAlloc(bytes, bytes < HugePage ? CacheLine : HugePage);
        if (bytes >= HugePage && OperatingSystem.IsLinux())
        {
            _ = MemoryAdvice(start, bytes, WantHugePages); // a wish: transforms jump over the whole of it, and small pages cost them a tenth
        }

        Span.Clear();
    }

    /// <summary>A net under a forgotten <see cref="Dispose"/>.</summary>
    ~AlignedFloats() => Free();

    /// <summary>Numbers held.</summary>
    public int Length { get; }

    /// <summary>The numbers.</summary>
    public Span<float> Span
    {
        get
        {
            ObjectDisposedException.ThrowIf(disposed, this);
            return new Span<float>(start, Length);
        }
    }

    /// <summary>Gives the memory back; spans taken before are void.</summary>
    public void Dispose()
    {
        Free();
        GC.SuppressFinalize(this);
    }

    [LibraryImport("libc", EntryPoint = "madvise")]
    private static partial int MemoryAdvice(void* address, nuint length, int advice);

    private void Free()
    {
        if (!disposed)
        {
            disposed = true;
            NativeMemory.AlignedFree(start);
        }
    }
}
