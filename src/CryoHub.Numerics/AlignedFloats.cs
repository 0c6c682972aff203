using System.Runtime.InteropServices;

namespace CryoHub.Numerics;

/// <summary>Float32 scratch memory on a cache line boundary, outside the garbage collector's heap; zeroed at birth.</summary>
public sealed unsafe class AlignedFloats : IDisposable
{
    private readonly float* start;
    private bool disposed;

    /// <summary>Room for <paramref name="length"/> numbers.</summary>
    public AlignedFloats(int length)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        Length = length;
        start = (float*)NativeMemory.AlignedAlloc(Math.Max(64, (nuint)length * sizeof(float)), 64);
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

    private void Free()
    {
        if (!disposed)
        {
            disposed = true;
            NativeMemory.AlignedFree(start);
        }
    }
}
