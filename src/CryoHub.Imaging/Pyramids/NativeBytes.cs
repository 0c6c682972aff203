using System.Buffers;
using System.Runtime.InteropServices;

namespace CryoHub.Imaging.Pyramids;

/// <summary>
/// A large buffer outside the garbage collector's heap, uninitialised. Slabs and shards live for one signal only; as arrays they would stay until a full collection,
/// and pooled ones until the pool thinks otherwise, rounded up to a power of two. A writer that was given up is freed when it is collected.
/// </summary>
internal sealed unsafe class NativeBytes(int length) : MemoryManager<byte>
{
    private readonly Block block = new(length);

    public override Span<byte> GetSpan()
    {
        ObjectDisposedException.ThrowIf(block.IsClosed, this);
        return new((void*)block.DangerousGetHandle(), length);
    }

    public override MemoryHandle Pin(int elementIndex = 0)
    {
        ObjectDisposedException.ThrowIf(block.IsClosed, this);
        return new((byte*)block.DangerousGetHandle() + elementIndex, pinnable: this);
    }

    public override void Unpin()
    {
    }

    public void Dispose() => block.Dispose();

    protected override void Dispose(bool disposing) => block.Dispose();

    private sealed class Block : SafeHandle
    {
        public Block(int length)
            : base(0, ownsHandle: true) => SetHandle((nint)NativeMemory.Alloc((nuint)Math.Max(1, length)));

        public override bool IsInvalid => handle == 0;

        protected override bool ReleaseHandle()
        {
            NativeMemory.Free((void*)handle);
            return true;
        }
    }
}
