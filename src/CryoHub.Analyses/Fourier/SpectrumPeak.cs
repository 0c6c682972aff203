namespace CryoHub.Analyses.Fourier;

/// <summary>One peak of a power spectrum; its mirror image is not listed.</summary>
/// <param name="Spacing">1/|k|.</param>
/// <param name="SpacingError">One sigma, without the error of the calibration.</param>
/// <param name="AngleDegrees">Direction of k against the x axis, counter-clockwise on the screen, 0 to 180.</param>
/// <param name="AngleError">One sigma in degrees.</param>
/// <param name="Frequency">|k|.</param>
/// <param name="Contrast">Power over the local background.</param>
/// <param name="Row">Sub-pixel row in the shifted spectrum.</param>
/// <param name="Column">Sub-pixel column in the shifted spectrum.</param>
internal sealed record SpectrumPeak(double Spacing, double SpacingError, double AngleDegrees, double AngleError, double Frequency, double Contrast, double Row, double Column);
