using System.Diagnostics;
using System.Net.Sockets;
using System.Runtime.CompilerServices;
using System.Text;
using CryoHub.Formats;
using CryoHub.Imaging;

namespace CryoHub.HostileReaders;

/// <summary>Does what the file's first word says: the file name of a test is its reader's order.</summary>
public sealed class HostileReader : IFormatReader
{
    /// <summary>What an earlier file of this process left behind: the reader of the next breaks down when it opens it, or when it reads it.</summary>
    private static string poison = "";

    public FormatInfo Format { get; } = new("hostile", "Hostile", [".order"], "orders", "", "none");

    public Match Recognise(ReadOnlySpan<byte> head, string fileName) => Match.Certain;

    public async Task<IReadOnlyList<ISignal>> OpenAsync(ISourceFile file, CancellationToken ct)
    {
        var (order, argument) = file.Name.Split(' ', 2) is [var first, var rest] ? (first, rest) : (file.Name, "");
        if (poison == "open")
        {
            throw new InvalidOperationException("left behind");
        }

        switch (order)
        {
            case "poison":
                poison = argument;
                return [new Bytes(file.Bytes, "good", 1)];
            case "who":
                return [new Bytes(file.Bytes, $"{Environment.ProcessId}", 1)];
            case "overflow":
                Dive(1);
                break;
            case "throw":
                throw new InvalidOperationException("index 7 of 3");
            case "problem":
                throw ProblemException.Unreadable("The header promises 12 bytes of pixels; the file holds 3.");
            case "hang":
                await Task.Delay(Timeout.Infinite, ct);
                break;
            case "spin":
                Spin();
                break;
            case "eat":
                Eat();
                break;
            case "socket":
                new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp).Dispose();
                break;
            case "run":
                Process.Start("/bin/true");
                break;
            case "write":
                await File.WriteAllTextAsync(argument, "x", ct);
                break;
            case "peek":
                throw ProblemException.Unreadable($"Found {await File.ReadAllTextAsync(argument, ct)}");
            case "environment":
                throw ProblemException.Unreadable($"Sees {string.Join(' ', Environment.GetEnvironmentVariables().Keys.Cast<string>().Where(name => !name.StartsWith("DOTNET_", StringComparison.Ordinal)))}.");
            case "babble":
                Console.Out.Write("this is no message");
                break;
            case "sibling":
                var sibling = file.Sibling(argument) ?? throw ProblemException.Unreadable($"There is no {argument}.");
                return [new Bytes(sibling, argument, 1)];
        }

        return [new Bytes(file.Bytes, order, Math.Max(1, file.Bytes.Length >> 22))];
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static int Dive(int depth) => depth + Dive(depth + 1);

    private static void Spin()
    {
        var number = 1.0;
        while (number > 0)
        {
            number = Math.Sqrt(number + 1);
        }
    }

    private static void Eat()
    {
        var eaten = new List<byte[]>();
        while (true)
        {
            eaten.Add(new byte[16 << 20]);
            eaten[^1].AsSpan().Fill(1);
        }
    }

    /// <summary>The file's own bytes as a stack of equal frames.</summary>
    private sealed class Bytes(IByteSource source, string name, long frames) : ISignal
    {
        public SignalHeader Header { get; } = new(
            name,
            SignalKind.ImageStack,
            PixelType.UInt8,
            [new("frame", frames, "", AxisRole.Tilt, Values: [.. Enumerable.Range(0, (int)frames).Select(i => i == 0 ? double.NaN : i)]), new("y", 1, "", AxisRole.Space), new("x", source.Length / frames, "nm", AxisRole.Space, 0.25)],
            new() { BeamEnergyKeV = 300 },
            new(new() { ["note"] = Encoding.UTF8.GetString("µ"u8) }));

        public ValueTask ReadFrameAsync(long frame, Memory<byte> destination, CancellationToken ct) =>
            (name == "late" && frame == 1) || (name != "good" && poison == "read") ? throw new IndexOutOfRangeException("frame 1") : source.ReadAsync(frame * destination.Length, destination, ct);
    }
}
