using CryoHub.Imaging;

namespace CryoHub.Analyses.Edx.Quantify;

/// <summary>How many pixels have which proportion of three elements: a triangle with the first element at the left, the second at the right, the third at the top.</summary>
internal static class Ternary
{
    private const int Width = 301, Height = 261;   // an even triangle: height = width sqrt(3) / 2

    public static async Task AddAsync(IResultSink results, string[] symbols, float[][] atoms, CancellationToken ct)
    {
        var picture = new float[Width * Height];
        for (var y = 0; y < Height; y++)
        {
            for (var x = 0; x < Width; x++)
            {
                var top = 1 - ((double)y / (Height - 1));
                var right = ((double)x / (Width - 1)) - (top / 2);
                picture[(y * Width) + x] = right >= -0.5 / Width && right + top <= 1 + (0.5 / Width) ? 0 : float.NaN;
            }
        }

        for (var pixel = 0; pixel < atoms[0].Length; pixel++)
        {
            var (left, right, top) = (atoms[0][pixel], atoms[1][pixel], atoms[2][pixel]);
            var sum = left + right + top;
            if (left >= 0 && right >= 0 && top >= 0 && sum > 0)
            {
                var x = (int)Math.Round((right + (top / 2)) / sum * (Width - 1));
                var y = (int)Math.Round((1 - (top / sum)) * (Height - 1));
                picture[(y * Width) + x] = float.IsNaN(picture[(y * Width) + x]) ? 1 : picture[(y * Width) + x] + 1;
            }
        }

        var name = $"Ternary of {symbols[0]} (left), {symbols[1]} (right), {symbols[2]} (top)";
        Axis[] axes = [new Axis("y", Height, "", AxisRole.Space), new Axis("x", Width, "", AxisRole.Space)];
        await results.ImageAsync(name, new SignalHeader(name, SignalKind.Image, PixelType.Float32, axes, AcquisitionMetadata.None, MetadataTree.Empty) { ValueUnit = "pixels" }, picture, ct);
    }
}
