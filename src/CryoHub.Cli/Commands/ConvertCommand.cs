using System.CommandLine;
using CryoHub.Formats;
using CryoHub.Imaging;

namespace CryoHub.Cli.Commands;

/// <summary><c>cryohub convert</c>: one signal of a file as another kind of file, told by its ending.</summary>
public static class ConvertCommand
{
    public static Command Create()
    {
        var path = new Argument<string>("FILE") { Description = "A file of any format that can be read, or a folder of zarr that CryoHub wrote." };
        var target = new Argument<string>("OUT") { Description = $"The file to write; its ending says what: {Endings()}." };
        var number = new Option<int?>("--signal") { Description = "Which signal, counted from 0." };
        var command = new Command("convert", "Write a signal as another kind of file.") { path, target, number };
        command.SetAction((parsed, ct) => RunAsync(parsed.GetRequiredValue(path), parsed.GetRequiredValue(target), parsed.GetValue(number), ct));
        return command;
    }

    private static async Task<int> RunAsync(string path, string target, int? number, CancellationToken ct)
    {
        var ending = Path.GetExtension(target).ToLowerInvariant();
        var writer = FormatCatalog.WriterOf(target);
        if (writer is null && ending != ZarrOutput.Ending)
        {
            throw new UsageException($"OUT ends in '{ending}'; written can be {Endings()}.");
        }

        using var file = await OpenedPath.OpenAsync(path, ct);
        var signals = file.Signals;
        var signal = SignalChoice.Of(signals, number);
        if (signals.Count > 1 && number is null)
        {
            await Console.Error.WriteLineAsync($"{file.Name} holds {signals.Count} signals; number 0 is written (--signal N for another).");
        }

        if (writer?.Refusal(signal.Header) is { } refusal)
        {
            var able = FormatCatalog.Writers.Where(other => other.Refusal(signal.Header) is null).Select(other => other.Extension).Append(ZarrOutput.Ending);
            throw ProblemException.Invalid($"{refusal} It can be written as {string.Join(' ', able)}.");
        }

        string? loss;
        using (var progress = new ProgressBar("Writing"))
        {
            var watched = new WatchedSignal(signal, progress);
            loss = writer is null ? await ZarrOutput.WriteAsync(watched, target, ct) : await WriteAsync(writer, watched, target, ct);
        }

        if (loss is not null)
        {
            await Console.Error.WriteLineAsync(loss);
        }

        return ExitCode.Done;
    }

    /// <summary>A half-written file never bears the final name.</summary>
    private static async Task<string?> WriteAsync(IFormatWriter writer, ISignal signal, string target, CancellationToken ct)
    {
        var partial = $"{target}.{Guid.CreateVersion7():N}.part";
        try
        {
            string? loss;
            await using (var output = new FileStream(partial, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, 1 << 20))
            {
                loss = await writer.WriteAsync(signal, output, ct);
            }

            File.Move(partial, target, overwrite: true);
            return loss;
        }
        finally
        {
            File.Delete(partial);
        }
    }

    private static string Endings() => string.Join(' ', FormatCatalog.Writers.Select(writer => writer.Extension).Append(ZarrOutput.Ending));
}
