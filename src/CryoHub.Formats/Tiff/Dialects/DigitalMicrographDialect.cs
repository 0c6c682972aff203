using CryoHub.Imaging;

namespace CryoHub.Formats.Tiff.Dialects;

/// <summary>Gatan DigitalMicrograph's export: units, origins and scales of x and y in tags 65003 to 65010.</summary>
internal sealed class DigitalMicrographDialect : ITiffDialect
{
    public async Task<TiffDescription?> DescribeAsync(ISourceFile file, TiffTags tags, CancellationToken ct) =>
        tags.Has(65009) && tags.Has(65010)
            ? new TiffDescription("DigitalMicrograph") { X = await ScaleAsync(tags, 0, ct), Y = await ScaleAsync(tags, 1, ct) }
            : null;

    private static async Task<TiffScale> ScaleAsync(TiffTags tags, int axis, CancellationToken ct)
    {
        var scale = TiffScale.Of(await tags.NumberAsync(65009 + axis, ct), await tags.TextAsync(65003 + axis, ct));
        return scale with { Origin = scale == TiffScale.None ? 0 : await tags.NumberAsync(65006 + axis, ct) ?? 0 };
    }
}
