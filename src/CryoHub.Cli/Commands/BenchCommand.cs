using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using CryoHub.Analyses;
using CryoHub.Analyses.Phantoms;
using CryoHub.Analyses.Spectra;
using CryoHub.Cli.Results;
using CryoHub.Imaging;

namespace CryoHub.Cli.Commands;

/// <summary><c>cryohub bench</c>: how fast the analyses are on this machine, on small generated specimens; <c>./dev bench</c> compares with other programs.</summary>
public static class BenchCommand
{
    private const int Runs = 5;

    public static Command Create()
    {
        var name = new Argument<string?>("NAME") { Arity = ArgumentArity.ZeroOrOne, Description = "Only this analysis." };
        var command = new Command("bench", "Times the analyses on generated specimens.") { name };
        command.SetAction((parsed, ct) => RunAsync(parsed.GetValue(name), ct));
        return command;
    }

    private static async Task<int> RunAsync(string? name, CancellationToken ct)
    {
        if (name is not null && AnalysisCatalog.Find(name) is null)
        {
            await Console.Error.WriteLineAsync(AnalysesCommand.Unknown(name));
            return ExitCode.WrongUsage;
        }

        Console.WriteLine($"{Environment.ProcessorCount} cores, median of {Runs} runs");
        foreach (var analysis in AnalysisCatalog.Analyses.Where(analysis => name is null || analysis.Info.Key == name))
        {
            if (Specimen(analysis.Info.Key) is var (signal, parameters))
            {
                var seconds = await MedianAsync(analysis, signal, parameters, ct);
                using var process = Process.GetCurrentProcess();
                Console.WriteLine(string.Create(
                    CultureInfo.InvariantCulture,
                    $"{analysis.Info.Key,-16} {string.Join(" x ", signal.Header.Shape),-16} {seconds:0.0000} s  peak memory {process.PeakWorkingSet64 >> 20} MiB"));
            }
        }

        return ExitCode.Done;
    }

    private static async Task<double> MedianAsync(IAnalysis analysis, ISignal signal, object parameters, CancellationToken ct)
    {
        var seconds = new double[Runs + 1]; // the first run warms up
        for (var run = 0; run < seconds.Length; run++)
        {
            var started = Stopwatch.GetTimestamp();
            await analysis.RunAsync(new AnalysisRun(new Dictionary<string, ISignal> { ["signal"] = signal }, parameters, new Progress<Step>(), new NoResults(), CancellationToken.None), ct);
            seconds[run] = Stopwatch.GetElapsedTime(started).TotalSeconds;
        }

        return seconds.Skip(1).Order().ElementAt(Runs / 2);
    }

    private static (ISignal Signal, object Parameters)? Specimen(string key) => key switch
    {
        "tomogram-wbp" => (new LithiumDeposit(1).TiltSeries([.. Enumerable.Range(0, 61).Select(i => -60.0 + (2 * i))]), new Analyses.Tomography.TomogramWbpParameters()),
        "spectrum-map" => (new Interphase(1).SpectrumImage(), new SpectrumMapParameters { Background = BackgroundModel.PowerLaw, Windows = [new EnergyWindow { From = 532, To = 580, Name = "O K" }] }),
        "fft-peaks" => (new LatticeImage(1).Image(), new Analyses.Fourier.FftPeaksParameters()),
        _ => null,
    };
}
