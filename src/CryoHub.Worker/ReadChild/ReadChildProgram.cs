using System.Buffers.Binary;
using System.Text;
using System.Text.Json;
using CryoHub.Formats;
using CryoHub.Imaging;
using CryoHub.Imaging.Sources;
using Microsoft.Win32.SafeHandles;

namespace CryoHub.Worker.ReadChild;

/// <summary>
/// The process that opens an original. It starts twice: first to limit itself and become itself again (limits and file rules then hold for every thread of the runtime), then to close
/// the last doors and answer the parent, about one file or several small ones in turn. What goes wrong beyond a <see cref="ProblemException"/> ends the process; the parent finds the words.
/// </summary>
public static class ReadChildProgram
{
    /// <param name="arguments">After <c>read-child</c>, as <see cref="SandboxedFile"/> passes them.</param>
    /// <param name="detect">Finds the reader of a file.</param>
    /// <param name="ct">Not used by the parent, which closes the pipe or kills.</param>
    public static async Task<int> RunAsync(IReadOnlyList<string> arguments, Func<ISourceFile, CancellationToken, Task<IFormatReader>> detect, CancellationToken ct)
    {
        var call = ReadChildCall.Parse(arguments);
        if (!call.Confined)
        {
            Confinement.LimitAndRestart(call);
        }

        using var input = new FileStream(new SafeFileHandle(0, ownsHandle: false), FileAccess.Read, 0);
        using var output = new FileStream(new SafeFileHandle(1, ownsHandle: false), FileAccess.Write, 0);
        var pipe = new MessagePipe(input, output);
        var (_, length) = await pipe.NextAsync(ct) ?? throw new EndOfStreamException();
        var open = await pipe.ReadAsync(length, ct);
        using var local = call.Descriptor is { } descriptor ? new FileByteSource(new SafeFileHandle(descriptor, ownsHandle: true)) : null;
        SystemCalls.Forbid();
        byte[]? next = open;
        while (next is not null)
        {
            next = await AnswerAsync(pipe, next, local, detect, ct);
            GC.Collect();   // native handles of this file's readers are closed before the next file is opened
            GC.WaitForPendingFinalizers();
        }

        return 0;
    }

    /// <summary>Answers what is asked about one file, and gives back the message that opens the next; <c>null</c> at the end.</summary>
    private static async Task<byte[]?> AnswerAsync(
        MessagePipe pipe, byte[] open, IByteSource? local, Func<ISourceFile, CancellationToken, Task<IFormatReader>> detect, CancellationToken ct)
    {
        using var file = new ChildFile(pipe, Encoding.UTF8.GetString(open.AsSpan(8)), BinaryPrimitives.ReadInt64LittleEndian(open), local);
        IReadOnlyList<ISignal> signals = [];
        await SendAsync(pipe, async () =>
        {
            var reader = await detect(file, ct);
            await pipe.SendAsync(Message.Detected, Encoding.UTF8.GetBytes(reader.Format.Key), ct);
            signals = await reader.OpenAsync(file, ct);
            return (Message.Headers, JsonSerializer.SerializeToUtf8Bytes([.. signals.Select(signal => HeaderMessage.Of(signal.Header))], HeaderMessages.Default.ListHeaderMessage));
        }, ct);

        byte[] frame = [];
        while (await pipe.NextAsync(ct) is ({ } kind, var length))
        {
            var question = await pipe.ReadAsync(length, ct);
            if (kind == Message.Open)
            {
                return question;
            }

            await SendAsync(pipe, async () =>
            {
                var signal = signals[BinaryPrimitives.ReadInt32LittleEndian(question)];
                var bytes = checked((int)signal.Header.FrameBytes);
                frame = frame.Length < bytes ? GC.AllocateUninitializedArray<byte>(bytes) : frame;
                await signal.ReadFrameAsync(BinaryPrimitives.ReadInt64LittleEndian(question.AsSpan(4)), frame.AsMemory(0, bytes), ct);
                return (Message.Pixels, frame.AsMemory(0, bytes));
            }, ct);
        }

        return null;
    }

    private static async Task SendAsync(MessagePipe pipe, Func<Task<(Message Kind, ReadOnlyMemory<byte> Payload)>> answer, CancellationToken ct)
    {
        (Message Kind, ReadOnlyMemory<byte> Payload) reply;
        try
        {
            reply = await answer();
        }
        catch (ProblemException problem)
        {
            reply = (Message.Problem, (byte[])[(byte)problem.Kind, .. Encoding.UTF8.GetBytes(problem.Message)]);
        }

        await pipe.SendAsync(reply.Kind, reply.Payload, ct);
    }
}
