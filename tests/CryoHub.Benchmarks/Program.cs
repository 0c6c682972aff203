using System.Diagnostics;
using System.Globalization;
using CryoHub.Benchmarks;
using CryoHub.Benchmarks.Cases;
using CryoHub.Benchmarks.Cases.Scale;
using CryoHub.Formats;
using CryoHub.TestKit.Scale;
using CryoHub.Worker.ReadChild;

// Each line runs in a process of its own, so that its peak memory is its own.
Benchmark[] benchmarks =
[
    BackProjectionCase.Benchmark,
    .. IterativeCases.Benchmarks,
    RegistrationCase.Benchmark,
    SpectrumMapCase.Reading,
    SpectrumMapCase.TwoAreas,
    SpectrumMapCase.LeastSquares,
    EelsModelCase.Benchmark,
    PreviewCase.Benchmark,
    SlicePreviewCase.Benchmark,
    .. EelsCases.Benchmarks,
    .. DecomposeCase.Benchmarks,
    PowerSpectrumCase.Benchmark,
    .. VolumeCases.Benchmarks,
    .. ClassifierCases.Benchmarks,
    CliffLorimerCase.Benchmark,
    EerCase.Benchmark,
    InspectCase.Benchmark,
    .. ReaderCases.Benchmarks,
    IngestCase.Benchmark,
    IngestCase.Large,
    LargeMapCase.Benchmark,
    BrushCase.Benchmark,
];

// Ingest starts this program again as the confined reader of originals.
if (args is ["read-child", .. var call])
{
    return await ReadChildProgram.RunAsync(call, FormatCatalog.DetectAsync, CancellationToken.None);
}

// A table of its own: a line a format, no peer.
if (args is ["first-frame"])
{
    return await FirstFrameTable.PrintAsync(CancellationToken.None);
}

// The same, of the whole site: from "Ready" to a picture in the browser.
if (args is ["first-view"])
{
    return await FirstViewTable.PrintAsync();
}

// Again of the whole site: 500,000 shapes on one picture.
if (args is ["shapes"])
{
    return await ShapesTable.PrintAsync();
}

// A table of its own as well: a site of 200 labs, or of as many as are named.
if (args is ["scale", .. var size])
{
    return await ScaleTable.PrintAsync(size is [var labs] ? int.Parse(labs, CultureInfo.InvariantCulture) : ScaleDatabase.Full, CancellationToken.None);
}

if (args is ["--only", var name])
{
    Console.WriteLine(Comparison.Run(benchmarks.Single(benchmark => benchmark.Name == name)));
    return 0;
}

var wanted = benchmarks.Where(benchmark => args.Length == 0 ? !benchmark.OnceOnRequest : args.Contains(benchmark.Name)).ToArray();
if (wanted.Length == 0)
{
    Console.Error.WriteLine($"There is no such benchmark; there are {string.Join(", ", benchmarks.Select(benchmark => benchmark.Name))}.");
    return 2;
}

Console.WriteLine($"{Environment.ProcessorCount} cores, medians of 5 alternating runs, ratio pair by pair (above 1: ours is faster), peak memory of each process");
Console.WriteLine(Comparison.Heading);
foreach (var benchmark in wanted)
{
    using var child = Process.Start(new ProcessStartInfo(Environment.ProcessPath!, ["--only", benchmark.Name]))!;
    child.WaitForExit();
    if (child.ExitCode != 0)
    {
        return child.ExitCode;
    }
}

return 0;
