using System.CommandLine;
using System.Globalization;
using CryoHub.Imaging;

namespace CryoHub.Cli.Commands;

/// <summary><c>cryohub inspect</c>: what is in a file, or one value of it.</summary>
public static class InspectCommand
{
    public static Command Create()
    {
        var path = new Argument<string>("FILE") { Description = "A file of any format that can be read, or a folder of zarr that CryoHub wrote." };
        var hash = new Option<bool>("--hash") { Description = "Add the file's SHA-256." };
        var stats = new Option<bool>("--stats") { Description = "Read every pixel: minimum, maximum, mean, standard deviation (and SHA-256)." };
        var json = new Option<bool>("--json") { Description = "One JSON document on standard output." };
        var number = new Option<int?>("--signal") { Description = "Only this signal, counted from 0." };
        var at = new Option<string?>("--at") { Description = "One value: indexes in C order, slowest axis first, for instance 0,12,34." };
        var command = new Command("inspect", "What is in a file.") { path, hash, stats, json, number, at };
        command.SetAction((parsed, ct) => RunAsync(
            parsed.GetRequiredValue(path),
            new InspectOptions(parsed.GetValue(hash), parsed.GetValue(stats), parsed.GetValue(json), parsed.GetValue(number), parsed.GetValue(at)),
            ct));
        return command;
    }

    private static async Task<int> RunAsync(string path, InspectOptions options, CancellationToken ct)
    {
        using var file = await OpenedPath.OpenAsync(path, ct);
        var signals = file.Signals;
        if (options.At is { } at)
        {
            var value = await SignalChoice.Of(signals, options.Signal).ValueAtAsync(Indexes(at), ct);
            Console.WriteLine(value.ToJsonString());
            return ExitCode.Done;
        }

        SignalChoice.Of(signals, options.Signal);
        var report = new InspectReport(file.Name, file.Format, options.Hash || options.Stats ? await file.Sha256Async(ct) : null);
        for (var i = 0; i < signals.Count; i++)
        {
            if (options.Signal is null || options.Signal == i)
            {
                await report.AddAsync(i, signals[i], options.Stats, ct);
            }
        }

        report.Write(options.Json);
        return ExitCode.Done;
    }

    private static long[] Indexes(string text) =>
        [.. text.Split(',').Select(part => long.TryParse(part, NumberStyles.Integer, CultureInfo.InvariantCulture, out var index) ? index : throw ProblemException.Invalid($"'{part}' in --at is no whole number."))];

    private sealed record InspectOptions(bool Hash, bool Stats, bool Json, int? Signal, string? At);
}
