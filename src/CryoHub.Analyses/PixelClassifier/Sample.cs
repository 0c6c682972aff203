namespace CryoHub.Analyses.PixelClassifier;

/// <summary>A labelled pixel.</summary>
/// <param name="Picture">Which pair of signal and labels.</param>
/// <param name="Class">Number of its class, from 0 on.</param>
internal readonly record struct Sample(int Picture, int Z, int Y, int X, int Class);
