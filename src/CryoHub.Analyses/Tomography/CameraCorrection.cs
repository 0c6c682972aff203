using CryoHub.Imaging;

namespace CryoHub.Analyses.Tomography;

/// <summary>A camera's dark image and gain reference.</summary>
internal sealed class CameraCorrection
{
    private readonly float[]? dark;
    private readonly float[]? factor;

    private CameraCorrection(float[]? dark, float[]? factor) => (this.dark, this.factor) = (dark, factor);

    /// <exception cref="ProblemException">A reference has another size than the views, or holds what cannot be divided by.</exception>
    public static async Task<CameraCorrection> ReadAsync(AnalysisRun run, AnalysisInfo info, GainUse use, CancellationToken ct)
    {
        var factor = await ReadAsync(run, info, "gain", ct);
        if (factor is not null && use == GainUse.Divide)
        {
            var mean = factor.Average();
            if (factor.Count(pixel => pixel <= 0) is var wrong and > 0)
            {
                throw ProblemException.Invalid($"A gain reference to divide by must be above 0 everywhere; {wrong} of {factor.Length} pixels are not.");
            }

            factor = [.. factor.Select(pixel => mean / pixel)];
        }

        return new CameraCorrection(await ReadAsync(run, info, "dark", ct), factor);
    }

    public void Apply(float[] image)
    {
        for (var i = 0; i < image.Length; i++)
        {
            image[i] = (image[i] - (dark?[i] ?? 0)) * (factor?[i] ?? 1);
        }
    }

    private static async Task<float[]?> ReadAsync(AnalysisRun run, AnalysisInfo info, string role, CancellationToken ct)
    {
        if (!run.Inputs.ContainsKey(role))
        {
            return null;
        }

        var (reference, header) = (run.Input(info, role), run.Inputs["signal"].Header);
        var (rows, columns) = (header.Axes[^2].Size, header.Axes[^1].Size);
        if (reference.Header.Axes[^2].Size != rows || reference.Header.Axes[^1].Size != columns)
        {
            throw ProblemException.Invalid($"The {role} image must have the views' size of {columns} x {rows} px, found {reference.Header.Axes[^1].Size} x {reference.Header.Axes[^2].Size}.");
        }

        var pixels = new float[rows * columns];
        await reference.ReadAsync(0, pixels, ct);
        InputChecks.RequireValues(pixels, (int)columns, $"The {role} image");
        return pixels;
    }
}
