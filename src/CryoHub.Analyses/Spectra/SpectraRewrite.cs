namespace CryoHub.Analyses.Spectra;

/// <summary>
/// Makes one row of new spectra [pixel, new channel] of a row of spectra [pixel, channel], which it may change, and of the spectra that belong to it (empty where there are none); rows
/// come from several threads.
/// </summary>
internal delegate void SpectraRewrite(int row, Span<float> spectra, ReadOnlySpan<float> companion, Span<float> result);
