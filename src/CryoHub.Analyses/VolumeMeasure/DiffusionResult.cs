namespace CryoHub.Analyses.VolumeMeasure;

/// <summary>Steady diffusion along one axis.</summary>
/// <param name="Diffusivity">Effective over bulk diffusivity; 0 where nothing leads from face to face.</param>
/// <param name="Imbalance">Difference of what enters and what leaves, over their mean: how far the iteration is from its end.</param>
/// <param name="Iterations">Steps of the conjugate gradients.</param>
internal sealed record DiffusionResult(double Diffusivity, double Imbalance, int Iterations);
