namespace CryoHub.Formats.Tiff;

/// <summary>Calibration of one image axis.</summary>
internal sealed record TiffScale(double Step, double Origin, string Unit)
{
    public static TiffScale None { get; } = new(1, 0, "");

    /// <summary>A step in <paramref name="unit"/>, or none where the file states no usable one.</summary>
    public static TiffScale Of(double? step, string unit) => step is { } value && double.IsFinite(value) && value > 0 ? new(value, 0, unit) : None;
}
