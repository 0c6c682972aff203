using System.Diagnostics;
using System.Globalization;
using System.Text;
using CryoHub.Imaging;

namespace CryoHub.Worker.ReadChild;

/// <summary>A running child: its pipes, its clocks, and the reason of its end.</summary>
internal sealed class ChildProcess : IAsyncDisposable
{
    private readonly ReadChildOptions options;
    private readonly Process process;
    private readonly CancellationTokenSource life;
    private readonly Task<string> lastWords;

    private ChildProcess(ReadChildOptions options, Process process)
    {
        (this.options, this.process) = (options, process);
        life = new(options.Total);
        Pipe = new(process.StandardOutput.BaseStream, process.StandardInput.BaseStream);
        lastWords = ReadWordsAsync(process.StandardError.BaseStream);
    }

    public MessagePipe Pipe { get; }

    /// <summary>How many files it was given.</summary>
    public int Files { get; set; }

    /// <param name="options">Limits.</param>
    /// <param name="path">A local original, opened by the child before it is confined; <c>null</c> where its bytes go through the pipe.</param>
    public static ChildProcess Start(ReadChildOptions options, string? path)
    {
        var command = options.Command.Count > 0 ? options.Command : ThisProgram();
        var call = new ReadChildCall(options.MemoryMiB, (int)Math.Ceiling(options.ProcessorTime.TotalSeconds), path, null, Confined: false);
        var start = new ProcessStartInfo(command[0], [.. command.Skip(1), .. call.Arguments()])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = "/",
        };
        start.Environment.Clear();
        if (Environment.GetEnvironmentVariable("DOTNET_ROOT") is { } root)
        {
            start.Environment["DOTNET_ROOT"] = root;
        }

        start.Environment["DOTNET_GCHeapHardLimit"] = ((long)options.MemoryMiB << 20).ToString("X", CultureInfo.InvariantCulture);
        start.Environment["DOTNET_gcServer"] = "0";
        start.Environment["DOTNET_EnableDiagnostics"] = "0";         // it would open a socket
        start.Environment["DOTNET_EnableWriteXorExecute"] = "0";     // it would write to memory files
        return new(options, Process.Start(start)!);
    }

    public ChildWatch Watch(CancellationToken ct) => new(options.Silence, life.Token, ct);

    /// <summary>Ends the child and says what happened to it.</summary>
    public async Task<ProblemException> WhyAsync(string format, string file, Exception? broken = null)
    {
        var reader = format.Length > 0 ? $"The reader of {format}" : $"Looking at {file}";
        if (broken is null)
        {
            await EndAsync();
            return life.IsCancellationRequested
                ? ProblemException.Unreadable($"{reader} was still not done after {Words(options.Total)} in all.")
                : ProblemException.Unreadable($"{reader} stopped after {Words(options.Silence)} without an answer.");
        }

        if (broken is InvalidDataException)
        {
            await EndAsync();
            return ProblemException.Unreadable($"{reader} broke down: it answered what cannot be understood.", broken);
        }

        using var soon = new CancellationTokenSource(TimeSpan.FromSeconds(5));
        await process.WaitForExitAsync(soon.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await EndAsync();
        var words = await lastWords;
        const int ProcessorLimit = 128 + 24, Killed = 128 + 9;
        return ProblemException.Unreadable(words switch
        {
            _ when words.Contains("OutOfMemory", StringComparison.Ordinal) || words.Contains("Out of memory", StringComparison.OrdinalIgnoreCase) =>
                $"{reader} used more than {options.MemoryMiB} MiB of memory.",
            _ when words.Contains("Stack overflow", StringComparison.Ordinal) => $"{reader} broke down: its calls were nested too deeply.",
            _ when process.ExitCode == ProcessorLimit => $"{reader} was ended after {Words(options.ProcessorTime)} of processor time.",
            _ when process.ExitCode == Killed => $"{reader} was ended by the system, which does so where memory runs out.",
            _ when FirstLine(words) is { Length: > 0 } line => $"{reader} broke down: {line}",
            _ => $"{reader} broke down (exit code {process.ExitCode}).",
        }, broken);
    }

    public async ValueTask DisposeAsync()
    {
        await EndAsync();
        await lastWords;
        life.Dispose();
        process.Dispose();
    }

    private async Task EndAsync()
    {
        if (!process.HasExited)
        {
            process.Kill();
        }

        await process.WaitForExitAsync();
    }

    private static string Words(TimeSpan time) => time.TotalMinutes >= 2
        ? string.Create(CultureInfo.InvariantCulture, $"{time.TotalMinutes:0.#} min")
        : string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:0.#} s");

    private static IReadOnlyList<string> ThisProgram()
    {
        var program = Environment.ProcessPath!;
        return Path.GetFileNameWithoutExtension(program) == "dotnet" ? [program, Environment.GetCommandLineArgs()[0]] : [program];
    }

    /// <summary>The exception's own words out of the runtime's report.</summary>
    private static string FirstLine(string words)
    {
        var line = words.Split('\n', 2)[0].Trim();
        const string Report = "Unhandled exception. ";
        return line.StartsWith(Report, StringComparison.Ordinal) ? line[Report.Length..] : line;
    }

    /// <summary>The first 4 KiB of what the child writes to its error stream; the rest is read and dropped.</summary>
    private static async Task<string> ReadWordsAsync(Stream errors)
    {
        var words = new byte[4096];
        var length = await errors.ReadAtLeastAsync(words, words.Length, throwOnEndOfStream: false);
        await errors.CopyToAsync(Stream.Null);
        return Encoding.UTF8.GetString(words.AsSpan(0, length));
    }
}
