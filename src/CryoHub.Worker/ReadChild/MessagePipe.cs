using System.Buffers.Binary;

namespace CryoHub.Worker.ReadChild;

/// <summary>Messages over a pair of streams, one at a time in each direction.</summary>
internal sealed class MessagePipe(Stream input, Stream output)
{
    /// <summary>More than any message but a frame may hold: the other side is not trusted.</summary>
    public const int LargestText = 64 << 20;

    private readonly byte[] head = new byte[5];

    public async ValueTask SendAsync(Message kind, ReadOnlyMemory<byte> payload, CancellationToken ct)
    {
        var start = new byte[5];
        start[0] = (byte)kind;
        BinaryPrimitives.WriteInt32LittleEndian(start.AsSpan(1), payload.Length);
        try
        {
            await output.WriteAsync(start, ct);
            await output.WriteAsync(payload, ct);
            await output.FlushAsync(ct);
        }
        catch (IOException broken)
        {
            throw new EndOfStreamException("The other side has closed.", broken);
        }
    }

    /// <summary>Kind and length of the next message, whose payload must be read next; <c>null</c> where the other side has closed.</summary>
    public async ValueTask<(Message Kind, int Length)?> NextAsync(CancellationToken ct)
    {
        var got = await input.ReadAtLeastAsync(head, head.Length, throwOnEndOfStream: false, ct);
        return got == head.Length ? ((Message)head[0], BinaryPrimitives.ReadInt32LittleEndian(head.AsSpan(1))) : null;
    }

    public ValueTask ReadAsync(Memory<byte> payload, CancellationToken ct) => input.ReadExactlyAsync(payload, ct);

    public async ValueTask<byte[]> ReadAsync(int length, CancellationToken ct)
    {
        if (length is < 0 or > LargestText)
        {
            throw new InvalidDataException($"A message of {length} bytes.");
        }

        var payload = new byte[length];
        await ReadAsync(payload.AsMemory(), ct);
        return payload;
    }
}
