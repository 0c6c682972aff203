using CryoHub.Imaging;
using CryoHub.Imaging.Pyramids;

namespace CryoHub.Cli;

/// <summary>A signal as a folder of zarr v3: the same writer that ingest uses.</summary>
public static class ZarrOutput
{
    public const string Ending = ".zarr";

    public const string Writes = "any signal: images and volumes as OME-Zarr 0.5 pyramids, spectra as plain zarr v3 (a folder)";

    /// <returns>Always <c>null</c>: nothing is lost.</returns>
    public static async Task<string?> WriteAsync(ISignal signal, string target, CancellationToken ct)
    {
        if (Directory.Exists(target) || File.Exists(target))
        {
            throw ProblemException.Invalid($"{target} exists; a zarr folder is written anew.");
        }

        var partial = $"{target}.{Guid.CreateVersion7():N}.part";
        try
        {
            using (var store = new ZarrFolder(partial))
            {
                await PyramidWriter.WriteAsync(signal, store, null, ct);
            }

            Directory.Move(partial, target);
            return null;
        }
        finally
        {
            if (Directory.Exists(partial))
            {
                Directory.Delete(partial, recursive: true);
            }
        }
    }
}
