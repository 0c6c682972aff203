namespace CryoHub.Analyses.Spectra;

/// <summary>The part of a run's progress that one pass takes, and what it says.</summary>
internal readonly record struct RunShare(double From, double To, string Label)
{
    public Step At(double fraction) => new(From + ((To - From) * fraction), Label);
}
