using System.Runtime.InteropServices;

namespace CryoHub.Formats.Bzip2;

/// <summary>Unpacks bzip2 read from another stream; streams that follow each other (as parallel packers write them) are one content.</summary>
internal sealed class Bzip2Stream(Stream packed) : Stream
{
    private readonly byte[] input = new byte[64 << 10];
    private unsafe LibBz2.State* state;   // in native memory, as libbz2 keeps its address
    private int begin;
    private int end;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer)
    {
        while (buffer.Length > 0)
        {
            if (begin == end && !IsFilled(packed.Read(input)))
            {
                return 0;
            }

            if (Step(buffer) is > 0 and var written)
            {
                return written;
            }
        }

        return 0;
    }

    /// <summary>Without this, the base class would unpack on another thread.</summary>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        while (buffer.Length > 0)
        {
            if (begin == end && !IsFilled(await packed.ReadAsync(input, cancellationToken)))
            {
                return 0;
            }

            if (Step(buffer.Span) is > 0 and var written)
            {
                return written;
            }
        }

        return 0;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        Close(disposing);
        base.Dispose(disposing);
    }

    private unsafe bool IsFilled(int got)
    {
        (begin, end) = (0, got);
        return got > 0 || (state is null ? false : throw new InvalidDataException("The bzip2 data ends in the middle of a block."));
    }

    private unsafe int Step(Span<byte> buffer)
    {
        if (state is null)
        {
            state = (LibBz2.State*)NativeMemory.AllocZeroed((nuint)sizeof(LibBz2.State));
            if (LibBz2.Begin(state, 0, 0) != LibBz2.Ok)
            {
                throw new InvalidDataException("libbz2 cannot begin.");
            }
        }

        fixed (byte* from = input)
        fixed (byte* to = buffer)
        {
            state->NextIn = from + begin;
            state->AvailableIn = (uint)(end - begin);
            state->NextOut = to;
            state->AvailableOut = (uint)buffer.Length;
            var result = LibBz2.Step(state);
            begin = end - (int)state->AvailableIn;
            var written = buffer.Length - (int)state->AvailableOut;
            switch (result)
            {
                case LibBz2.Ok:
                    return written;
                case LibBz2.StreamEnd:
                    Close(false);
                    return written;
                default:
                    throw new InvalidDataException($"libbz2 reports error {result}.");
            }
        }
    }

    private unsafe void Close(bool withSource)
    {
        if (state is not null)
        {
            _ = LibBz2.End(state);
            NativeMemory.Free(state);
            state = null;
        }

        if (withSource)
        {
            packed.Dispose();
        }
    }
}
