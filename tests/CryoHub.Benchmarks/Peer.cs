using System.Diagnostics;
using System.Globalization;

namespace CryoHub.Benchmarks;

/// <summary>The other program, warm and waiting in its own process: one line in, one run, its seconds out.</summary>
internal sealed class Peer : IDisposable
{
    private readonly Process process;

    public Peer(string name, string? file)
    {
        var script = Path.Combine(AppContext.BaseDirectory, "peers", "peer.py");
        process = Process.Start(new ProcessStartInfo("/usr/bin/python3", file is null ? [script, name] : [script, name, file]) { RedirectStandardInput = true, RedirectStandardOutput = true })!;
        Read(); // imports, input and one warm-up run are done
    }

    /// <summary>Seconds of one run.</summary>
    public double Seconds()
    {
        process.StandardInput.WriteLine("run");
        return Read();
    }

    /// <summary>Largest resident memory so far, in MiB.</summary>
    public double PeakMiB()
    {
        process.StandardInput.WriteLine("memory");
        return Read();
    }

    public void Dispose()
    {
        process.StandardInput.Close();
        process.WaitForExit();
        process.Dispose();
    }

    private double Read() => process.StandardOutput.ReadLine() is { } line
        ? double.Parse(line, CultureInfo.InvariantCulture)
        : throw new InvalidOperationException("The peer script ended early; its message is above.");
}
