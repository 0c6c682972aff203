using System.Buffers.Binary;
using System.Text;
using CryoHub.Imaging;
using CryoHub.Imaging.Sources;

namespace CryoHub.Worker.ReadChild;

/// <summary>The original as the child sees it: bytes come from the parent, or from a descriptor that was open before the child was confined.</summary>
internal sealed class ChildFile(MessagePipe pipe, string name, long length, IByteSource? local) : ISourceFile, IDisposable
{
    private readonly SemaphoreSlim turn = new(1);   // one question at a time, also where a reader reads in parallel
    private readonly Dictionary<string, IByteSource?> siblings = [];
    private int sources = 1;
    private volatile bool isLeft;

    public string Name => name;

    public IByteSource Bytes => field ??= local ?? new Remote(this, 0, length);

    public IByteSource? Sibling(string name)
    {
        turn.Wait();   // the interface asks synchronously, and nothing else runs in this process
        try
        {
            if (!siblings.TryGetValue(name, out var sibling))
            {
                var known = AskAsync(Message.NeedSibling, Encoding.UTF8.GetBytes(name), new byte[8], CancellationToken.None).AsTask().GetAwaiter().GetResult();
                var bytes = BinaryPrimitives.ReadInt64LittleEndian(known.Span);
                siblings[name] = sibling = bytes < 0 ? null : new Remote(this, sources++, bytes);
            }

            return sibling;
        }
        finally
        {
            turn.Release();
        }
    }

    /// <summary>The pipe belongs to the next file: what a forgotten reader of this one still asks for is refused.</summary>
    public void Dispose() => isLeft = true;

    private async ValueTask<Memory<byte>> AskAsync(Message question, ReadOnlyMemory<byte> payload, Memory<byte> answer, CancellationToken ct)
    {
        ObjectDisposedException.ThrowIf(isLeft, this);
        await pipe.SendAsync(question, payload, ct);
        var next = await pipe.NextAsync(ct);
        if (next is not { Kind: Message.Bytes or Message.Length } reply || reply.Length != answer.Length)
        {
            Environment.Exit(0);   // the parent is gone or ends this file
        }

        await pipe.ReadAsync(answer, ct);
        return answer;
    }

    private sealed class Remote(ChildFile file, int source, long length) : IByteSource
    {
        private const int Largest = 16 << 20;

        public long Length => length;

        public async ValueTask ReadAsync(long offset, Memory<byte> destination, CancellationToken ct)
        {
            ByteRange.Check(offset, destination.Length, length);
            await file.turn.WaitAsync(ct);
            try
            {
                var question = new byte[16];
                while (!destination.IsEmpty)
                {
                    var part = destination[..Math.Min(Largest, destination.Length)];
                    BinaryPrimitives.WriteInt32LittleEndian(question, source);
                    BinaryPrimitives.WriteInt64LittleEndian(question.AsSpan(4), offset);
                    BinaryPrimitives.WriteInt32LittleEndian(question.AsSpan(12), part.Length);
                    await file.AskAsync(Message.NeedBytes, question, part, ct);
                    destination = destination[part.Length..];
                    offset += part.Length;
                }
            }
            finally
            {
                file.turn.Release();
            }
        }
    }
}
