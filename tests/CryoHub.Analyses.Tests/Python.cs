using System.Diagnostics;
using System.Runtime.InteropServices;

namespace CryoHub.Analyses.Tests;

/// <summary>Debian's Python with numpy, scipy and scikit-image as an oracle: arrays go in and out as raw files in a folder of their own.</summary>
internal sealed class Python : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("cryohub-oracle-").FullName;

    public void Give<T>(string name, T[] values)
        where T : unmanaged => File.WriteAllBytes(Path.Combine(folder, name), MemoryMarshal.AsBytes(values.AsSpan()).ToArray());

    /// <summary>Runs <paramref name="script"/> in the folder; <c>np</c> is there, <c>give(name, type, shape)</c> reads and <c>take(name, array)</c> writes a file.</summary>
    public async Task<string> RunAsync(string script)
    {
        const string head = "import numpy as np\ndef give(name, dtype, *shape): return np.fromfile(name, dtype=dtype).reshape(shape)\ndef take(name, values): np.ascontiguousarray(values).tofile(name)\n";
        var start = new ProcessStartInfo("/usr/bin/python3", ["-W", "ignore", "-c", head + script]) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = folder };
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(process.ExitCode == 0, await errors);
        return output;
    }

    public T[] Take<T>(string name)
        where T : unmanaged => MemoryMarshal.Cast<byte, T>(File.ReadAllBytes(Path.Combine(folder, name))).ToArray();

    public void Dispose() => Directory.Delete(folder, recursive: true);
}
