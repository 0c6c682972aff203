using System.Buffers.Binary;
using System.Text;
using System.Text.Json;
using CryoHub.Imaging;

namespace CryoHub.Worker.ReadChild;

/// <summary>An original, opened by a confined child process: whatever the file does to its reader ends as a <see cref="ProblemException"/> here.</summary>
public sealed class SandboxedFile : IAsyncDisposable
{
    private readonly ISourceFile file;
    private readonly ChildProcess child;
    private readonly Func<ChildProcess, ValueTask>? giveBack;
    private readonly SemaphoreSlim turn = new(1);
    private readonly List<IByteSource> sources = [];
    private byte[] served = [];
    private bool isSound = true;

    private SandboxedFile(ISourceFile file, ChildProcess child, Func<ChildProcess, ValueTask>? giveBack)
    {
        (this.file, this.child, this.giveBack) = (file, child, giveBack);
        sources.Add(file.Bytes);
        child.Files++;
    }

    /// <summary>Key of the format that the child recognised; empty until then.</summary>
    public string Format { get; private set; } = "";

    /// <summary>The file's signals; their frames come from the child, one at a time.</summary>
    public IReadOnlyList<ISignal> Signals { get; private set; } = [];

    /// <summary>Starts a child and lets it recognise and open the file. The file must stay open as long as its signals are used.</summary>
    public static Task<SandboxedFile> OpenAsync(ISourceFile file, ReadChildOptions options, CancellationToken ct) =>
        OpenAsync(file, ChildProcess.Start(options, (file.Bytes as Imaging.Sources.FileByteSource)?.Path), null, ct);

    /// <summary>Lets a child recognise and open the file.</summary>
    /// <param name="file">Stays open as long as its signals are used.</param>
    /// <param name="child">New, or done with another file.</param>
    /// <param name="giveBack">Takes the child in the end where nothing went wrong; otherwise the child ends with the file.</param>
    /// <param name="ct">Ends the child.</param>
    internal static async Task<SandboxedFile> OpenAsync(ISourceFile file, ChildProcess child, Func<ChildProcess, ValueTask>? giveBack, CancellationToken ct)
    {
        var sandbox = new SandboxedFile(file, child, giveBack);
        try
        {
            byte[] open = [0, 0, 0, 0, 0, 0, 0, 0, .. Encoding.UTF8.GetBytes(file.Name)];
            BinaryPrimitives.WriteInt64LittleEndian(open, file.Bytes.Length);
            var headers = Array.Empty<byte>();
            await sandbox.AskAsync(Message.Open, open, Message.Headers, async (length, inner) => headers = await sandbox.child.Pipe.ReadAsync(length, inner), ct);
            sandbox.Signals = [.. sandbox.Parse(headers).Select((header, number) => new SandboxedSignal(sandbox, number, header.ToHeader()))];
            return sandbox;
        }
        catch
        {
            sandbox.isSound = false;
            await sandbox.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await (isSound && giveBack is not null ? giveBack(child) : child.DisposeAsync());
        turn.Dispose();
    }

    /// <exception cref="ProblemException">The frame cannot be had. In a child that has read other files before it always counts as the child's death, so that the file is read again alone.</exception>
    internal async Task ReadFrameAsync(int signal, long frame, Memory<byte> destination, CancellationToken ct)
    {
        try
        {
            await AskForFrameAsync(signal, frame, destination, ct);
        }
        catch (ProblemException problem) when (child.Files > 1 && problem.InnerException is not EndOfStreamException)
        {
            throw ProblemException.Unreadable(problem.Message, new EndOfStreamException(problem.Message, problem));
        }
    }

    private Task AskForFrameAsync(int signal, long frame, Memory<byte> destination, CancellationToken ct)
    {
        var question = new byte[12];
        BinaryPrimitives.WriteInt32LittleEndian(question, signal);
        BinaryPrimitives.WriteInt64LittleEndian(question.AsSpan(4), frame);
        return AskAsync(Message.Frame, question, Message.Pixels, async (length, inner) =>
        {
            if (length != destination.Length)
            {
                throw new InvalidDataException($"A frame of {length} bytes instead of {destination.Length}.");
            }

            await child.Pipe.ReadAsync(destination, inner);
        }, ct);
    }

    /// <summary>Sends a question and serves the child's own until the answer is there.</summary>
    private async Task AskAsync(Message question, ReadOnlyMemory<byte> payload, Message answer, Func<int, CancellationToken, Task> read, CancellationToken ct)
    {
        await turn.WaitAsync(ct);
        var wasSound = isSound;
        isSound = false;
        try
        {
            using var watch = child.Watch(ct);
            await child.Pipe.SendAsync(question, payload, watch.Token);
            while (true)
            {
                watch.Heard();
                var (kind, length) = await child.Pipe.NextAsync(watch.Token) ?? throw new EndOfStreamException();
                if (kind == answer)
                {
                    await read(length, watch.Token);
                    isSound = wasSound;
                    return;
                }

                await ServeAsync(kind, await child.Pipe.ReadAsync(length, watch.Token), watch.Token, ct);
            }
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            throw await child.WhyAsync(Format, file.Name);
        }
        catch (Exception broken) when (broken is EndOfStreamException or InvalidDataException)
        {
            throw await child.WhyAsync(Format, file.Name, broken);
        }
        finally
        {
            turn.Release();
        }
    }

    private async Task ServeAsync(Message kind, byte[] payload, CancellationToken toChild, CancellationToken ct)
    {
        switch (kind)
        {
            case Message.Detected:
                Format = Encoding.UTF8.GetString(payload);
                break;
            case Message.Problem when payload.Length > 0:
                throw new ProblemException((ProblemKind)payload[0] is var known && Enum.IsDefined(known) ? known : ProblemKind.Unreadable, Encoding.UTF8.GetString(payload.AsSpan(1)));
            case Message.NeedSibling:
                var sibling = file.Sibling(Encoding.UTF8.GetString(payload));
                if (sibling is not null)
                {
                    sources.Add(sibling);
                }

                var size = new byte[8];
                BinaryPrimitives.WriteInt64LittleEndian(size, sibling?.Length ?? -1);
                await child.Pipe.SendAsync(Message.Length, size, toChild);
                break;
            case Message.NeedBytes when payload.Length == 16:
                var (source, offset, count) = (BinaryPrimitives.ReadInt32LittleEndian(payload), BinaryPrimitives.ReadInt64LittleEndian(payload.AsSpan(4)), BinaryPrimitives.ReadInt32LittleEndian(payload.AsSpan(12)));
                if (source < 0 || source >= sources.Count || count is < 0 or > MessagePipe.LargestText)
                {
                    throw new InvalidDataException($"{count} bytes of source {source} were asked for.");
                }

                served = served.Length < count ? GC.AllocateUninitializedArray<byte>(count) : served;
                await sources[source].ReadAsync(offset, served.AsMemory(0, count), ct);
                await child.Pipe.SendAsync(Message.Bytes, served.AsMemory(0, count), toChild);
                break;
            default:
                throw new InvalidDataException($"Message {kind} was not expected.");
        }
    }

    private List<HeaderMessage> Parse(byte[] headers)
    {
        try
        {
            return JsonSerializer.Deserialize(headers, HeaderMessages.Default.ListHeaderMessage) ?? [];
        }
        catch (JsonException broken)
        {
            throw ProblemException.Unreadable($"The reader of {Format} described {file.Name} in a way that cannot be understood.", broken);
        }
    }
}
