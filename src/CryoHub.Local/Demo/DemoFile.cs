using CryoHub.Imaging;

namespace CryoHub.Local.Demo;

/// <summary>One file of the demo lab, and what it was taken of.</summary>
/// <param name="Name">File name; the data set is called the same.</param>
/// <param name="Sample">Label of the sample.</param>
/// <param name="WriteAsync">Writes the bytes.</param>
/// <param name="Analyses">What is run on it.</param>
public sealed record DemoFile(string Name, string Sample, Func<Stream, CancellationToken, Task> WriteAsync, IReadOnlyList<DemoRun> Analyses)
{
    /// <summary>A generated signal in the format of a writer.</summary>
    public static DemoFile Of(string name, string sample, Func<ISignal> signal, Func<ISignal, Stream, CancellationToken, Task> write, params DemoRun[] analyses) =>
        new(name, sample, (output, ct) => write(signal(), output, ct), analyses);

    /// <summary>A real file.</summary>
    public static DemoFile At(string path, string sample, params DemoRun[] analyses) => new(
        Path.GetFileName(path),
        sample,
        async (output, ct) =>
        {
            await using var input = File.OpenRead(path);
            await input.CopyToAsync(output, ct);
        },
        analyses);
}
