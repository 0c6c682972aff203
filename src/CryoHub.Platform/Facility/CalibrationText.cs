namespace CryoHub.Platform.Facility;

/// <param name="Pixel">Length of a pixel with its unit: "0.0352 nm".</param>
/// <param name="Standard">What was measured to find it.</param>
/// <param name="UncertaintyPercent">One standard deviation.</param>
public sealed record CalibrationText(double Magnification, string Pixel, DateTimeOffset ValidFrom, string? Mode = null, string? Detector = null, string? Standard = null, double? UncertaintyPercent = null);
