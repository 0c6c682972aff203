namespace CryoHub.Analyses.Spectra;

/// <summary>A range of channels and the energies of its outer edges, in eV (channel numbers where the spectrum is not calibrated).</summary>
internal readonly record struct ChannelRange(int First, int Count, double LowEdge, double HighEdge)
{
    public double Centre => (LowEdge + HighEdge) / 2;
}
