using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace CryoHub.Analyses.Tests.Eels;

/// <summary>Asks HyperSpy (Debian's python3-hyperspy) to do the same with the same numbers.</summary>
internal static class HyperSpy
{
    private static readonly JsonSerializerOptions Options = new() { NumberHandling = System.Text.Json.Serialization.JsonNumberHandling.AllowNamedFloatingPointLiterals };

    /// <summary>
    /// Runs <paramref name="script"/> with <c>s</c>, an EELS signal of <paramref name="counts"/> [rows, columns, energy], <c>np</c> and <c>hs</c>; it leaves a dictionary of numbers
    /// or arrays in <c>out</c>.
    /// </summary>
    public static async Task<Dictionary<string, double[]>> AskAsync(string script, float[] counts, int rows, int columns, double step, double origin)
    {
        var file = Path.GetTempFileName();
        try
        {
            var ct = TestContext.Current.CancellationToken;
            await File.WriteAllBytesAsync(file, MemoryMarshal.AsBytes(counts.AsSpan()).ToArray(), ct);
            var program = string.Create(CultureInfo.InvariantCulture, $"""
                import json, sys, logging
                import numpy as np
                import hyperspy.api as hs
                hs.preferences.General.show_progressbar = False
                logging.disable(logging.WARNING)
                s = hs.signals.EELSSpectrum(np.fromfile(sys.argv[1], np.float32).reshape({rows}, {columns}, -1).astype(float))
                axis = s.axes_manager[-1]
                axis.scale, axis.offset, axis.units = {step:R}, {origin:R}, "eV"
                s.set_microscope_parameters(beam_energy=200, convergence_angle=10, collection_angle=20)
                {script}
                print("ANSWER" + json.dumps(dict((k, np.ravel(np.asarray(v, float)).tolist()) for k, v in out.items())))
                """);
            var start = new ProcessStartInfo("/usr/bin/python3", ["-W", "ignore", "-c", program, file]) { RedirectStandardOutput = true, RedirectStandardError = true };
            using var process = Process.Start(start)!;
            var errors = process.StandardError.ReadToEndAsync(ct);
            var output = await process.StandardOutput.ReadToEndAsync(ct);
            await process.WaitForExitAsync(ct);
            Assert.True(process.ExitCode == 0, await errors);
            return JsonSerializer.Deserialize<Dictionary<string, double[]>>(output[(output.IndexOf("ANSWER", StringComparison.Ordinal) + 6)..], Options)!;
        }
        finally
        {
            File.Delete(file);
        }
    }
}
