using System.Buffers;
using System.Runtime.InteropServices;

namespace CryoHub.Analyses;

/// <summary>Memory of float32 numbers seen as bytes: float32 pixels are read where they are wanted, without a copy.</summary>
internal sealed class FloatBytes(Memory<float> floats) : MemoryManager<byte>
{
    public override Span<byte> GetSpan() => MemoryMarshal.AsBytes(floats.Span);

    public override unsafe MemoryHandle Pin(int elementIndex = 0)
    {
        var pinned = floats.Pin();
        return new((byte*)pinned.Pointer + elementIndex, pinnable: new Pinned(pinned));
    }

    public override void Unpin()
    {
    }

    protected override void Dispose(bool disposing)
    {
    }

    private sealed class Pinned(MemoryHandle handle) : IPinnable
    {
        public MemoryHandle Pin(int elementIndex) => throw new NotSupportedException();

        public void Unpin() => handle.Dispose();
    }
}
