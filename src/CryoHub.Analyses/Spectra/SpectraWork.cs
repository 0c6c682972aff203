namespace CryoHub.Analyses.Spectra;

/// <summary>Looks at one row of spectra [pixel, channel]; rows come from several threads.</summary>
internal delegate void SpectraWork(int row, Span<float> spectra);
