using CryoHub.Imaging;

namespace CryoHub.Analyses;

/// <summary>A run that somebody thinks of.</summary>
/// <param name="Inputs">Headers by role.</param>
/// <param name="Parameters">An instance of <see cref="AnalysisInfo.Parameters"/>.</param>
/// <param name="Memory">As <see cref="AnalysisRun.Memory"/>.</param>
public sealed record EstimateQuestion(IReadOnlyDictionary<string, SignalHeader> Inputs, object Parameters, long Memory)
{
    /// <summary>All inputs as float32.</summary>
    public long InputBytes => Inputs.Values.Sum(header => header.PixelCount * sizeof(float));
}
